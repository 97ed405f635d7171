-- Worked cases of bureau.lua. Every expected figure says how it is worked out; clauses as in the document.
-- A ballot is { 德, 能, 勤, 绩, 廉 }.

case "the weights are 40 and 60 per cent" {
  -- 0.40 × 80 + 0.60 × 90 = 32 + 54 = 86
  clause = "四(二)3", peer = { { 8, 8, 8, 48, 8 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { status = "assessed", score = "86.00", grade = "competent", flags = "", rank = 1 },
}

case "several ballots of a role count by their mean" {
  -- peers (80 + 85 + 90) / 3 = 85; 0.40 × 85 + 0.60 × 90 = 88
  clause = "四(二)3", peer = { { 8, 8, 8, 48, 8 }, { 8.5, 8.5, 8.5, 51, 8.5 }, { 9, 9, 9, 54, 9 } },
  leader = { { 9, 9, 9, 54, 9 } }, expect = { score = "88.00", grade = "competent" },
}

case "exactly 90 is excellent" {
  clause = "六", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { score = "90.00", grade = "excellent", flags = "" },
}

case "89.995 is rounded half up and is excellent" {
  -- 0.40 × 89.9875 + 0.60 × 90 = 35.995 + 54 = 89.995 → 90.00
  clause = "四(二)3", peer = { { 9, 9, 9, 53.9875, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { score = "90.00", grade = "excellent" },
}

case "89.994 stays below 90, in the gap" {
  -- 0.40 × 89.985 + 54 = 89.994 → 89.99, between the printed 89 and 90
  clause = "六", peer = { { 9, 9, 9, 53.985, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { score = "89.99", grade = "competent", flags = "gap" },
}

case "exactly 89 is no gap" {
  clause = "六", peer = { { 9, 9, 9, 53, 9 } }, leader = { { 9, 9, 9, 53, 9 } },
  expect = { score = "89.00", grade = "competent", flags = "" },
}

case "whole points, when the parameter says so, close the gap" {
  -- 0.40 × 88.75 + 0.60 × 90 = 89.5 → 90
  clause = "四(二)3", set = { rounding = "whole" }, peer = { { 9, 9, 9, 52.75, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { score = "90", grade = "excellent", flags = "" },
}

case "70 is competent, 69.99 is not" {
  -- b: 0.40 × 69.975 + 0.60 × 70 = 69.99
  clause = "六", people = {
    { "a", peer = { { 7, 7, 7, 42, 7 } }, leader = { { 7, 7, 7, 42, 7 } }, expect = { score = "70.00", grade = "competent" } },
    { "b", peer = { { 7, 7, 7, 41.975, 7 } }, leader = { { 7, 7, 7, 42, 7 } },
      expect = { score = "69.99", grade = "basic", flags = "gap" } },
  },
}

case "60 is basic, 59 is incompetent" {
  clause = "六", people = {
    { "a", peer = { { 6, 6, 6, 36, 6 } }, leader = { { 6, 6, 6, 36, 6 } }, expect = { score = "60.00", grade = "basic" } },
    { "b", peer = { { 6, 6, 6, 35, 6 } }, leader = { { 6, 6, 6, 35, 6 } },
      expect = { score = "59.00", grade = "incompetent", flags = "" } },
  },
}

case "without a leader's ballot nothing is worked out" {
  clause = "四(二)3", peer = { { 9, 9, 9, 54, 9 } }, expect = { status = "incomplete", score = "", grade = "" },
}

case "without a colleague's ballot nothing is worked out" {
  clause = "四(二)3", leader = { { 9, 9, 9, 54, 9 } }, expect = { status = "incomplete", score = "" },
}

case "deductions come off the score" {
  -- 90 − 1.5 − 2 = 86.5
  clause = "四(三)", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  events = { { "deduction", points = 1.5 }, { "absence-without-leave", points = 2 } },
  expect = { score = "86.50", grade = "competent" },
}

case "an omitted deduction also comes off the one liable, and adds up" {
  -- a: 90 − 2 − 1 = 87; b: 90 − 2 − 1 = 87
  clause = "四(三)", people = {
    { "a", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
      events = { { "omitted-deduction", points = 2, liable = "b" }, { "balancing", points = 1, liable = "b" } },
      expect = { score = "87.00", rank = 1, flags = "tie" } },
    { "b", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } }, expect = { score = "87.00", rank = 1, flags = "tie" } },
    { "c", peer = { { 8, 8, 8, 48, 8 } }, leader = { { 8, 8, 8, 48, 8 } }, expect = { score = "80.00", rank = 3, flags = "" } },
  },
}

case "the score is never under 0" {
  clause = "四(三)", peer = { { 0, 0, 0, 1, 0 } }, leader = { { 0, 0, 0, 1, 0 } }, events = { { "deduction", points = 5 } },
  expect = { score = "0.00", grade = "incompetent", flags = "capped" },
}

case "six months of leave to the day are assessed" {
  -- 2026-01-01 to 2026-06-30, both days counted, is six whole months
  clause = "九(一)", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  events = { { "sick-leave", from = "2026-01-01", to = "2026-06-30" } }, expect = { status = "assessed" },
}

case "six months and a day are not assessed" {
  clause = "九(一)", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  events = { { "sick-leave", from = "2026-01-01", to = "2026-07-01" } }, expect = { status = "excluded", score = "", grade = "" },
}

case "leave of several kinds adds up, and what overlaps counts once" {
  -- united: 01-01 to 03-31 is 3 months, 07-01 to 10-01 is 3 months and 1 day: 6 months 1 day
  clause = "九(一)", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  events = { { "sick-leave", from = "2026-01-01", to = "2026-02-28" }, { "personal-leave", from = "2026-02-15", to = "2026-03-31" },
             { "unassigned-study", from = "2026-07-01", to = "2026-10-01" } },
  expect = { status = "excluded" },
}

case "leave outside the year does not count" {
  -- cut to the year: 2026-01-01 to 2026-06-30, six months
  clause = "九(一)", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  events = { { "sick-leave", from = "2025-09-01", to = "2026-06-30" } }, expect = { status = "assessed" },
}

case "six whole months in post are enough" {
  clause = "九(二)", start = "2026-07-01", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { status = "assessed" },
}

case "a day less than six months in post is not" {
  clause = "九(二)", start = "2026-07-02", peer = { { 9, 9, 9, 54, 9 } }, leader = { { 9, 9, 9, 54, 9 } },
  expect = { status = "excluded" },
}

case "a veto bars the top grade" {
  clause = "失职追究制 4(二)", peer = { { 9, 9, 9, 57, 9 } }, leader = { { 9, 9, 9, 57, 9 } }, events = { { "veto" } },
  expect = { score = "93.00", grade = "competent", flags = "veto" },
}

case "a veto below the top grade changes nothing" {
  clause = "失职追究制 4(二)", peer = { { 8, 8, 8, 48, 8 } }, leader = { { 8, 8, 8, 48, 8 } }, events = { { "veto" } },
  expect = { score = "80.00", grade = "competent", flags = "" },
}
