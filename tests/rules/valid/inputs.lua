-- Everything a scheme may read beside ballots: columns of people, measures, earlier results, events in a window, the unit's result.

scheme {
  id = "inputs", format = 1, subjects = "people", units = "单位",
  called = { units = { "unit", zh = "科室", en = "offices" } },
  title  = { zh = "各类依据示例", en = "What a scheme may read, by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
attributes {
  { "rank", zh = "职级", en = "Rank", needed = true,
    words = { "处级", { "科级", zh = "科级", en = "Section level" }, "其他" } },
  { "age",      zh = "年龄",     en = "Age",          number = true, min = 16, max = 70, optional = true },
  { "received", zh = "收到日期", en = "Received",     day = true, optional = true },
  { "due",      zh = "应办结日", en = "Due",          day = true, optional = true },
  { "happened", zh = "发生时间", en = "Happened at",  time = true, optional = true },
  { "reported", zh = "报告时间", en = "Reported at",  time = true, optional = true },
  { "class",    zh = "类别号",   en = "Class",        text = true, optional = true },
}
measures {
  { "same-day", zh = "当日办结率",   en = "Same-day share", optional = true, target = 35, baseline = 19 },
  { "days",     zh = "平均办结天数", en = "Average days",   lower_is_better = true },
}
kinds {
  { "fault", zh = "过错", en = "Fault" },
  { "leave", zh = "请假", en = "Leave" },
  { "award", zh = "表彰", en = "Award" },
}

clause "2"
of "units"
local quick = measure "days"
step { quick:way(),                 zh = "完成目标的比例", en = "Share of the way" }
step { quick:value() - quick:baseline() + quick:target(), zh = "核对数", en = "Check figure" }
score { when(quick:met(), 100, 80), round = half_up(0), zh = "单位得分", en = "Score of the unit" }
grades {
  { "good", zh = "好", en = "Good", from = 90 },
  { "fair", zh = "一般", en = "Fair" , from = 0 },
}

clause "3"
of "people"
local unit_last = past { year = -1 }:score()
local of_office = step { of_unit(unit_last):or_else(0), zh = "单位上年得分", en = "The unit's score last year" }
local chief     = attribute "rank":is("处级")
local senior    = any_of { attribute "rank":is_one_of { "处级", "科级" }, attribute "age":at_least(55) }
local in_time   = attribute "received":at_most(attribute "due")
local told      = attribute "reported":more_than(attribute "happened")
local first     = attribute "class":is("一类")
local share     = step { measure "same-day":value():or_else(0), zh = "当日办结率", en = "Same-day share" }

clause "4"
local last    = past { year = -1 }:grade()
local spring  = step { past "Q1":score():or_else(0), zh = "一季度得分", en = "Score of the first quarter" }
local autumn  = step { past { year = -1, part = "H2" }:score():or_else(0), zh = "上年下半年得分", en = "Second half of last year" }
local good    = step { past_years { 3 }:count { "excellent" }, zh = "三年内优秀次数", en = "Times excellent in three years" }
local row     = step { past_years():in_a_row { "excellent", "competent" }, zh = "连续称职以上年数", en = "Years in a row" }

clause "5"
local faults  = step { events "fault":in_period():count(), zh = "过错", en = "Faults" }
local grave   = step { events "fault":in_last { years = 2 }:only { points = { at_least = 3 } }:count(), zh = "两年内重大过错", en = "Grave faults in two years" }
local worst   = step { events "fault":as_either():points():highest():or_else(0), zh = "最重过错", en = "The gravest fault" }
local mildest = step { events "fault":points():lowest():or_else(0), zh = "最轻过错", en = "The mildest fault" }
local usual   = step { events "fault":points():mean():or_else(0), zh = "平均扣分", en = "Mean of the points" }
local away    = step { events "leave":between("2026-01-01", "2026-06-30"):days(), zh = "上半年请假天数", en = "Days of leave in the first half" }
local longest = step { events "leave":span_days():highest():or_else(0), zh = "最长一次请假", en = "The longest leave" }
local worked  = step { events "leave":span_working_days():sum(), zh = "请假工作日数", en = "Working days of leave" }
local awards  = step { events "award":in_last { months = 6 }:count(), zh = "近半年表彰", en = "Awards of half a year" }

clause "6"
local colleagues = step { across { faults, within = "unit", of = "people" }:mean():or_else(0), zh = "本单位人均过错", en = "Mean of the unit" }
exclude { last:at_most "basic", unknown = "keep", zh = "上年基本称职以下", en = "basic or worse last year" }
score { 60 + when(chief, 5, 0) + when(senior, 5, 0) + when(any_of { in_time, told, first }, 5, 0) + share + spring + autumn + good + row
        + awards - faults - grave - worst - mildest - usual - away - longest - colleagues + of_office / 10,
        not_below = 0, not_above = 100, round = half_up(1), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀",     en = "Excellent", from = 90 },
  { "competent", zh = "称职",     en = "Competent", from = 60 },
  { "basic",     zh = "基本称职", en = "Basic",     from = 0 },
}
veto { last:is("basic"), bars = "excellent", zh = "上年基本称职", en = "basic last year" }
veto { unless(last:at_least "competent"), bars = "excellent", zh = "上年未达称职", en = "not competent last year" }
rank { within = "unit", zh = "本单位排名", en = "Rank in the unit" }
