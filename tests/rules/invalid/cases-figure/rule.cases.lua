case "a step" { clause = "1", expect = { figures = { ["本人扣分"] = 3 } } }
