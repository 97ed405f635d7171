-- Worked cases of leave.lua. A day of leave or out is a day of the calendar: 03-02 to 03-02 is one, 03-02 to 03-03 is two.

case "who is there and goes out with the formalities loses nothing" {
  clause = "三5", category = "staff", events = { { "out-told-leader", from = "2026-03-02" }, { "leave-by-leader", from = "2026-03-05" } },
  expect = { status = "assessed", score = "0.00", reasons = "", lists = {}, figures = { ["不履行手续次数"] = 0, ["经批准的请假天数"] = 1 } },
}

case "staff, a day: the supervising leader approves; a day more: the head of the bureau" {
  clause = "三3", people = {
    { "a", category = "staff", events = { { "leave-by-leader", from = "2026-03-02", to = "2026-03-02" } }, expect = { score = "0.00" } },
    { "b", category = "staff", events = { { "leave-by-leader", from = "2026-03-02", to = "2026-03-03" } },
      expect = { score = "1.00", reasons = "三3 应由局长批准而未经其批准的请假次数：1" } },
    { "c", category = "staff", events = { { "leave-by-chief", from = "2026-03-02", to = "2026-03-03" } },
      expect = { score = "0.00", figures = { ["经批准的请假天数"] = 2 } } },
  },
}

case "heads of sections and the leadership always ask the head of the bureau" {
  clause = "三3", people = {
    { "a", category = "head",   events = { { "leave-by-leader", from = "2026-03-02" } }, expect = { score = "1.00" } },
    { "b", category = "leader", events = { { "leave-by-leader", from = "2026-03-02" } }, expect = { score = "1.00" } },
    { "c", category = "head",   events = { { "leave-by-chief", from = "2026-03-02", to = "2026-03-06" } }, expect = { score = "0.00" } },
    { "d", category = "leader", events = { { "leave-by-chief", from = "2026-03-02" } }, expect = { score = "0.00" } },
    { "e", category = "chief",  events = { { "leave-by-leader", from = "2026-03-02", to = "2026-03-06" } }, expect = { score = "0.00" } },
  },
}

case "leave that nobody approved and leave that is overrun are breaches" {
  -- 1 + 1 = 2, a point each
  clause = "三3", category = "staff", events = { { "leave-unapproved", from = "2026-03-02" }, { "overdue", from = "2026-04-07" } },
  expect = { score = "2.00", figures = { ["未经批准、假满未归次数"] = 2 }, lists = {} },
}

case "out for a day: the supervising leader; for a day more, and the leadership: the head of the bureau" {
  clause = "三2", people = {
    { "a", category = "staff",  events = { { "out-told-leader", from = "2026-03-02" } }, expect = { score = "0.00" } },
    { "b", category = "staff",  events = { { "out-told-leader", from = "2026-03-02", to = "2026-03-03" } }, expect = { score = "1.00" } },
    { "c", category = "staff",  events = { { "out-told-chief", from = "2026-03-02", to = "2026-03-03" } },
      expect = { score = "0.00", figures = { ["已报告局长的外出次数"] = 1 } } },
    { "d", category = "head",   events = { { "out-told-leader", from = "2026-03-02" } }, expect = { score = "0.00" } },
    { "e", category = "leader", events = { { "out-told-leader", from = "2026-03-02" } }, expect = { score = "1.00" } },
    { "f", category = "leader", events = { { "out-told-chief", from = "2026-03-02" } }, expect = { score = "0.00" } },
  },
}

case "the office is told when nobody else is there, for a day; the head of the bureau always tells the office" {
  clause = "三2", people = {
    { "a", category = "staff", events = { { "out-told-office", from = "2026-03-02" } }, expect = { score = "0.00" } },
    { "b", category = "staff", events = { { "out-told-office", from = "2026-03-02", to = "2026-03-03" } }, expect = { score = "1.00" } },
    { "c", category = "leader", events = { { "out-told-office", from = "2026-03-02" } }, expect = { score = "1.00" } },
    { "d", category = "chief", events = { { "out-told-office", from = "2026-03-02", to = "2026-03-06" } }, expect = { score = "0.00" } },
  },
}

case "going out and telling nobody is a breach, for everybody" {
  clause = "三2", people = {
    { "a", category = "staff", events = { { "out-untold", from = "2026-03-02" } }, expect = { score = "1.00", reasons = "三2 未报告外出次数：1" } },
    { "b", category = "chief", events = { { "out-untold", from = "2026-03-02" } }, expect = { score = "1.00" } },
  },
}

case "being late costs what the parameter says, and nothing unless it says so" {
  clause = "三1", category = "staff", events = { { "late-or-early", from = "2026-03-02" }, { "late-or-early", from = "2026-03-03" } },
  expect = { score = "0.00", reasons = "三1 无故迟到早退次数：2" },
}

case "being late twice at half a point is a point" {
  -- 2 × 0.5 = 1
  clause = "三1", set = { late_points = 0.5 }, category = "staff",
  events = { { "late-or-early", from = "2026-03-02" }, { "late-or-early", from = "2026-03-03" } }, expect = { score = "1.00" },
}

case "absence without cause is a breach" {
  -- 2 × 1.5 = 3
  clause = "三1", set = { points_each = 1.5 }, category = "staff", events = { { "truancy", from = "2026-03-02" }, { "truancy", from = "2026-03-09" } },
  expect = { score = "3.00", figures = { ["旷工次数"] = 2 } },
}

case "two breaches are points, three are serious, five bar from honours" {
  clause = "三5", people = {
    { "two", category = "staff", events = { { "out-untold", from = "2026-03-02" }, { "truancy", from = "2026-03-03" } },
      expect = { score = "2.00", lists = {} } },
    { "three", category = "staff", events = { { "out-untold", from = "2026-03-02" }, { "truancy", from = "2026-03-03" }, { "overdue", from = "2026-04-01" } },
      expect = { score = "3.00", lists = { "talk" } } },
    { "four", category = "staff", events = { { "out-untold", from = "2026-03-02" }, { "truancy", from = "2026-03-03" }, { "overdue", from = "2026-04-01" },
        { "leave-unapproved", from = "2026-05-06" } },
      expect = { score = "4.00", lists = { "talk" } } },
    { "five", category = "staff", events = { { "out-untold", from = "2026-03-02" }, { "truancy", from = "2026-03-03" }, { "overdue", from = "2026-04-01" },
        { "leave-unapproved", from = "2026-05-06" }, { "leave-by-leader", from = "2026-06-01", to = "2026-06-05" } },
      expect = { score = "5.00", lists = { "talk", "no-honour", "discipline" } } },
  },
}

case "one serious time is enough for all of it" {
  clause = "三5", category = "staff", events = { { "grave", from = "2026-03-02", to = "2026-03-20" } },
  expect = { score = "1.00", lists = { "talk", "no-honour", "discipline" } },
}

case "what is serious and what bars is set by whoever runs the scheme" {
  clause = "三5", set = { serious_from = 1, barred_from = 2 }, people = {
    { "a", category = "staff", events = { { "out-untold", from = "2026-03-02" } }, expect = { lists = { "talk" } } },
    { "b", category = "staff", events = { { "out-untold", from = "2026-03-02" }, { "out-untold", from = "2026-03-03" } },
      expect = { lists = { "talk", "no-honour", "discipline" } } },
  },
}
