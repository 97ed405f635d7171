-- Ballots: { skill, conduct }.

case "all three groups, one quarter missing" {
  -- peers 0.5 × 95 + 0.5 × 85 = 90; leader 0.7 × 85 + 0.3 × 95 = 88; patients 95
  -- 0.333 × 90 + 0.417 × 88 + 0.25 × 95 = 29.97 + 36.696 + 23.75 = 90.416; quarters (80 + 90 + 100) / 3 = 90
  -- 0.6 × 90.416 + 0.4 × 90 = 90.2496 → 90.0
  clause = "5", peer = { { "A", "B" } }, leader = { { "B", "A" } }, patient = { { "A", "A" } },
  history = { { "2026Q1", score = 80 }, { "2026Q2", score = 90 }, { "2026Q4", score = 100 } },
  expect = { score = "90.0", grade = "B", flags = "quota", -- of one, 15 % are none
             figures = { ["评议分"] = 90.416, ["季度平均"] = 90 } },
}

case "no patients: the weights of the others" {
  -- (0.333 × 90 + 0.417 × 88) / 0.75 = 66.666 / 0.75 = 88.888
  clause = "3", peer = { { "A", "B" } }, leader = { { "B", "A" } }, history = { { "2026Q1", score = 80 } },
  expect = { figures = { ["评议分"] = 88.888 }, score = "85.5" },
}

case "a total below zero" {
  -- 0.6 × 40 + 0.4 × 40 = 40; 5 disputes × 10 = 50
  clause = "9", peer = { { "D", "D" } }, leader = { { "D", "D" } }, patient = { { "D", "D" } }, history = { { "2026Q1", score = 40 } },
  events = { { "dispute", points = 5 } }, expect = { score = "-10.0", grade = "D" },
}

case "caps on the bonus, by kind and in all" {
  clause = "6", peer = { { "D", "D" } }, leader = { { "D", "D" } }, patient = { { "D", "D" } }, history = { { "2026Q1", score = 40 } },
  events = { { "innovation", points = 9 }, { "prize", points = 4 } },
  expect = { score = "46.0", figures = { ["新技术加分"] = 5, ["获奖加分"] = 3, ["加分"] = 6 } },
}

case "leave in working days" {
  -- March 2026 has 22 working days: 2 beyond 20
  clause = "8", peer = { { "D", "D" } }, leader = { { "D", "D" } }, patient = { { "D", "D" } }, history = { { "2026Q1", score = 40 } },
  events = { { "leave", from = "2026-03-01", to = "2026-03-31" } },
  expect = { score = "39.0", figures = { ["请假工作日"] = 22 } },
}

case "the head answers for the department" {
  -- stay: from 10 to 8, reached 7.6: 1.2 of the way: 72; satisfied 90 of 95: 37.894…: 109.894… → 110.0
  -- 0.5 × 110 + 0.3 × 88.888… with peers 90, leader 88; quarters 80: 55 + 26.6664 + 16 = 97.6664 − 3 = 94.6664 → 94.5
  clause = "7",
  units = { { "内科", measures = { { "stay", value = 7.6, target = 8, baseline = 10 }, { "satisfied", value = 90, target = 95 } },
              expect = { score = "110.0", grade = "green" } } },
  people = {
    { "h", unit = "内科", head = "yes", peer = { { "A", "B" } }, leader = { { "B", "A" } }, history = { { "2026Q1", score = 80 } },
      expect = { score = "94.5", grade = "A" } },
    { "x", unit = "内科", peer = { { "A", "B" } }, leader = { { "B", "A" } }, history = { { "2026Q1", score = 80 } },
      events = { { "dispute", points = 1, liable = "h" } }, expect = { score = "75.5", grade = "B" } },
  },
}

case "the department itself is no one of its people" {
  -- six people, 6 × 0.15 = 0.9, rounded down 0; with the department's own row in the pool it would be 7 × 0.15 = 1.05 and 1
  clause = "10",
  units = { { "外科", measures = { { "stay", value = 8, target = 8, baseline = 10 }, { "satisfied", value = 95, target = 95 } }, expect = { grade = "green" } } },
  people = {
    { "a", unit = "外科", peer = { { "A", "A" } }, leader = { { "A", "A" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 95 } }, expect = { grade = "B" } },
    { "b", unit = "外科", peer = { { "A", "A" } }, leader = { { "C", "C" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 60 } }, expect = { grade = "C" } },
    { "c", unit = "外科", peer = { { "A", "A" } }, leader = { { "C", "C" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 60 } }, expect = { grade = "C" } },
    { "d", unit = "外科", peer = { { "A", "A" } }, leader = { { "C", "C" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 60 } }, expect = { grade = "C" } },
    { "e", unit = "外科", peer = { { "A", "A" } }, leader = { { "C", "C" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 60 } }, expect = { grade = "C" } },
    { "f", unit = "外科", peer = { { "A", "A" } }, leader = { { "C", "C" } }, patient = { { "A", "A" } }, history = { { "2026Q1", score = 60 } }, expect = { grade = "C" } },
  },
}
