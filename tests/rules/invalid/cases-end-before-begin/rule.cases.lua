-- Line 1 is this one.
case "one" { clause = "1", events = { { "fault", from = "2026-03-02", to = "2026-03-01" } }, expect = { score = "" } }
