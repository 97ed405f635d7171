case "speed" { clause = "1", measures = { { "sped", value = 3 } }, expect = { score = "1" } }
