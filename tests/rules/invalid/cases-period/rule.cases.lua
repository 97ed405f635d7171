-- Line 1 is this one.
case "one" { clause = "1", period = "2026Q7", expect = { score = "" } }
