-- Ballots: head { ethics, skill }, colleague { ethics, team }, patient { service }.

case "who judges what; letters become points; wards weigh by their months" {
  -- skill 90; team (85 + 95 + 85) / 3 = 265/3; service: three of the five needed, so its weight goes to the others
  -- ward: 3 months of 80 and 9 of 92: (240 + 828) / 12 = 89; (0.3 × 90 + 0.3 × 265/3 + 0.2 × 89) / 0.8 = 71.3 / 0.8 = 89.125
  clause = "第七条", head = { { "B", 90 } }, colleague = { { "A", "B" }, { "A", "A" }, { "A", "B" } }, patient = { "happy", "happy", "so" },
  events = { { "ward", from = "2026-01-01", to = "2026-03-31", points = 80 }, { "ward", from = "2026-04-01", to = "2026-12-31", points = 92 } },
  expect = { score = "89.13", grade = "pass", figures = { ["团队协作得分"] = "265/3", ["所在病区质量得分（按月加权）"] = 89, ["医德医风评定"] = "A", ["患者评价得分"] = "" } },
}

case "a part of the span that lies before the period does not weigh" {
  -- July to September 2025 is last year's: 6 months of 60, 6 of 90
  clause = "第四条", head = { { "B", 90 } }, colleague = { { "B", "B" }, { "B", "B" }, { "B", "B" } },
  events = { { "ward", from = "2025-07-01", to = "2026-06-30", points = 60 }, { "ward", from = "2026-07-01", to = "2026-12-31", points = 90 } },
  expect = { figures = { ["所在病区质量得分（按月加权）"] = 75 } },
}

case "with six letters the best and the worst are left out" {
  -- A A B B B D: without an A and the D, (95 + 3 × 85) / 4 = 87.5
  clause = "第五条", head = { { "B", 90 } },
  colleague = { { "B", "A" }, { "B", "A" }, { "B", "B" }, { "B", "B" }, { "B", "B" }, { "B", "D" } },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 90 } },
  expect = { figures = { ["团队协作得分"] = "87.5" } },
}

case "of a tie the worse letter counts" {
  -- ethics: two B, two C; (0.3 × 100 + 0.3 × 95 + 0.2 × 95) / 0.8 = 77.5 / 0.8 = 96.875
  clause = "第九条", head = { { "C", 100 } }, colleague = { { "B", "A" }, { "B", "A" }, { "C", "A" } },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 95 } },
  expect = { score = "96.88", grade = "pass", figures = { ["医德医风评定"] = "C" } },
}

case "of a tie the better letter counts where the rules say so; what is not counted never wins" {
  -- two satisfied, two dissatisfied, three who do not know
  clause = "第六条", head = { { "B", 90 } }, colleague = { { "B", "B" }, { "B", "B" }, { "B", "B" } },
  patient = { "unhappy", "happy", "unhappy", "happy", "unknown", "unknown", "unknown" },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 90 } },
  expect = { figures = { ["多数患者的评价"] = "happy" }, lists = {} },
}

case "the most patients are dissatisfied" {
  clause = "第九条", head = { { "B", 90 } }, colleague = { { "B", "B" }, { "B", "B" }, { "B", "B" } }, patient = { "unhappy", "", "unhappy", "happy" },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 90 } },
  expect = { figures = { ["多数患者的评价"] = "unhappy" }, lists = { "talk" } },
}

case "poor ethics fail, whatever the score" {
  clause = "第九条", head = { { "D", 100 } }, colleague = { { "D", "A" }, { "D", "A" }, { "A", "A" } },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 95 } },
  expect = { score = "96.88", grade = "fail" },
}

case "the year of the change goes by the line of its first day" {
  -- (0.3 × 60 + 0.3 × 70 + 0.2 × 57.5) / 0.8 = 50.5 / 0.8 = 63.125: 60 was the line on 1 January 2026
  clause = "第八条", head = { { "B", 60 } }, colleague = { { "B", "C" }, { "B", "C" }, { "B", "C" } },
  events = { { "ward", from = "2026-01-01", to = "2026-12-31", points = 57.5 } },
  expect = { score = "63.13", grade = "pass" },
}

case "the next year goes by the new line" {
  clause = "第八条", period = "2027", head = { { "B", 60 } }, colleague = { { "B", "C" }, { "B", "C" }, { "B", "C" } },
  events = { { "ward", from = "2027-01-01", to = "2027-12-31", points = 57.5 } },
  expect = { score = "63.13", grade = "fail" },
}
