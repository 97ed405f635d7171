case "its clause" { clause = "一（二）", expect = { score = "1" } }
