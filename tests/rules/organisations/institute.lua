-- 某研究院科研人员评价办法（虚构）。 A research institute; an invented regulation.

scheme {
  id = "institute", format = 1, subjects = "people", effective = "2023-01-01",
  title  = { zh = "研究院科研人员评价办法", en = "Appraisal of a research institute's staff" },
  source = { zh = "示例办法（2023年制定，2025年7月1日修订）", en = "An invented regulation (2023, amended on 2025-07-01)" },
}

clause "1"
attributes {
  { "track", words = { "basic", "applied" }, needed = true, zh = "序列", en = "Track" },
  { "level", words = { "senior", "middle", "junior" }, needed = true, zh = "职级", en = "Level" },
  { "born", day = true, needed = true, zh = "出生日期", en = "Born" },
  { "promoted", day = true, optional = true, zh = "任现职日期", en = "Promoted" },
}
kinds {
  { "paper", zh = "论文", en = "Paper" }, { "patent", zh = "专利", en = "Patent" }, { "fund", zh = "到账经费", en = "Funds" },
  { "talk", zh = "科普", en = "Public talk" }, { "award", zh = "科技奖", en = "Award" },
  { "misconduct", zh = "学术不端", en = "Misconduct" }, { "warning", zh = "警示", en = "Warning" },
}
items { { "letter", zh = "同行评议", en = "Peer review", options = {
  { "A+", zh = "A+", en = "A+", points = 100 }, { "A", zh = "A", en = "A", points = 92 }, { "B", zh = "B", en = "B", points = 80 }, { "C", zh = "C", en = "C", points = 60 },
  { "N", zh = "回避", en = "Conflict of interest", counted = false } } } }
roles { { "expert", zh = "专家", en = "Experts" }, "leader" }

clause "2"  -- 论文按影响因子记分，与同序列最高者之比折为百分
local papers = step { events "paper":points():sum(), zh = "论文分", en = "Points for papers" }
local best = step { across { papers, within = "track" }:highest(), zh = "本序列最高论文分", en = "Best of the track" }
local output = step { when(best:more_than(0), papers / best * 100, 0), zh = "论文相对分", en = "Papers relative to the best" }

clause "3"  -- 经费：500万以上100分，200万以上80分，50万以上60分，其间按线性插值，50万以下按比例
local funds = events "fund":amount():sum()
local money = step { when(funds:at_least(500), 100, when(funds:at_least(200), 80 + (funds - 200) / 15, when(funds:at_least(50), 60 + (funds - 50) * 2 / 15, funds * 1.2))),
                     zh = "经费分", en = "Points for funds" }

clause "4"  -- 专家评议5票以上去掉一高一低；不足3票无效
local expert = step { ballots "expert":item "letter":trimmed { { from = 5, drop = 1 } }:mean { least = 3 }, zh = "专家评议", en = "Experts" }
local boss = step { ballots "leader":item "letter":mean(), zh = "所领导评价", en = "Leaders" }

clause "5"  -- 权重：2025年7月1日前论文0.4经费0.2评议0.4；此后按序列、职级
local level = attribute "level"
local weights = dated {
  ["2023-01-01"] = { papers = 0.4, money = 0.2, expert = 0.4 },
  ["2025-07-01"] = {
    papers = by(attribute "track", { basic = by(level, { senior = 0.425, middle = 0.4, junior = 0.375 }), applied = 0.2 }),
    money  = by(attribute "track", { basic = by(level, { senior = 0.125, middle = 0.1, junior = 0 }), applied = 0.4 }),
    expert = by(attribute "track", { basic = by(level, { senior = 0.45, middle = 0.5, junior = 0.625 }), applied = 0.4 }),
  },
}
local blend = step { weighted { { output, weights.papers }, { money, weights.money }, { expert, weights.expert } }, zh = "综合分", en = "Weighted" }

clause "6"  -- 加分：专利最多5分，科普最多2分，奖励最多3分，三项合计最多6分；警示自作出起12个月内每次减3分
local parts = {}
for i, cap in ipairs { { "patent", 5 }, { "talk", 2 }, { "award", 3 } } do parts[i] = events(cap[1]):points():sum():not_above(cap[2]) end
local bonus = step { sum(parts):not_above(6), zh = "加分", en = "Bonus", remark = true }
local warned = events "warning":in_last { months = 12 }:count()
local score_ = score { blend + bonus - warned * 3, round = half_up(1), zh = "得分", en = "Score" }

clause "7"  -- 前20%为优秀（不超过），后5%列入约谈名单，学术不端一票否决
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 85 }, { "good", zh = "合格", en = "Good", from = 60 }, { "poor", zh = "不合格", en = "Poor", from = 0 },
}
force { events "misconduct":any(), is = "poor", zh = "学术不端", en = "misconduct" }
quota { "excellent", rate = 0.2, within = "track", round = round_down(0), order = { score_, expert, { attribute "promoted", low_first = true }, { attribute "born", low_first = true } },
        tie = "all_in", over = "next_grade", zh = "优秀不超过20%", en = "at most 20 % excellent" }
list { "talk", across { score_, within = "batch" }:last_share():at_most(0.05), purpose = "follow_up", zh = "后5%约谈", en = "the last 5 %: an interview" }
list { "star", all_of { grade():is "excellent", past_years():in_a_row { "excellent" }:at_least(2) }, purpose = "honour", zh = "连续三年优秀", en = "excellent three years in a row" }

clause "8"  -- 距退休不足6个月的（60周岁）不参加评价
exclude { months_between(period_end(), attribute "born":plus_months(720)):less_than(6), zh = "临近退休", en = "about to retire" }
