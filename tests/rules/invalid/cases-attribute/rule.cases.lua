case "too young" { clause = "1", age = 8, expect = { status = "assessed" } }
