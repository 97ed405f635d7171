case "followed up" { clause = "1", expect = { lists = { "rectfy" } } }
