-- A scheme for cases.cases.lua, which uses everything that a case may say; rules/README.md takes examples from there.

scheme {
  id = "cases", format = 1, subjects = "people", units = "单位", effective = "2020-01-01",
  title  = { zh = "算例示例", en = "Cases by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items { { "work", zh = "工作", en = "Work", points = 100 } }
roles { "peer", { "leader", signed = true } }
kinds { { "fault", zh = "过错", en = "Fault" } }
attributes {
  { "rank", words = { "处级", "科级" }, zh = "职级", en = "Rank" },
  { "age", number = true, min = 16, max = 80, zh = "年龄", en = "Age" },
  { "received", day = true, zh = "报送日期", en = "Received" },
}
measures { { "same-day", optional = true, zh = "当日办结率", en = "Done the same day" } }

clause "2"
sheets { "peer", per = "rater", not_all_same = true, zh = "全部同分的作废", en = "not all alike" }
local peer   = step { ballots "peer":total():mean(), zh = "群众测评", en = "Colleagues" }
local leader = step { ballots "leader":total():mean(), zh = "领导评价", en = "Leader" }

clause "3"
local work = step { clamp(measure "same-day":way() * 10, 0, 10):or_else(0), zh = "办结加分", en = "Points for speed" }
local fine = step { events "fault":points():sum(), zh = "扣分", en = "Points taken", remark = true }
local late = step { attribute "received":after(day "2026-03-01"), zh = "逾期报送", en = "Handed in late" }

clause "4"
score { weighted { { peer, 0.4 }, { leader, 0.6 } } + work - fine, not_below = 0, round = half_up(2), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 },
  { "competent", zh = "合格", en = "Competent", from = 60 },
  { "failed",    zh = "不合格", en = "Failed",  from = 0 },
}
ceiling { all_of { late, attribute "rank":is "处级" }, at_most = "competent", zh = "处级逾期报送", en = "late, of that rank" }

clause "5"
exclude { attribute "age":more_than(60), unknown = "keep", zh = "超龄", en = "over age" }
list { "rectify", fine:at_least(5), purpose = "follow_up", zh = "限期整改", en = "to mend their ways" }
list { "again", past_years { 2 }:count { "failed" }:at_least(1), purpose = "follow_up", zh = "近两年曾不合格", en = "failed within two years" }

clause "6"
of "units"
score { measure "same-day":value(), round = half_up(1), zh = "单位得分", en = "Score of the unit" }
