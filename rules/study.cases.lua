-- Worked cases of study.lua.

case "absent, late or left early cost a penalty each time, without cause twice as much" {
  -- 50 a time: absent, late, left early = 150; without cause 100; a trip nothing
  clause = "一3", period = "2026-03", people = {
    { "a", events = { { "absent", from = "2026-03-03" }, { "late", from = "2026-03-10" }, { "left-early", from = "2026-03-13" } },
      expect = { score = "150.00", grade = "broken", lists = { "penalty" } } },
    { "b", events = { { "no-cause", from = "2026-03-03" } }, expect = { score = "100.00", grade = "broken", reasons = "无故缺席次数", lists = { "penalty" } } },
    { "c", events = { { "away", from = "2026-03-03" } }, expect = { score = "0.00", grade = "kept", reasons = "", lists = {} } },
    { "d", events = { { "absent", from = "2026-02-27" }, { "no-cause", from = "2026-04-03" } }, expect = { score = "0.00", grade = "kept" } },   -- other months
    { "e", events = { { "absent", from = "2026-03-03" }, { "no-cause", from = "2026-03-06" } }, expect = { score = "150.00" } },   -- 50 + 2 × 50
  },
}

case "the penalty is as the office sets it" {
  -- 20 + 2 × 20
  clause = "一3", period = "2026-03", set = { fine = 20 }, events = { { "late", from = "2026-03-03" }, { "no-cause", from = "2026-03-06" } }, expect = { score = "60.00" },
}

case "one essay in each half-year" {
  clause = "一4", period = "2026", people = {
    { "a", events = { { "essay", from = "2026-06-30" }, { "essay", from = "2026-07-01" } }, expect = { grade = "kept", figures = { ["缺学习体会文章的半年数"] = 0 } } },
    { "b", events = { { "essay", from = "2026-07-01" }, { "essay", from = "2026-12-31" } }, expect = { grade = "broken", figures = { ["缺学习体会文章的半年数"] = 1 }, lists = { "writing" } } },
    { "c", events = { { "essay", from = "2026-01-01" }, { "essay", from = "2026-06-30" } }, expect = { figures = { ["缺学习体会文章的半年数"] = 1 } } },
    { "d", events = { { "essay", from = "2025-12-31" } }, expect = { figures = { ["缺学习体会文章的半年数"] = 2 } } },
  },
}

case "a half-year by itself needs one, a month none" {
  clause = "一4", period = "2026H1", people = {
    { "a", leading = "yes", events = { { "essay", from = "2026-01-01" } }, expect = { grade = "kept" } },   -- the article is due by the year
    { "b", events = { { "essay", from = "2025-12-31" } }, expect = { grade = "broken", reasons = "缺学习体会文章的半年数：1" } },
  },
}

case "in a month nothing has to be written" {
  clause = "一4", period = "2026-03", leading = "yes", expect = { grade = "kept", lists = {} },
}

case "leaders write a research article a year" {
  clause = "一4", period = "2026", people = {
    { "a", leading = "yes", events = { { "essay", from = "2026-03-01" }, { "essay", from = "2026-09-01" }, { "article", from = "2026-01-01" } }, expect = { grade = "kept", lists = {} } },
    { "b", leading = "yes", events = { { "essay", from = "2026-03-01" }, { "essay", from = "2026-09-01" }, { "article", from = "2025-12-31" } },
      expect = { grade = "broken", reasons = "缺年度调研文章：1", lists = { "writing" } } },
    { "c", leading = "no", events = { { "essay", from = "2026-03-01" }, { "essay", from = "2026-09-01" } }, expect = { grade = "kept" } },
    { "d", events = { { "essay", from = "2026-03-01" }, { "essay", from = "2026-09-01" } }, expect = { grade = "kept" } },
  },
}

case "notes are praised, or spurred on" {
  clause = "一5", period = "2026-03", people = {
    { "a", events = { { "praised", from = "2026-03-20" } }, expect = { grade = "kept", lists = { "praised" } } },
    { "b", events = { { "poor-notes", from = "2026-03-20" } }, expect = { grade = "broken", lists = { "spurred" } } },
  },
}

case "who has nothing against the rules has kept them" {
  clause = "一", period = "2026-03", expect = { score = "0.00", grade = "kept", lists = {} },
}

case "two sessions a month are enough, one is not" {
  clause = "一1", period = "2026-02", people = { { "a", expect = { grade = "kept" } } }, units = {
    { "two", events = { { "session", from = "2026-02-03" }, { "session", from = "2026-02-28" } }, expect = { score = "2", grade = "kept" } },
    { "one", events = { { "session", from = "2026-01-30" }, { "session", from = "2026-02-03" }, { "session", from = "2026-03-03" } },
      expect = { score = "1", grade = "broken", reasons = "集中学习不足二次的月数：1" } },
  },
}

case "each month of a longer period is looked at by itself" {
  -- January 2, February 4, March 1
  clause = "一1", period = "2026Q1", people = { { "a", expect = { grade = "kept" } } }, units = {
    { "office", events = { { "session", from = "2026-01-01" }, { "session", from = "2026-01-31" }, { "session", from = "2026-02-01" }, { "session", from = "2026-02-10" },
        { "session", from = "2026-02-13" }, { "session", from = "2026-02-28" }, { "session", from = "2026-03-31" } },
      expect = { score = "7", grade = "broken", figures = { ["集中学习不足二次的月数"] = 1, ["倒数第 1 个月不足二次"] = true, ["倒数第 2 个月不足二次"] = false,
        ["倒数第 3 个月不足二次"] = false, ["倒数第 4 个月不足二次"] = false } } },
  },
}
