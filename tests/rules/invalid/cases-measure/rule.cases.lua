case "speed" { clause = "1", measures = { { "speed", value = 3 } }, expect = { score = "1" } }
