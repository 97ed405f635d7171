case "no such rank" { clause = "1", rank = "局级", expect = { status = "assessed" } }
