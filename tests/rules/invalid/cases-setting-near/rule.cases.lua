-- Line 1 is this one.
case "one" { clause = "1", set = { stlye = "up" }, expect = { score = "" } }
