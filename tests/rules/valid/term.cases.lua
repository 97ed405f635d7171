case "each kind, each category and all together have a cap" {
  -- growth 40; profit 45; patents 4 → 3, standard 2, prize 1 → 6 → 5; aid 3 + rescue 2 → 4; 9 → 8: the cap of the first day of the term; 85 + 8 = 93
  clause = "第六条", period = "2024-01-01..2026-12-31",
  measures = { { "assets", value = 104 }, { "profit", value = 100 } },
  events = { { "post", from = "2024-01-01", to = "2026-12-31" }, { "patent", points = 2 }, { "patent", points = 2 }, { "standard", points = 2 },
             { "prize", points = 1 }, { "aid", points = 3 }, { "rescue", points = 2 } },
  expect = { score = "93.00", grade = "B", lists = { "model" }, figures = { ["创新类加分"] = 5, ["社会责任类加分"] = 4, ["加分合计"] = 8 } },
}

case "a term that begins after the amendment goes by the new cap" {
  -- 5 + 4 = 9, at most 10; 85 + 9 = 94
  clause = "第六条", period = "2025-01-01..2027-12-31",
  measures = { { "assets", value = 104 }, { "profit", value = 100 } },
  events = { { "post", from = "2025-01-01", to = "2027-12-31" }, { "patent", points = 9 }, { "standard", points = 2 }, { "aid", points = 9 } },
  expect = { score = "94.00", figures = { ["创新类加分"] = 5, ["加分合计"] = 9 }, lists = {} },
}

case "who held office for a part of the term has that part of the points" {
  -- two posts, 12 + 15 months of 36; profit 105: between 45 and 50 half way, 47.5; (50 + 47.5) × 27 / 36 = 73.125
  clause = "第八条", period = "2024-01-01..2026-12-31",
  measures = { { "assets", value = 106 }, { "profit", value = 105 } },
  events = { { "post", from = "2024-01-01", to = "2024-12-31" }, { "post", from = "2025-10-01", to = "2027-06-30" } },
  expect = { score = "73.13", grade = "C", figures = { ["任职月数"] = 27, ["任期月数"] = 36 } },
}

case "grave harm holds the grade down" {
  clause = "第九条", period = "2024-01-01..2026-12-31",
  measures = { { "assets", value = 107 }, { "profit", value = 120 } },
  events = { { "post", from = "2024-01-01", to = "2026-12-31" }, { "accident", points = 5 } },
  expect = { score = "95.00", grade = "C" },
}

case "points for growth" {
  clause = "第五条", period = "2024-01-01..2026-12-31", measures = { { "assets", value = 99 }, { "profit", value = 79 } },
  events = { { "post", from = "2024-01-01", to = "2026-12-31" }, { "discharge", points = 1 } }, expect = { score = "0.00", grade = "D" },
}
