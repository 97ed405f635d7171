case "a district and its people" {
  -- growth 110 % (at most), tasks 100 %, service 90 %: 0.5 × 110 + 0.25 × 100 + 0.25 × 90 = 102.5; opinion (100 + 85) / 2 = 92.5 and 60:
  -- (92.5 + 60) / 2 = 76.25; 0.7 × 102.5 + 0.3 × 76.25 = 71.75 + 22.875 = 94.625; + min(5, 7) + min(3, 2) = 7, at most 6; − 2: 98.625 → 98.63
  clause = "第四条",
  units = {
    { "东县", type = "district", measures = { { "growth", value = 9, target = 6 }, { "tasks", value = 10, target = 10 }, { "service", value = 81, target = 90 } },
      delegate = { "good", "fair", "unknown" }, citizen = { "mean" },
      events = { { "innovation", points = 7 }, { "award", points = 2 }, { "notice", points = 2, liable = "h" } },
      expect = { score = "98.63", grade = "second", rank = 1, figures = { ["指标得分"] = 102.5, ["测评分"] = 76.25, ["加分"] = 6 } } },
  },
  people = {
    -- 98.63 − 1 (liable) − 0.5 (one of the unit disciplined) = 97.13
    { "h", unit = "东县", rank = "head", expect = { score = "97.13", grade = "excellent", flags = "" } },
    -- 0.6 × 98.63 + 0.4 × 100 = 99.178
    { "d", unit = "东县", rank = "deputy", leader = { "good" }, events = { { "discipline", from = "2026-02-01" } }, expect = { score = "99.18", grade = "competent", flags = "veto" } },
    -- 0.2 × 98.63 + 0.8 × 100 = 99.726; of the base of three 3 × 0.2 = 0.6 → 1
    { "c", unit = "东县", rank = "clerk", appointed = "2020-01-01", leader = { "good" }, expect = { score = "99.73", grade = "excellent", flags = "" } },
    -- excellent, and nobody knows since when
    { "e", unit = "东县", rank = "clerk", leader = { "good" }, expect = { status = "incomplete", missing = "任职日期" } },
  },
}

case "an office without growth, before the amendment" {
  -- tasks 90 %, service 80 %: 0.65 × 90 + 0.35 × 80 = 86.5; opinion only by citizens 85; 0.8 × 86.5 + 0.2 × 85 = 86.2
  clause = "第二条", period = "2024",
  units = { { "办公厅", type = "general", measures = { { "tasks", value = 90, target = 100 }, { "service", value = 80, target = 100 } },
              citizen = { "fair" }, expect = { score = "86.20" } } },
  people = { { "h", unit = "办公厅", rank = "head", expect = { score = "86.20" } } },
}

case "a grave event: the head of the unit cannot be more than basic" {
  clause = "第八条",
  units = { { "局", type = "economic", measures = { { "growth", value = 6, target = 6 }, { "tasks", value = 90, target = 90 }, { "service", value = 80, target = 80 } },
              citizen = { "good" }, events = { { "grave" } }, expect = { score = "100.00", grade = "third" } } },
  people = { { "h", unit = "局", rank = "head", expect = { score = "100.00", grade = "basic" } } },
}

case "two small districts share their places" {
  -- 2 × 0.2 + 2 × 0.2 = 0.8 → 1: the remainders are equal and so are the shares; the first unit of the table. In it the earlier appointed.
  clause = "第九条",
  units = {
    { "东县", type = "district", measures = { { "growth", value = 6, target = 6 }, { "tasks", value = 9, target = 10 }, { "service", value = 90, target = 90 } },
      citizen = { "good" }, expect = { grade = "second" } },
    { "西县", type = "district", measures = { { "growth", value = 6, target = 6 }, { "tasks", value = 9, target = 10 }, { "service", value = 90, target = 90 } },
      citizen = { "good" }, expect = { grade = "second" } },
  },
  people = {
    { "a", unit = "东县", type = "district", rank = "clerk", appointed = "2020-01-01", leader = { "good" }, expect = { grade = "competent", flags = "quota" } },
    { "b", unit = "东县", type = "district", rank = "clerk", appointed = "2019-01-01", leader = { "good" },
      history = { { "2025", grade = "excellent" }, { "2024", grade = "excellent" } }, expect = { grade = "excellent", lists = { "merit" } } },
    { "c", unit = "西县", type = "district", rank = "clerk", appointed = "2018-01-01", leader = { "good" }, expect = { grade = "competent" } },
    { "d", unit = "西县", type = "district", rank = "clerk", appointed = "2018-01-01", leader = { "mean" }, expect = { grade = "basic" } },
  },
}

case "a small unit without a grade has no rate of the pool, and that is not a rate of nought" {
  clause = "第九条",
  people = { { "c", unit = "某处", type = "district", rank = "clerk", appointed = "2020-01-01", leader = { "good" }, expect = { status = "incomplete", missing = "Score of the unit" } } },
}
