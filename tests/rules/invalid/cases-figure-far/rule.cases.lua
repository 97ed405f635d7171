case "a step" { clause = "1", expect = { figures = { ["出勤得分"] = 3 } } }
