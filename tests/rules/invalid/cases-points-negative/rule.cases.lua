-- Line 1 is this one.
case "one" { clause = "1", peer = { { -1, 40 } }, expect = { score = "39" } }
