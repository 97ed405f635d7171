-- Line 1 is this one.
case "one" { peer = { { 60, 40 } }, expect = { score = "100" } }
