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

case "the result and the conduct in pairs" {
  clause = "7", people = {
    { "a", line = "back", joined = "2010-01-01", leader = { { "S", "high" } }, expect = { score = "120.0", grade = "outstanding", rank = 1, flags = "tie" } },
    -- the two tie in everything and are both place 1 of 5: the first fifth
    { "b", line = "back", joined = "2010-01-01", leader = { { "S", "low" } }, expect = { grade = "sound", rank = 1, lists = { "talent" } } },
    { "c", line = "back", joined = "2010-01-01", leader = { { "A", "mid" } }, events = { { "breach", points = 6 } }, expect = { score = "94.0", grade = "weak" } },
    { "d", line = "back", joined = "2010-01-01", leader = { { "B", "mid" } }, expect = { grade = "sound" } },
    { "e", line = "back", joined = "2009-01-01", leader = { { "B", "low" } }, expect = { grade = "weak", rank = 4 } },
  },
}

case "the first fifth of ten, and nobody is the last twentieth of ten" {
  clause = "8", people = {
    { "0", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 0 } }, expect = { lists = { "talent" } } },
    { "1", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 1 } }, expect = { lists = { "talent" } } },
    { "2", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 2 } }, expect = { lists = {} } },
    { "3", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 3 } }, expect = { lists = {} } },
    { "4", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 4 } }, expect = { lists = {} } },
    { "5", line = "back", joined = "2010-01-01", leader = { { "A", "high" } }, events = { { "breach", points = 5 } }, expect = { lists = {} } },
    { "6", line = "back", joined = "2010-01-01", leader = { { "B", "high" } }, expect = { lists = {} } },
    { "7", line = "back", joined = "2010-01-01", leader = { { "C", "high" } }, expect = { lists = {} } },
    { "8", line = "back", joined = "2010-01-01", leader = { { "C", "high" } }, events = { { "breach", points = 1 } }, expect = { lists = {} } },
    { "9", line = "back", joined = "2010-01-01", leader = { { "D", "high" } }, expect = { lists = {} } },
  },
}
