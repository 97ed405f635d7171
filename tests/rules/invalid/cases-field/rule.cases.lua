-- Line 1 is this one.
case "one" { clause = "1", peers = { { 60, 40 } }, expect = { score = "" } }
