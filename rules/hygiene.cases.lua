-- Worked cases of hygiene.lua. One row of 卫生问题 is one place (处).

local seen = { "inspection", from = "2026-03-11" }
local place = { "problem", from = "2026-03-11" }
local smoke = { "smoking", from = "2026-03-11" }

case "no problem is good, 1 and 2 are a pass, 3 and more are poor" {
  -- 1处以上 and 3处以上 overlap at 3: the worse grade
  clause = "三(五)3", period = "2026-03", units = {
    { "零处", events = { seen }, expect = { status = "assessed", score = "", grade = "good", reasons = "优胜流动红旗", lists = { "banner" } } },
    { "一处", events = { seen, place }, expect = { grade = "pass", reasons = "检出问题：1", lists = {} } },
    { "两处", events = { seen, place, place }, expect = { grade = "pass", lists = {} } },
    { "三处", events = { seen, place, place, place }, expect = { grade = "poor", lists = { "poor" } } },
    { "四处", events = { seen, place, place, place, place }, expect = { grade = "poor", reasons = "检出问题：4", lists = { "poor" } } },
  },
}

case "smoking in common rooms bars good and leaves a poor grade poor" {
  clause = "三(五)3", period = "2026-03", units = {
    { "净", events = { seen, smoke }, expect = { grade = "pass", reasons = "公共场所未推行禁烟", lists = {} } },
    { "脏", events = { seen, smoke, place, place, place }, expect = { grade = "poor" } },
  },
}

case "only the month counts, its first and last day included" {
  -- February's and April's problems are outside: 0; the 1st and the 31st are inside: 2
  clause = "三(五)3", period = "2026-03", units = {
    { "外", events = { seen, { "problem", from = "2026-02-28" }, { "problem", from = "2026-04-01" } }, expect = { grade = "good" } },
    { "内", events = { seen, { "problem", from = "2026-03-01" }, { "problem", from = "2026-03-31" } }, expect = { grade = "pass", figures = { ["检出问题"] = 2 } } },
  },
}

case "who was not inspected has no grade; a problem or smoking seen is an inspection" {
  clause = "三(五)3", period = "2026-03", units = {
    { "未查",   expect = { status = "excluded", grade = "", reasons = "本期未检查", lists = {} } },
    { "上月查", events = { { "inspection", from = "2026-02-10" } }, expect = { status = "excluded" } },
    { "有问题", events = { place }, expect = { status = "assessed", grade = "pass" } },
    { "有烟",   events = { smoke }, expect = { status = "assessed", grade = "pass" } },
  },
}

case "all units without a problem share the banner" {
  clause = "机关标准化(三)", period = "2026-03", units = {
    { "甲", events = { seen }, expect = { lists = { "banner" } } },
    { "乙", events = { seen }, expect = { lists = { "banner" } } },
    { "丙", events = { seen, place }, expect = { lists = {} } },
  },
}

case "when nobody is good there is no winner" {
  clause = "机关标准化(三)", period = "2026-03", units = {
    { "甲", events = { seen, place }, expect = { lists = {}, figures = { ["卫生优胜"] = false } } },
    { "乙", events = { seen, place, place }, expect = { lists = {} } },
  },
}

case "unless a pass is enough: the one with the fewest problems" {
  clause = "机关标准化(三)", period = "2026-03", set = { winner_from = "pass" }, units = {
    { "甲", events = { seen, place }, expect = { lists = { "banner" }, figures = { ["卫生优胜"] = true } } },
    { "乙", events = { seen, place, place }, expect = { lists = {} } },
    { "丙", events = { seen, place, place, place }, expect = { lists = { "poor" } } },
  },
}

case "two may win when the parameter says so, and who ties for the second place wins too" {
  clause = "机关标准化(三)", period = "2026-03", set = { winners = 2, winner_from = "pass" }, units = {
    { "甲", events = { seen }, expect = { lists = { "banner" } } },
    { "乙", events = { seen, place }, expect = { lists = { "banner" } } },
    { "丙", events = { seen, place }, expect = { lists = { "banner" } } },
    { "丁", events = { seen, place, place }, expect = { lists = {} } },
    { "未查", expect = { lists = {} } },
  },
}
