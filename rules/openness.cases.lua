-- Worked cases of openness.lua. A finding is an event about the unit; `liable` is the staff member who is warned.

case "twelve spot checks and four full checks are what a year needs" {
  clause = "第八条",
  units = { { "股", events = {
      { "spot-check", from = "2026-01-10" }, { "spot-check", from = "2026-02-10" }, { "spot-check", from = "2026-03-10" }, { "spot-check", from = "2026-04-10" }, { "spot-check", from = "2026-05-10" }, { "spot-check", from = "2026-06-10" }, { "spot-check", from = "2026-07-10" }, { "spot-check", from = "2026-08-10" }, { "spot-check", from = "2026-09-10" }, { "spot-check", from = "2026-10-10" }, { "spot-check", from = "2026-11-10" }, { "spot-check", from = "2026-12-10" },
      { "full-check", from = "2026-03-20" }, { "full-check", from = "2026-06-20" }, { "full-check", from = "2026-09-20" }, { "full-check", from = "2026-12-20" } },
    expect = { status = "assessed", score = "100.00", grade = "eligible", lists = {}, figures = { ["抽查次数"] = 12, ["应定期检查次数"] = 4 } } } },
}

case "eleven spot checks are too few, and so are three full checks" {
  clause = "第八条",
  units = { { "股", events = {
      { "spot-check", from = "2026-01-10" }, { "spot-check", from = "2026-02-10" }, { "spot-check", from = "2026-03-10" }, { "spot-check", from = "2026-04-10" }, { "spot-check", from = "2026-05-10" }, { "spot-check", from = "2026-06-10" }, { "spot-check", from = "2026-07-10" }, { "spot-check", from = "2026-08-10" }, { "spot-check", from = "2026-09-10" }, { "spot-check", from = "2026-10-10" }, { "spot-check", from = "2026-11-10" },
      { "full-check", from = "2026-03-20" }, { "full-check", from = "2026-06-20" }, { "full-check", from = "2026-09-20" }, { "full-check", from = "2025-12-20" } },
    expect = { lists = { "full-checks-missing", "spot-checks-missing" }, reasons = "抽查少于每月一次", figures = { ["抽查次数"] = 11, ["定期检查次数"] = 3 } } } },
}

case "the plan of the street asks for two full checks a year" {
  clause = "第八条", set = { full_check = "half_year" },
  units = { { "站", events = {
      { "spot-check", from = "2026-01-10" }, { "spot-check", from = "2026-02-10" }, { "spot-check", from = "2026-03-10" }, { "spot-check", from = "2026-04-10" }, { "spot-check", from = "2026-05-10" }, { "spot-check", from = "2026-06-10" }, { "spot-check", from = "2026-07-10" }, { "spot-check", from = "2026-08-10" }, { "spot-check", from = "2026-09-10" }, { "spot-check", from = "2026-10-10" }, { "spot-check", from = "2026-11-10" }, { "spot-check", from = "2026-12-10" },
      { "full-check", from = "2026-06-20" }, { "full-check", from = "2026-12-20" } },
    expect = { lists = {}, figures = { ["应定期检查次数"] = 2 } } } },
}

case "a quarter needs three spot checks and one full check" {
  clause = "第八条", period = "2026Q1",
  units = { { "股", events = { { "spot-check", from = "2026-01-10" }, { "spot-check", from = "2026-02-10" }, { "spot-check", from = "2026-03-10" }, { "full-check", from = "2026-03-20" } },
    expect = { lists = {}, figures = { ["应定期检查次数"] = 1 } } } },
}

case "a finding is to be corrected and is a warning to the one answerable" {
  -- the unit 100 − 5 = 95, and so has the person
  clause = "第九条",
  units  = { { "股", events = { { "not-public", from = "2026-05-06", liable = "a" } },
      expect = { score = "95.00", reasons = "公开问题：1", lists = { "circular", "full-checks-missing", "spot-checks-missing", "to-correct" } } } },
  people = { { "a", unit = "股", expect = { score = "95.00", reasons = "警告次数：1", lists = { "to-correct" } } },
             { "b", unit = "股", expect = { score = "100.00", reasons = "", lists = {} } } },
}

case "a finding about a person alone is one of the unit, too" {
  -- the unit: 1 of its own and 1 of a: 100 − 2 × 5 = 90; a has both: 90
  clause = "第九条",
  units  = { { "股", events = { { "not-public", from = "2026-05-06", liable = "a" } }, expect = { score = "90.00", figures = { ["公开问题"] = 2 } } } },
  people = { { "a", unit = "股", events = { { "out-of-form", from = "2026-06-01" } }, expect = { score = "90.00", figures = { ["警告次数"] = 2 } } } },
}

case "two warnings are not three, four are more than three" {
  clause = "第九条", people = {
    { "two",   events = { { "not-public", from = "2026-02-01" }, { "out-of-form", from = "2026-03-01" } },
      expect = { score = "90.00", lists = { "to-correct" }, figures = { ["警告次数"] = 2 } } },
    { "three", events = { { "not-public", from = "2026-02-01" }, { "out-of-form", from = "2026-03-01" }, { "out-of-form", from = "2026-04-01" } },
      expect = { score = "85.00", lists = { "admonition", "to-correct" }, reasons = "三次警告" } },
    { "four",  events = { { "not-public", from = "2026-02-01" }, { "not-public", from = "2026-03-01" }, { "not-public", from = "2026-04-01" },
                          { "not-public", from = "2026-05-01" } }, expect = { score = "80.00", lists = { "admonition", "to-correct" } } },
  },
}

case "warnings of earlier years add up, and cost no points this year" {
  clause = "第九条", people = {
    { "a", events = { { "not-public", from = "2024-02-01" }, { "not-public", from = "2025-03-01" }, { "out-of-form", from = "2026-04-01" } },
      expect = { score = "95.00", lists = { "admonition", "to-correct" } } },
    { "b", events = { { "not-public", from = "2024-02-01" }, { "not-public", from = "2025-03-01" }, { "not-public", from = "2025-04-01" } },
      expect = { score = "100.00", lists = { "admonition" } } },
  },
}

case "warnings count within the period when the office says so" {
  clause = "第九条", set = { warnings = "period" },
  events = { { "not-public", from = "2024-02-01" }, { "not-public", from = "2025-03-01" }, { "out-of-form", from = "2026-04-01" } },
  expect = { lists = { "to-correct" }, figures = { ["警告次数"] = 1 } },
}

case "what a finding costs is set by the office" {
  -- 100 − 2 × 40 = 20
  clause = "第十条", set = { points = 40 },
  units  = { { "股", events = { { "not-public", from = "2026-05-06" }, { "not-public", from = "2026-05-07" } }, expect = { score = "20.00", rank = 2 } },
             { "室", expect = { score = "100.00", rank = 1 } } },
}

case "three findings at 40 points leave nothing" {
  -- 100 − 3 × 40 = −20, at least 0
  clause = "第十条", set = { points = 40 },
  units = { { "股", events = { { "not-public", from = "2026-05-06" }, { "not-public", from = "2026-05-07" }, { "not-public", from = "2026-05-08" } },
      expect = { score = "0.00", flags = "capped" } } },
}

case "one veto bars the unit from commendation, whatever its points" {
  clause = "六2", units = {
    { "站", events = { { "veto", from = "2026-11-02" } }, expect = { score = "100.00", grade = "barred", lists = { "full-checks-missing", "no-honour", "spot-checks-missing" } } },
    { "所", events = { { "veto", from = "2025-11-02" } }, expect = { score = "100.00", grade = "eligible", lists = { "full-checks-missing", "spot-checks-missing" } } },
  },
}
