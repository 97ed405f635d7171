case "weights by seniority" {
  -- senior: 0.3 × 80 + 0.7 × 90 = 87, + 1.5; junior: 0.4 × 80 + 0.6 × 90 = 86, + 1.5
  clause = "3", people = {
    { "a", start = "2010-01-01", peer = { { 80 } }, leader = { { 90 } }, expect = { score = "88.5", grade = "good" } },
    { "b", start = "2024-01-02", peer = { { 80 } }, leader = { { 90 } }, expect = { score = "87.5", grade = "good" } },
  },
}

case "what is known takes the whole weight, and without anything the result is incomplete" {
  clause = "3", people = {
    { "a", start = "2010-01-01", leader = { { 90 } }, expect = { score = "91.5", grade = "excellent" } },
    { "b", start = "2010-01-01", expect = { status = "incomplete" } },
  },
}

case "steps by the edges" {
  -- 100, 90, above 80: 10, 8, 5; senior: × 1 + 1.5, at most 8
  clause = "2", people = {
    { "a", start = "2010-01-01", leader = { { 50 } }, events = { { "merit", amount = 90 } }, expect = { score = "58.0" } },
    { "b", start = "2010-01-01", leader = { { 50 } }, events = { { "merit", amount = 89 } }, expect = { score = "56.5" } },
    { "c", start = "2010-01-01", leader = { { 50 } }, events = { { "merit", amount = 80 } }, expect = { score = "51.5" } },
  },
}

case "the fine of the year that is in force" {
  -- three faults would be 6, at most 5 from 2026 on, 4 before
  clause = "4", start = "2010-01-01", leader = { { 50 } }, events = { { "fault" }, { "fault" }, { "fault" } }, expect = { score = "46.5" },
}

case "the fine of the years before" {
  clause = "4", period = "2025", start = "2010-01-01", leader = { { 50 } }, events = { { "fault" }, { "fault" }, { "fault" } },
  expect = { score = "47.5" },
}

case "a floor lifts, a ceiling holds down, and the more severe wins" {
  clause = "6", people = {
    { "lifted",  start = "2010-01-01", peer = { { 50 } }, leader = { { 50 } }, events = { { "award" } }, expect = { score = "51.5", grade = "good" } },
    { "held",    start = "2010-01-01", peer = { { 60 } }, leader = { { 95 } }, expect = { score = "86.0", grade = "fair" } },
    { "both",    start = "2010-01-01", peer = { { 60 } }, leader = { { 95 } }, events = { { "award" } }, expect = { grade = "fair" } },
    { "grave",   start = "2010-01-01", leader = { { 95 } }, events = { { "grave" } }, expect = { grade = "poor" } },
    { "on_hold", start = "2010-01-01", leader = { { 95 } }, events = { { "trial" } }, expect = { status = "assessed", grade = "" } },
  },
}

case "a period of one day is too short" {
  -- 0 days after the first one, and no whole month: 0 is not less than 0; a week on lies behind the period, a month on is after it
  clause = "5", period = "2026-03-02..2026-03-02", start = "2010-01-01", leader = { { 95 } }, expect = { status = "excluded" },
}

case "somebody with more than 20 faults is refused" {
  clause = "5", start = "2010-01-01", leader = { { 95 } }, events = {
    { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" },
    { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" }, { "fault" },
    { "fault" } },
  expect = { status = "refused" },
}

case "who has three faults is on the list" {
  clause = "7", start = "2010-01-01", leader = { { 50 } }, events = { { "fault" }, { "fault" }, { "fault" } }, expect = { grade = "poor" },
}
