-- 机关标准化督查考核: an unannounced check each week, summed each month, and the winners of the month.
-- A ballot is one check; its rater is the check's number or date. The period is a month: --period 2026-03.

scheme {
  id = "standard-office", format = 1, subjects = "units",
  title  = { zh = "机关标准化督查考核", en = "Checks of standard offices" },
  source = { zh = "《机关标准化建设方案》篇一", en = "Plan for standard offices, part 1" },
}

clause "(一)至(七)"   -- 七项内容;文件未规定分值,七项等分,各10分
items {
  { "civility",    zh = "文明办公", en = "Civility",               points = 10 },   -- (一)
  { "conduct",     zh = "行为规范", en = "Conduct",                points = 10 },   -- (二)
  { "order",       zh = "办公秩序", en = "Order of the office",    points = 10 },   -- (三)
  { "discipline",  zh = "作风纪律", en = "Style and discipline",   points = 10 },   -- (四)
  { "attendance",  zh = "考勤制度", en = "Attendance",             points = 10 },   -- (五)
  { "duty",        zh = "值班值勤", en = "Duty and guard",         points = 10 },   -- (六)
  { "environment", zh = "环境卫生", en = "Environment and hygiene", points = 10 },  -- (七)
  total = 70,
}

clause "(二)2"   -- 次月计划于当月23日前、当月总结于次月5日前报办公室
attributes {
  { "plan_received",    day = true, optional = true, zh = "次月计划报送日", en = "Plan received" },
  { "summary_received", day = true, optional = true, zh = "当月总结报送日", en = "Summary received" },
}
local edge = param { "deadline", choices = { { "included", zh = "含当日", en = "included" }, { "excluded", zh = "不含当日", en = "not included" } }, default = "included",
                     zh = "“23日前”“5日前”是否含当日（文件未明，取含）",
                     en = "whether “by the 23rd”, “by the 5th” include that day (the document leaves it open: included)" }
local plan_due    = step { choose(edge, { included = period_start():plus_days(22), excluded = period_start():plus_days(21) }),
                           zh = "次月计划期限", en = "Plan due" }
local summary_due = step { choose(edge, { included = period_end():plus_days(5),    excluded = period_end():plus_days(4) }),
                           zh = "当月总结期限", en = "Summary due" }
local function late(day, due) return any_of { unless(day:known()), day:after(due) } end
list { "plan",    late(attribute "plan_received", plan_due),       purpose = "follow_up", zh = "次月计划未按时报送", en = "plan not handed in in time" }
list { "summary", late(attribute "summary_received", summary_due), purpose = "follow_up", zh = "当月总结未按时报送", en = "summary not handed in in time" }

clause "(五)2"   -- 每月考勤结果报办公室
attributes { { "attendance_received", day = true, optional = true, zh = "考勤结果报送日", en = "Attendance received" } }
local told = attribute "attendance_received"
list { "attendance", any_of { unless(told:known()), told:before(period_start()) }, purpose = "follow_up",
       zh = "当月考勤结果未报", en = "attendance of the month not reported" }

clause "(三)强化督查"   -- 由办公室和督查处落实;每周不定期检查一次
roles { { "check", signed = true, zh = "督查", en = "Check" } }
local weeks  = param { "weeks", default = 4, min = 1, max = 5,
                       zh = "当月应检查次数（每周一次；文件未规定跨月的周如何计，取4次）",
                       en = "checks due in the month, one each week (weeks across two months are left open: 4)" }
local checks = step { ballots "check":total():count(), zh = "检查次数", en = "Checks" }
refuse { unless(months_between(period_start(), period_end()):exactly(1)),
         zh = "考评期应为一个月，如 --period 2026-03", en = "the period must be a month, such as --period 2026-03" }
exclude { checks:exactly(0), zh = "当月未检查", en = "not checked in the month" }
list { "uneven", unless(checks:exactly(weeks)), purpose = "decision", zh = "检查次数与应检查次数不同，合计不可比",
       en = "not checked as often as due, the sum is hard to compare" }

clause "(三)强化督查"   -- 每月汇总
local way = param { "summary", choices = { { "sum", zh = "合计", en = "sum" }, { "mean", zh = "平均", en = "mean" } }, default = "sum",
                    zh = "“每月汇总”取各次合计或平均（文件未明，取合计）",
                    en = "the month is the sum of its checks, or their mean (left open: the sum)" }
local function month(points) return choose(way, { sum = points:sum(), mean = points:mean() }) end
score { month(ballots "check":total()), round = half_up(2), zh = "当月得分", en = "Score of the month" }   -- 纳入绩效考核
rank { within = "batch", zh = "当月排名", en = "Rank of the month" }

clause "(三)强化督查"   -- 评比出卫生秩序优胜者,颁发优胜流动红旗
local number = param { "winners", default = 1, min = 1, max = 10,
                       zh = "优胜名额（文件未规定，取1名，并列者同获）", en = "how many win (the document is silent: one, and all who tie)" }
local tidy   = step { month(ballots "check":item "order") + month(ballots "check":item "environment"),
                      zh = "卫生秩序得分", en = "Points for order and hygiene" }
local winner = step { top { number, by = { tidy }, within = "batch", ties = "all_in" }, zh = "卫生秩序优胜", en = "Winner for order and hygiene" }
list { "banner", winner, purpose = "honour", zh = "优胜流动红旗", en = "red banner of the month" }
