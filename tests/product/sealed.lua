-- A scheme for seal_test.py: everything that a run may read or decide and a sealed file has to give again.

scheme {
  id = "sealed", format = 1, subjects = "people", units = "单位",
  title  = { zh = "封存示例", en = "What is sealed" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items {
  { "work", zh = "实绩", en = "Work", points = 100, invalid = "counted_apart" },
  { "conduct", zh = "作风", en = "Conduct", points = 50, invalid = "counted_apart" },
  { "opinion", zh = "总体评价", en = "Opinion", invalid = "counted_apart", options = {
      { "A", zh = "优秀", en = "Excellent", points = 100 },
      { "B", zh = "称职", en = "Competent", points = 80 },
      { "D", zh = "不了解", en = "Unknown", counted = false } } },
}
roles { "peer", "leader", "public" }
kinds { { "fault", zh = "过错", en = "Fault" }, { "leave", zh = "请假", en = "Leave" } }
attributes {
  { "rank", words = { "处级", "科级" }, zh = "职级", en = "Rank" },
  { "age", number = true, min = 16, max = 80, zh = "年龄", en = "Age" },
  { "received", day = true, zh = "报送日期", en = "Received" },
}
measures { { "days", zh = "平均办结天数", en = "Average days", lower_is_better = true, optional = true } }

clause "2"
sheets { "peer", per = "rater", not_all_same = true, complete = true, zh = "漏填或全部同分的作废", en = "blank or all alike" }
sheets { "leader", per = "rater", top = { from = 90, item = "work", share = 0.4 }, zh = "高分超过四成", en = "too many at the top" }
sheets { "peer", "public", per = "ballot", complete = true, zh = "漏填的票", en = "blank ballots" }
sheets { "public", per = "rater", top = { option = "A", item = "opinion", count = 2 }, zh = "优秀超过两票", en = "too many excellent" }
local all     = ballots { "peer", "leader", "public" }
local chiefs  = all:of_raters { "rank", "处级" }
local seniors = ballots "peer":of_raters { "rank", "处级", "科级" }

clause "3"
of "units"
local quick = measure "days"
score { when(quick:met(), 100, 80):or_else(60), round = half_up(0), zh = "单位得分", en = "Score of the unit" }
grades { { "good", zh = "好", en = "Good", from = 90 }, { "fair", zh = "一般", en = "Fair", from = 0 } }

clause "4"
of "people"
local work    = step { all:item "work":mean():or_else(0), zh = "实绩", en = "Work" }
local middle  = step { seniors:item "work":median():or_else(0), zh = "实绩中位数", en = "Typical work" }
local chief   = step { chiefs:item "conduct":mean():or_else(0), zh = "处级评作风", en = "Conduct by chiefs" }
local good    = step { chiefs:item "opinion":share { "A" }:or_else(0), zh = "处级评优秀率", en = "Share of A by chiefs" }
local bad     = step { all:item "work":invalid(), zh = "无效票", en = "Invalid ballots", remark = true }
local faults  = step { events "fault":points():sum(), zh = "扣分", en = "Points taken", remark = true }
local away    = step { events "leave":days(), zh = "请假天数", en = "Days of leave" }
local spring  = step { past "Q1":score():or_else(0), zh = "一季度得分", en = "First quarter" }
local late    = step { attribute "received":after(day "2026-03-01"), zh = "逾期报送", en = "Handed in late" }
local of_unit_ = step { of_unit(quick:value()):or_else(0), zh = "单位办结天数", en = "Days of the unit" }
exclude { away:more_than(200), zh = "长期请假", en = "long away" }
local points = score { (work + middle + chief + good * 10 + spring) / 3 - faults - bad / 10 - of_unit_ / 100
                       + when(attribute "age":at_least(55), 1, 0):or_else(0),
                       not_below = 0, not_above = 100, round = half_up(2), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 50 },
  { "competent", zh = "称职", en = "Competent", from = 20 },
  { "basic", zh = "基本称职", en = "Basic", from = 0 },
}
veto { past { year = -1 }:grade():is("basic"), bars = "excellent", zh = "上年基本称职", en = "basic last year" }
quota { "excellent", rate = 0.5, within = "unit", round = round_down(0), order = { points, work }, tie = "list",
        over = "next_grade", zh = "优秀不超过半数", en = "at most half" }
list { "rectify", faults:at_least(3), purpose = "follow_up", zh = "限期整改", en = "to mend their ways" }
list { "praise", grade():is("excellent"), purpose = "honour", zh = "表扬", en = "praised" }
rank { within = "unit", by = { points, work }, zh = "本单位排名", en = "Rank in the unit" }
