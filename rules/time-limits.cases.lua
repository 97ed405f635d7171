-- Worked cases of time-limits.lua. In 2026 the days 15–23 February are the Spring Festival, 14 and 28 February are worked.

case "a letter with plain facts is answered within 3 working days" {
  -- received on Monday 2 March: 3, 4, 5 March; the 5th is in time, the 6th is a day late
  clause = "四(一)至(四)", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-04",
      expect = { grade = "on-time", figures = { ["办结期限"] = "2026-03-05", ["已用工作日"] = 2 }, lists = {} } },
    { "b", kind = "letter", responsible = "钱", received = "2026-03-02", finished = "2026-03-05",
      expect = { grade = "on-time", figures = { ["已用工作日"] = 3 }, lists = {} } },
    { "c", kind = "letter", responsible = "孙", received = "2026-03-02", finished = "2026-03-06",
      expect = { grade = "late", reasons = "逾期工作日（不足1日按1日计）：1", lists = { "late", "late-answers" } } },
  },
}

case "holidays do not count, make-up days do" {
  -- received on Friday 13 February: Saturday 14 is worked (1), then the festival, 24 (2), 25 (3)
  clause = "四(一)至(四)", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-02-13", finished = "2026-02-25",
      expect = { grade = "on-time", figures = { ["办结期限"] = "2026-02-25", ["已用工作日"] = 3 } } },
    { "b", kind = "letter", responsible = "赵", received = "2026-02-13", finished = "2026-02-26", expect = { grade = "late" } },
  },
}

case "with an inquiry it is 15 working days" {
  -- received on Monday 2 March: five days to the 9th, ten to the 16th, fifteen to the 23rd
  clause = "四(一)至(四)", people = {
    { "a", kind = "inquiry", responsible = "赵", received = "2026-03-02", finished = "2026-03-23",
      expect = { grade = "on-time", figures = { ["办结期限"] = "2026-03-23" } } },
    { "b", kind = "inquiry", responsible = "赵", received = "2026-03-02", finished = "2026-03-25",
      expect = { grade = "late", figures = { ["逾期工作日（不足1日按1日计）"] = 2 } } },
  },
}

case "a set limit is the limit, in working days or as a day" {
  -- 5 working days from 2 March end on the 9th; the permit by 20 March, whatever the days
  clause = "四(一)至(四)", people = {
    { "a", kind = "set-limit", limit = 5, responsible = "赵", received = "2026-03-02", finished = "2026-03-09", expect = { grade = "on-time" } },
    { "b", kind = "set-limit", limit = 5, responsible = "赵", received = "2026-03-02", finished = "2026-03-10", expect = { grade = "late" } },
    { "c", kind = "permit", deadline = "2026-03-20", responsible = "赵", received = "2026-03-02", finished = "2026-03-20", expect = { grade = "on-time" } },
    { "d", kind = "permit", deadline = "2026-03-20", responsible = "赵", received = "2026-03-02", finished = "2026-03-21",
      expect = { grade = "late", figures = { ["逾期工作日（不足1日按1日计）"] = 1 } } },   -- a Saturday: part of a working day
    { "e", kind = "permit", responsible = "赵", received = "2026-03-02", finished = "2026-03-03",
      expect = { status = "incomplete", missing = "规定时限" } },
  },
}

case "without a limit it is what was promised, from 1 to 15 working days" {
  -- promised 3: the 5th; promised 20: counts as 15, the 23rd; nothing promised: 15
  clause = "四(一)至(四)", people = {
    { "a", kind = "no-limit", limit = 3,  responsible = "赵", received = "2026-03-02", finished = "2026-03-06", expect = { grade = "late" } },
    { "b", kind = "no-limit", limit = 20, responsible = "赵", received = "2026-03-02", finished = "2026-03-24", expect = { grade = "late" } },
    { "c", kind = "no-limit", responsible = "赵", received = "2026-03-02", finished = "2026-03-23", expect = { grade = "on-time" } },
    { "d", kind = "no-limit", responsible = "赵", received = "2026-03-02", finished = "2026-03-24", expect = { grade = "late" } },
  },
}

case "the usual limit may be set lower" {
  clause = "四(一)至(四)", set = { usual_limit = 5 }, kind = "no-limit", responsible = "赵", received = "2026-03-02", finished = "2026-03-10",
  expect = { grade = "late", figures = { ["办结期限"] = "2026-03-09" } },
}

case "what is to be done at once is done the same day" {
  clause = "四(一)至(四)", people = {
    { "a", kind = "at-once", responsible = "赵", received = "2026-03-02", finished = "2026-03-02", expect = { grade = "on-time" } },
    { "b", kind = "at-once", responsible = "赵", received = "2026-03-02", finished = "2026-03-03", expect = { grade = "late" } },
    { "c", kind = "assigned", deadline = "2026-03-06", responsible = "赵", received = "2026-03-02", finished = "2026-03-06", expect = { grade = "on-time" } },
  },
}

case "an extension counts when it was approved before the limit ran out, that day included" {
  -- limit 5 March, extended to the 12th
  clause = "四", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-05", extended = "2026-03-12", finished = "2026-03-12",
      expect = { grade = "extended", figures = { ["延期后的期限"] = "2026-03-12" }, lists = {} } },
    { "b", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-06", extended = "2026-03-12", finished = "2026-03-12",
      expect = { grade = "late", figures = { ["延期后的期限"] = "2026-03-05", ["逾期工作日（不足1日按1日计）"] = 5 } } },
    { "c", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-04", extended = "2026-03-12", finished = "2026-03-13",
      expect = { grade = "late", figures = { ["逾期工作日（不足1日按1日计）"] = 1 } } },
    { "d", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-04", extended = "2026-03-12", finished = "2026-03-05",
      expect = { grade = "on-time" } },
    { "e", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-04", finished = "2026-03-12",
      expect = { status = "incomplete", missing = "延期至" } },
  },
}

case "what is not finished is open until the limit, then overdue" {
  -- period to Tuesday 31 March; received on the 26th: limit 31 March, still open; on the 25th: 30 March, a day over
  clause = "四", period = "2026-03", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-26", expect = { grade = "open", lists = {} } },
    { "b", kind = "letter", responsible = "钱", received = "2026-03-25",
      expect = { grade = "overdue", figures = { ["逾期工作日（不足1日按1日计）"] = 1, ["已用工作日"] = 4 }, lists = { "late", "late-answers" } } },
    { "c", kind = "letter", responsible = "钱", received = "2026-03-25", finished = "2026-04-01", expect = { grade = "overdue" } },
  },
}

case "without complete papers no limit runs, and only matters of the period count" {
  clause = "四", period = "2026-03", people = {
    { "a", kind = "letter", complete = "no", responsible = "赵", received = "2026-03-02", finished = "2026-03-20", expect = { status = "excluded" } },
    { "b", kind = "letter", complete = "yes", responsible = "赵", received = "2026-03-02", finished = "2026-03-05", expect = { grade = "on-time" } },
    { "c", kind = "letter", responsible = "赵", received = "2026-04-01", expect = { status = "excluded" } },
    { "d", kind = "letter", responsible = "赵", received = "2026-02-24", finished = "2026-02-28", expect = { status = "excluded" } },
    { "e", kind = "letter", responsible = "赵", received = "2026-02-26", finished = "2026-03-01", expect = { status = "assessed" } },
  },
}

case "days in the wrong order are an error of the input" {
  clause = "四", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-01", expect = { status = "refused" } },
    { "b", kind = "letter", responsible = "赵", received = "2026-03-02", approved = "2026-03-02", extended = "2026-03-01", expect = { status = "refused" } },
  },
}

case "the rates of the person and of the office" {
  -- 办公室: a, b in time, c late, d open: 2 of 3 = 66.67 %; 赵: 1 of 2 = 50 %; 钱: 1 of 1; 财务所: only an open one
  clause = "三", period = "2026-03",
  units  = {
    { "办公室", expect = { score = "66.67", rank = 2, figures = { ["应办结事项"] = 3, ["按时办结事项"] = 2, ["逾期事项"] = 1 } } },
    { "民政所", expect = { score = "100.00", rank = 1 } },
    { "财务所", expect = { status = "excluded" } },
  },
  people = {
    { "a", unit = "办公室", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-05",
      expect = { grade = "on-time", reasons = "责任人按时办结率（%）：50" } },
    { "b", unit = "办公室", kind = "letter", responsible = "钱", received = "2026-03-02", finished = "2026-03-05", expect = { reasons = "100" } },
    { "c", unit = "办公室", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-06", expect = { grade = "late" } },
    { "d", unit = "办公室", kind = "letter", responsible = "赵", received = "2026-03-31", expect = { grade = "open" } },
    { "e", unit = "民政所", kind = "letter", responsible = "孙", received = "2026-03-02", finished = "2026-03-05", expect = { grade = "on-time" } },
    { "f", unit = "财务所", kind = "letter", responsible = "李", received = "2026-03-31", expect = { grade = "open", figures = { ["责任人按时办结率（%）"] = "" } } },
  },
}

case "who put off, was uncivil or shirked answers, even in time" {
  clause = "六1", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-05", events = { { "obstructed" } }, expect = { grade = "on-time", lists = { "obstructed" } } },
    { "b", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-05", events = { { "rude" } }, expect = { lists = { "rude" } } },
    { "c", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-05", events = { { "shirked" } }, expect = { lists = { "shirked" } } },
  },
}

case "who is late answers; a loss without being late is told, and no more" {
  clause = "六2", people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-05", events = { { "loss" } }, expect = { reasons = "造成服务对象损失", lists = {} } },
    { "b", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-06", events = { { "loss" } }, expect = { lists = { "late", "late-answers" } } },
  },
}

case "where only a loss makes answerable, who is late without one is listed as late" {
  clause = "六2", set = { late_answers = "with_loss" }, people = {
    { "a", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-06", expect = { lists = { "late" } } },
    { "b", kind = "letter", responsible = "赵", received = "2026-03-02", finished = "2026-03-06", events = { { "loss" } }, expect = { lists = { "late", "late-answers" }, reasons = "造成服务对象损失" } },
  },
}
