-- Ballots of the superior: { result, conduct }.

case "relative to the best of the line" {
  -- a: 100, accounts 120 % → 110: 62.5 + 41.25 = 103.75 → 103.8; b: 50, 90 %: 31.25 + 33.75 = 65
  clause = "2", people = {
    { "a", line = "teller", joined = "2010-01-01", measures = { { "deposits", value = 200 }, { "accounts", value = 120, target = 100 } },
      leader = { { "A", "high" } }, expect = { score = "103.8", grade = "strong", rank = 1 } },
    { "b", line = "teller", joined = "2010-01-01", measures = { { "deposits", value = 100 }, { "accounts", value = 90, target = 100 } },
      leader = { { "A", "mid" } }, expect = { score = "65.0", grade = "weak", rank = 2, lists = {} } },
  },
}

case "moved in July" {
  -- 6 months here with 100, 6 before with 80: 90
  clause = "5", line = "back", joined = "2010-01-01", moved = "2026-07-01", before = 80, leader = { { "A", "high" } },
  expect = { score = "90.0", grade = "strong", figures = { ["在本行月数"] = 6 } },
}
