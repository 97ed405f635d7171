-- Line 1 is this one.
case "one" {
  clause = "1", public = { "A", "C" },
  expect = { score = "85.00" },
}
