-- One scheme that reads every table and uses every part at once: what must hold for all of them together is tried on it
-- (every allocation made to fail, fuzzing). whole.cases.lua is its worked case.

scheme {
  id = "whole", format = 1, subjects = "people", units = "单位", effective = "2020-01-01",
  title  = { zh = "全部要素示例", en = "Everything at once" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items {
  { "work", zh = "实绩", en = "Work", points = 100 },
  { "opinion", zh = "总体评价", en = "Opinion", invalid = "counted_apart", options = {
      { "A", zh = "优秀", en = "Excellent", points = 100 }, { "B", zh = "称职", en = "Competent", points = 80 } } },
}
roles { "peer", { "leader", signed = true } }
kinds { { "fault", zh = "过错", en = "Fault" } }
attributes {
  { "rank", words = { "处级", "科级" }, zh = "职级", en = "Rank" },
  { "age", number = true, min = 16, max = 80, optional = true, zh = "年龄", en = "Age" },
  { "due", day = true, optional = true, zh = "期限", en = "Due" },
}
measures { { "speed", optional = true, zh = "当日办结率", en = "Done the same day" } }
sheets { "peer", per = "rater", complete = true, not_all_same = true, zh = "全部同分的作废", en = "not all alike" }
local lenient = param { "lenient", choices = { "yes", "no" }, default = "no", zh = "从宽", en = "lenient" }

clause "2"
of "units"
score { measure "speed":value(), round = half_up(1), zh = "单位得分", en = "Score of the unit" }
grades { { "good", zh = "好", en = "Good", from = 90 }, { "fair", zh = "一般", en = "Fair", from = 0 } }

clause "3"
of "people"
local all    = ballots { "peer", "leader" }
local peer   = step { ballots "peer":item "work":trimmed { { from = 3, drop = 1 } }:mean(), zh = "群众测评", en = "Colleagues" }
local leader = step { ballots "leader":item "work":mean():or_else(0), zh = "领导评价", en = "Leader" }
local liked  = step { all:item "opinion":share { "A" }:or_else(0), zh = "优秀率", en = "Share excellent" }
local rank_of = attribute "rank"
local blend  = step { weighted {
  { peer,   by(rank_of, { ["处级"] = 0.4, ["科级"] = 0.5 }) },
  { leader, by(rank_of, { ["处级"] = 0.6, ["科级"] = 0.5 }) },
}, zh = "加权", en = "Weighted" }
local table_ = step { steps(attribute "age":or_else(20), { { from = 50, gives = 2 }, { above = 30, gives = 1 }, { otherwise = 0 } }),
                      zh = "年龄加分", en = "Points for age" }
local late   = step { attribute "due":after(period_start():plus_working_days(3)), zh = "逾期", en = "Late" }
local speed  = step { clamp(measure "speed":way() * 10, 0, 10):or_else(0), zh = "办结加分", en = "Points for speed" }

clause "4"
local fine   = step { events "fault":in_last { months = 6 }:points():sum(), zh = "扣分", en = "Points taken", remark = true }
local before = step { past { year = -1 }:score():or_else(0), zh = "上年得分", en = "Score last year" }
local often  = step { past_years { 3 }:count { "excellent" }, zh = "三年内优秀次数", en = "Times excellent" }
local office = step { of_unit(measure "speed":value()):or_else(0), zh = "单位办结率", en = "Speed of the unit" }
local ratio  = step { peer / across { peer, within = "unit" }:highest(), zh = "与本单位最高分之比", en = "Relative to the best" }
local odd    = step { each(function(s) if s.a > 90 then return s.a / s.b end return 0 end, { a = peer, b = often + 1 }),
                      zh = "特别加分", en = "Special points" }

clause "5"
exclude { attribute "age":more_than(70), unknown = "keep", zh = "超龄", en = "over age" }
refuse { fine:more_than(99), zh = "扣分异常", en = "an impossible fine" }
local score_ = score { blend + table_ + speed + liked + often + ratio + odd / 100 + (before + office) / 100 - fine, not_below = 0,
                       round = choose(lenient, { yes = round_up(1), no = half_up(2) }), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 80 },
  { "competent", zh = "合格", en = "Competent", from = 60 },
  { "failed",    zh = "不合格", en = "Failed",  from = 0 },
}
ceiling { all_of { late, rank_of:is "处级" }, at_most = "competent", zh = "处级逾期", en = "late, of that rank" }
veto { fine:at_least(5), bars = "excellent", zh = "扣分较多", en = "many points taken" }

clause "6"
quota { "excellent", rate = 0.5, within = "unit", round = round_down(0), minimum_base = 2, pool = "batch", order = { score_, leader },
        tie = "list", over = "next_grade", zh = "优秀不超过一半", en = "at most half excellent" }
rank { within = "unit", by = { score_, leader }, zh = "本单位排名", en = "Rank in the unit" }
list { "rectify", fine:at_least(3), purpose = "follow_up", zh = "限期整改", en = "to mend their ways" }
