-- Ballots: { on five, on a hundred }.

case "the weights of a lecturer since July 2025" {
  -- students (4 + 4 + 4) / 3 × 20 = 80; 0.325 × 80 + 0.275 × 90 + 0.4 × 95 = 26 + 24.75 + 38 = 88.75
  clause = "第四条", kind = "teaching", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01",
  student = { { 4, "" }, { 4, "" }, { 4, "" } }, peer = { { "", 90 } }, leader = { { "", 95 } },
  expect = { score = "88.75", grade = "competent" },
}

case "the weights before" {
  -- 0.3 × 80 + 0.3 × 90 + 0.4 × 95 = 24 + 27 + 38 = 89
  clause = "第四条", period = "2024", kind = "teaching", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01",
  student = { { 4, "" }, { 4, "" }, { 4, "" } }, peer = { { "", 90 } }, leader = { { "", 95 } },
  expect = { score = "89.00" },
}

case "two students are not enough: the weights are shared among the others" {
  -- (0.275 × 90 + 0.4 × 95) / 0.675 = 62.75 / 0.675 = 92.962…
  clause = "第四条", kind = "teaching", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01",
  student = { { 4, "" }, { 4, "" } }, peer = { { "", 90 } }, leader = { { "", 95 } },
  expect = { score = "92.96", missing = "" },
}

case "ten students: the ends are cut off" {
  -- 8 times 4 remain: 80
  clause = "第三条", kind = "teaching", rank = "professor", age = 50, hours = 90, start = "2000-09-01",
  student = { { 0, "" }, { 5, "" }, { 4, "" }, { 4, "" }, { 4, "" }, { 4, "" }, { 4, "" }, { 4, "" }, { 4, "" }, { 4, "" } },
  peer = { { "", 90 } }, leader = { { "", 95 } }, expect = { figures = { ["学生评教"] = 80 } },
}

case "everything that is wrong is named at once" {
  clause = "第一条", refused = "71", kind = "teaching", rank = "lecturer", age = 71, hours = 90, start = "2020-09-01",
}

case "an award lifts, training and a warning hold down" {
  clause = "第七条", people = {
    { "a", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", events = { { "award", from = "2026-05-01" } },
      peer = { { "", 60 } }, leader = { { "", 60 } }, expect = { score = "60.00", grade = "competent" } },
    { "b", kind = "office", rank = "lecturer", age = 30, hours = 89, start = "2020-09-01",
      peer = { { "", 95 } }, leader = { { "", 95 } }, expect = { grade = "competent" } },
    { "c", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", events = { { "warning", from = "2025-01-02" } },
      peer = { { "", 95 } }, leader = { { "", 95 } }, expect = { grade = "competent", reasons = "a warning has its effect" } },
    -- the last day of its twelve months is 2025-12-31; over the quota of nought
    { "c2", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", events = { { "warning", from = "2025-01-01" } },
      peer = { { "", 95 } }, leader = { { "", 95 } }, expect = { grade = "competent", reasons = "places of excellent by the unit" } },
    { "d", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", history = { { "2025", grade = "basic" } },
      peer = { { "", 60 } }, leader = { { "", 60 } }, expect = { grade = "failed" } },
  },
}

case "five in an excellent unit: one place, and who joined first has it" {
  -- 5 × 0.2 = 1
  clause = "第九条",
  units = { { "文学院", measures = { { "work", value = 95 } }, kind = "teaching", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", expect = { grade = "first" } } },
  people = {
    { "a", unit = "文学院", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", peer = { { "", 95 } }, leader = { { "", 95 } }, expect = { grade = "competent", rank = 2 } },
    { "b", unit = "文学院", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2019-09-01", peer = { { "", 95 } }, leader = { { "", 95 } },
      history = { { "2025", grade = "excellent" }, { "2024", grade = "excellent" } }, expect = { grade = "excellent", rank = 1, lists = { "honour" } } },
    { "c", unit = "文学院", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", peer = { { "", 80 } }, leader = { { "", 80 } }, expect = { rank = 3 } },
    { "d", unit = "文学院", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", peer = { { "", 70 } }, leader = { { "", 70 } }, expect = { grade = "basic" } },
    { "e", unit = "文学院", kind = "office", rank = "lecturer", age = 30, hours = 90, start = "2020-09-01", peer = { { "", 75 } }, leader = { { "", 75 } }, expect = { grade = "competent" } },
  },
}
