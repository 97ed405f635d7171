case "its clause" { clause = "第九条", expect = { score = "1" } }
