-- Line 1 is this one.
case "one" {
  clause = "1", events = { { "fault", points = 1, liable = "b" } },
  expect = { score = "" },
}
