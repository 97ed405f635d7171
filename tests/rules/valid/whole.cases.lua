-- The whole of whole.lua in one group.

case "two of one unit, with everything" {
  -- a: 0.4 × 90 + 0.6 × 80 = 84, age 55: 2, both opinions A: 1, once excellent: 1, 90 is the best: 1, (60 + 95) ÷ 100 = 1.55, fined 3: 87.55
  -- b: 0.5 × 80 + 0.5 × 70 = 75, the B of the peer among two: 0.5, 80/90 = 0.89, 0.95: 77.34
  clause = "6",
  units  = { { "一科", measures = { { "speed", value = 95, target = 90 } }, expect = { score = "95.0", grade = "good" } } },
  people = {
    { "a", unit = "一科", rank = "处级", age = 55, peer = { { 90, "A", by = "r1" } }, leader = { { 80, "A" } },
      events = { { "fault", points = 3, from = "2026-11-01" } }, history = { { "2025", grade = "excellent", score = 60 } },
      expect = { score = "87.55", grade = "excellent", lists = { "rectify" } } },
    { "b", unit = "一科", rank = "科级", peer = { { 80, "B", by = "r1" } }, leader = { { 70, "A" } }, expect = { score = "77.34", grade = "competent" } },
  },
}
