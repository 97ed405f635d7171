-- Worked cases of standard-office.lua. A check is { 文明办公, 行为规范, 办公秩序, 作风纪律, 考勤制度, 值班值勤, 环境卫生 }, 10 points each.
-- `handed` is a unit that hands in everything in time.

local function handed(about)
  about.plan_received, about.summary_received, about.attendance_received = "2026-03-20", "2026-04-02", "2026-04-01"
  return about
end
local full, nine = { 10, 10, 10, 10, 10, 10, 10 }, { 9, 9, 9, 9, 9, 9, 9 }

case "the month is the sum of its checks" (handed {
  -- 70 + 63 + 63 + 64.5 = 260.5; order and hygiene 20 + 18 + 18 + (9 + 8.5) = 73.5
  clause = "(三)强化督查", period = "2026-03", check = { full, nine, nine, { 9, 10, 9, 9.5, 9.5, 9, 8.5 } },
  expect = { status = "assessed", score = "260.50", rank = 1, flags = "", lists = { "banner" },
             figures = { ["检查次数"] = 4, ["卫生秩序得分"] = 73.5 } },
})

case "or their mean, when the parameter says so" (handed {
  -- 260.5 / 4 = 65.125 → 65.13; 73.5 / 4 = 18.375
  clause = "(三)强化督查", period = "2026-03", set = { summary = "mean" }, check = { full, nine, nine, { 9, 10, 9, 9.5, 9.5, 9, 8.5 } },
  expect = { score = "65.13", figures = { ["卫生秩序得分"] = 18.375 } },
})

case "the winner is the best in order and hygiene, not in everything" {
  -- 甲 4 × 63 = 252, tidy 4 × 18 = 72; 乙 4 × 62 = 248, tidy 4 × 20 = 80
  clause = "(三)强化督查", period = "2026-03", units = {
    handed { "甲", check = { nine, nine, nine, nine }, expect = { score = "252.00", rank = 1, lists = {} } },
    handed { "乙", check = { { 9, 8, 10, 8, 8, 9, 10 }, { 9, 8, 10, 8, 8, 9, 10 }, { 9, 8, 10, 8, 8, 9, 10 }, { 9, 8, 10, 8, 8, 9, 10 } },
             expect = { score = "248.00", rank = 2, lists = { "banner" } } },
  },
}

case "who ties for the first place shares the banner, half a point less does not" {
  -- tidy 72, 72, 71.5; scores 252, 253, 251.5
  clause = "(三)强化督查", period = "2026-03", units = {
    handed { "甲", check = { nine, nine, nine, nine }, expect = { score = "252.00", rank = 2, lists = { "banner" } } },
    handed { "乙", check = { nine, nine, nine, { 10, 9, 9, 9, 9, 9, 9 } }, expect = { score = "253.00", rank = 1, lists = { "banner" } } },
    handed { "丙", check = { nine, nine, nine, { 9, 9, 8.5, 9, 9, 9, 9 } }, expect = { score = "251.50", rank = 3, lists = {} } },
  },
}

case "two winners, when the parameter says so" {
  clause = "(三)强化督查", period = "2026-03", set = { winners = 2, weeks = 1 }, units = {
    handed { "甲", check = { full }, expect = { lists = { "banner" } } },
    handed { "乙", check = { nine }, expect = { lists = { "banner" } } },
    handed { "丙", check = { { 9, 9, 8, 9, 9, 9, 9 } }, expect = { lists = {} } },
  },
}

case "checks that are not as many as due are for people to decide on" {
  -- 4 × 70 = 280, 3 × 70 = 210, 5 × 63 = 315; tidy 80, 60, 5 × 18 = 90
  clause = "(三)强化督查", period = "2026-03", units = {
    handed { "甲", check = { full, full, full, full }, expect = { score = "280.00", rank = 2, lists = {} } },
    handed { "乙", check = { full, full, full }, expect = { score = "210.00", rank = 3, lists = { "uneven" }, reasons = "检查次数与应检查次数不同" } },
    handed { "丙", check = { nine, nine, nine, nine, nine }, expect = { score = "315.00", rank = 1, lists = { "banner", "uneven" } } },
  },
}

case "in a month of five weeks five checks are due" {
  clause = "(三)强化督查", period = "2026-07", set = { weeks = 5 }, units = {
    { "甲", check = { nine, nine, nine, nine, nine }, plan_received = "2026-07-20", summary_received = "2026-08-01", attendance_received = "2026-08-01",
      expect = { score = "315.00", lists = { "banner" } } },
  },
}

case "who was not checked is not assessed" (handed {
  clause = "(三)强化督查", period = "2026-03", expect = { status = "excluded", score = "", reasons = "当月未检查" },
})

case "by the 23rd and by the 5th include that day" {
  clause = "(二)2", period = "2026-03", set = { weeks = 1 }, units = {
    { "甲", check = { nine }, plan_received = "2026-03-23", summary_received = "2026-04-05", attendance_received = "2026-04-01", expect = { lists = { "banner" } } },
    { "乙", check = { nine }, plan_received = "2026-03-24", summary_received = "2026-04-05", attendance_received = "2026-04-01",
      expect = { lists = { "banner", "plan" }, reasons = "次月计划未按时报送" } },
    { "丙", check = { nine }, plan_received = "2026-03-22", summary_received = "2026-04-06", attendance_received = "2026-04-01",
      expect = { lists = { "banner", "summary" }, reasons = "当月总结未按时报送" } },
  },
}

case "or exclude it, when the parameter says so" {
  clause = "(二)2", period = "2026-02", set = { weeks = 1, deadline = "excluded" }, units = {
    { "甲", check = { nine }, plan_received = "2026-02-22", summary_received = "2026-03-04", attendance_received = "2026-03-02", expect = { lists = { "banner" } } },
    { "乙", check = { nine }, plan_received = "2026-02-23", summary_received = "2026-03-04", attendance_received = "2026-03-02", expect = { lists = { "banner", "plan" } } },
    { "丙", check = { nine }, plan_received = "2026-02-22", summary_received = "2026-03-05", attendance_received = "2026-03-02", expect = { lists = { "banner", "summary" } } },
  },
}

case "what was never handed in is not in time" {
  clause = "(五)2", period = "2026-03", set = { weeks = 1 }, units = {
    { "甲", check = { nine }, plan_received = "2026-03-23", summary_received = "2026-04-05",
      expect = { lists = { "banner", "attendance" }, reasons = "当月考勤结果未报" } },
    { "乙", check = { nine }, attendance_received = "2026-04-10",
      expect = { lists = { "banner", "plan", "summary" }, figures = { ["次月计划期限"] = "2026-03-23", ["当月总结期限"] = "2026-04-05" } } },
    { "丙", check = { nine }, plan_received = "2026-03-23", summary_received = "2026-04-05", attendance_received = "2026-02-28",
      expect = { lists = { "banner", "attendance" } } },
    { "丁", check = { nine }, plan_received = "2026-03-23", summary_received = "2026-04-05", attendance_received = "2026-03-01",
      expect = { lists = { "banner" } } },
  },
}

case "a quarter is no month" (handed {
  clause = "(三)强化督查", period = "2026Q1", check = { full }, expect = { status = "refused" },
})
