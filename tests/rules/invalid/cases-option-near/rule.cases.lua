-- Line 1 is this one.
case "one" {
  clause = "1", public = { "satisfed" },
  expect = { score = "85.00" },
}
