case "an office" { clause = "1", units = { { "office", expect = { score = "1" } } } }
