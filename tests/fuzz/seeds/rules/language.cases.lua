-- 0.3 × 80 + 0.7 × 90 = 87; clients (40 + 30) / 2 = 35, 35 × 0.2 / 2 + 1 = 4.5

case "every part adds up" {
  -- 87 + 4.5 + min(4 + 3, 5) = 96.5
  clause = "4", peer = { { 50, 30 } }, leader = { { 54, 36 } }, client = { { 0, 40 }, { 60, 30 } },
  events = { { "bonus", points = 4 }, { "bonus", points = 3 } },
  expect = { status = "assessed", score = "96.5", grade = "pass", flags = "" },
}

case "without clients the service points start from one" {
  clause = "3", peer = { { 50, 30 } }, leader = { { 54, 36 } }, expect = { score = "88.0" },
}

case "two faults cost three points, a shared one costs one" {
  -- 88 − 3 = 85; the one liable: 88 − 2 = 86
  clause = "4", people = {
    { "a", peer = { { 50, 30 } }, leader = { { 54, 36 } }, events = { { "fault", liable = "b" }, { "fault", liable = "b" } },
      expect = { score = "85.0", rank = 2 } },
    { "b", peer = { { 50, 30 } }, leader = { { 54, 36 } }, expect = { score = "86.0", rank = 1 } },
  },
}

case "half to even rounds a tie to the even neighbour" {
  -- 0.3 × 80.5 + 0.7 × 90 + 1 = 88.15 → 88.2; 0.3 × 81.5 + 63 + 1 = 88.45 → 88.4
  clause = "6", people = {
    { "a", peer = { { 50, 30.5 } }, leader = { { 54, 36 } }, expect = { score = "88.2" } },
    { "b", peer = { { 50, 31.5 } }, leader = { { 54, 36 } }, expect = { score = "88.4" } },
  },
}

case "rounding up, down and to halves" {
  -- 88.15
  clause = "6", set = { rounding = "up" }, peer = { { 50, 30.5 } }, leader = { { 54, 36 } }, expect = { score = "88.2" },
}

case "rounding down cuts" {
  clause = "6", set = { rounding = "down" }, peer = { { 50, 30.5 } }, leader = { { 54, 36 } }, expect = { score = "88.1" },
}

case "rounding to halves" {
  clause = "6", set = { rounding = "half" }, peer = { { 50, 30.5 } }, leader = { { 54, 36 } }, expect = { score = "88.0" },
}

case "a parameter that is a figure" {
  -- clients 40: 40 × 0.5 / 2 + 1 = 11; 87 + 11 = 98
  clause = "2", set = { client_share = 0.5 }, peer = { { 50, 30 } }, leader = { { 54, 36 } }, client = { { 0, 40 } },
  expect = { score = "98.0" },
}

case "the score is held at its cap" {
  -- 100 × 0.3 + 100 × 0.7 + (40 × 0.5 / 2 + 1) + 5 = 116, under 120; with no cap reached there is no flag
  clause = "6", set = { client_share = 0.5 }, peer = { { 60, 40 } }, leader = { { 60, 40 } }, client = { { 0, 40 } },
  events = { { "bonus", points = 9 } }, expect = { score = "116.0", flags = "" },
}

case "long trips exclude only when both conditions hold" {
  clause = "5", people = {
    { "a", peer = { { 50, 30 } }, leader = { { 54, 36 } },
      events = { { "trip", from = "2026-01-01", to = "2026-10-31", amount = 250 } }, expect = { status = "excluded" } },
    { "b", peer = { { 50, 30 } }, leader = { { 54, 36 } },
      events = { { "trip", from = "2026-01-01", to = "2026-10-31", amount = 150 } }, expect = { status = "assessed" } },
  },
}

case "new in post is excluded, an unknown start is kept" {
  -- from 2026-11-01 to the end of the year are two whole months
  clause = "5", people = {
    { "a", start = "2026-11-01", peer = { { 50, 30 } }, leader = { { 54, 36 } }, expect = { status = "excluded" } },
    { "b", start = "2026-10-01", peer = { { 50, 30 } }, leader = { { 54, 36 } }, expect = { status = "assessed" } },
    { "c", peer = { { 50, 30 } }, leader = { { 54, 36 } }, expect = { status = "assessed" } },
  },
}
