case "one" {
  clause = "1", period = "2026H1", set = { style = "down" }, start = "2026-01-05", unit = "u",
  peer = { { 59.5, 40 }, { 0, "" } }, leader = { { "1.25", 2 } },
  events = { { "fault", from = "2026-01-01", to = "2026-02-03", points = 1.5, amount = 2 } },
  expect = { status = "assessed", score = "79.7", grade = "", rank = 1, flags = "" },
}
for i, x in ipairs { 1, 2 } do
  case("case " .. i) { clause = "2", people = {
    { "a", peer = { { x, 0 } }, events = { { "fault", points = 1, liable = "b" } }, expect = { score = "1" } },
    { "b", expect = { rank = 2 } } } }
end
