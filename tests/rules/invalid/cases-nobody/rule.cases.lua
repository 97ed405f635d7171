-- Line 1 is this one.
case "one" { clause = "1", people = { } }
