-- 学习制度: study sessions, penalties and required writing. Run it by the month, the half-year or the year: what is required grows with
-- the whole months of the period. A row of the category 单位 is the office that holds the sessions.

scheme {
  id = "study", format = 1, subjects = "people", units = "单位",
  title  = { zh = "学习制度", en = "Study of the staff" },
  source = { zh = "《机关效能建设二十项规章制度》一、学习制度", en = "Twenty rules for an efficient office, 1: study" },
}

clause "一3"   -- 不得缺席(除因公外出、会议、生病住院外)、迟到、早退,违者每次给予必要的经济处罚,无故缺席者,加倍处罚
kinds {
  { "away",       zh = "因公外出、会议、住院缺席", en = "Absent on a trip, at a meeting or in hospital" },
  { "absent",     zh = "缺席",     en = "Absent" },
  { "no-cause",   zh = "无故缺席", en = "Absent without cause" },
  { "late",       zh = "学习迟到", en = "Late for study" },
  { "left-early", zh = "学习早退", en = "Left study early" },
}
local fine = param { "fine", default = 50, min = 0, max = 1000, zh = "文件未规定“必要的经济处罚”的数额：每次（元）",
                     en = "the document does not say how much the penalty is: yuan each time" }
step { events "away":in_period():count(), zh = "因公外出、会议、住院缺席次数（不处罚）", en = "Times absent on a trip, at a meeting or in hospital (no penalty)" }
local plain   = step { events { "absent", "late", "left-early" }:in_period():count(), remark = true, zh = "缺席、迟到、早退次数", en = "Times absent, late or left early" }
local doubled = step { events "no-cause":in_period():count(), remark = true, zh = "无故缺席次数（加倍处罚）", en = "Times absent without cause (doubled)" }
score { plain * fine + doubled * fine * 2, round = half_up(2), zh = "经济处罚（元）", en = "Penalty (yuan)" }
list { "penalty", any_of { plain:more_than(0), doubled:more_than(0) }, purpose = "decision", zh = "给予经济处罚", en = "to pay a penalty" }

clause "一4"   -- 每个工作人员每半年至少有一篇高质量的学习体会文章
kinds {
  { "essay",   zh = "学习体会文章", en = "Essay on what was learned" },
  { "article", zh = "调研文章",     en = "Research article" },
}
local months = step { months_between(period_start(), period_end()), zh = "考评期整月数", en = "Whole months of the period" }
local recent = step { events "essay":in_last { months = 6 }:count(), zh = "最近半年的学习体会文章", en = "Essays of the last half-year" }
local before = step { events "essay":in_last { months = 12 }:count() - recent, zh = "前一个半年的学习体会文章", en = "Essays of the half-year before" }
local essays = step { when(all_of { months:at_least(6), recent:exactly(0) }, 1, 0) + when(all_of { months:at_least(12), before:exactly(0) }, 1, 0),
                      remark = true, zh = "缺学习体会文章的半年数", en = "Half-years without an essay" }

clause "一4"   -- 领导干部每年至少有一篇调研文章
attributes { { "leading", optional = true, zh = "领导干部", en = "Leader", words = { { "yes", zh = "是", en = "Yes" }, { "no", zh = "否", en = "No" } } } }
local leads    = all_of { attribute "leading":known(), attribute "leading":is "yes" }
local articles = step { when(all_of { leads, months:at_least(12), unless(events "article":in_last { months = 12 }:any()) }, 1, 0),
                        remark = true, zh = "缺年度调研文章", en = "Without the year's research article" }
list { "writing", any_of { essays:more_than(0), articles:more_than(0) }, purpose = "follow_up", zh = "未完成学习体会文章、调研文章", en = "essay or article missing" }

clause "一5"   -- 抽查笔记的质量,通报情况,表扬先进、鞭策后进
kinds {
  { "praised",    zh = "笔记表扬",   en = "Notes praised" },
  { "poor-notes", zh = "笔记不合格", en = "Poor notes" },
}
local poor = step { events "poor-notes":in_period():count(), remark = true, zh = "笔记不合格次数", en = "Times the notes were poor" }
list { "praised", events "praised":in_period():any(), purpose = "honour", zh = "笔记通报表扬", en = "praised for the notes" }
list { "spurred", poor:more_than(0), purpose = "follow_up", zh = "笔记通报鞭策", en = "spurred on for the notes" }

clause "一"   -- 是否遵守各条
grades {
  { "kept",   zh = "遵守学习制度",   en = "Kept" },
  { "broken", zh = "未遵守学习制度", en = "Not kept" },
}
grade_by { when(any_of { plain:more_than(0), doubled:more_than(0), essays:more_than(0), articles:more_than(0), poor:more_than(0) },
                grade "broken", grade "kept"), zh = "学习制度遵守情况", en = "Whether the rules were kept" }

clause "一1"   -- 每月不少于二次的周二、周五集中学习
of "units"
kinds { { "session", zh = "集中学习", en = "Study session" } }
local held    = step { events "session":in_period():count(), zh = "集中学习次数", en = "Study sessions held" }
local span    = step { months_between(period_start(), period_end()), zh = "考评期整月数", en = "Whole months of the period" }
local short   = 0
local earlier = 0
for _, k in ipairs { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } do   -- the k-th month from the end of the period
  local so_far = events "session":in_last { months = k }:count()
  local few    = step { all_of { span:at_least(k), (so_far - earlier):less_than(2) }, zh = "倒数第 " .. k .. " 个月不足二次",
                        en = "Month " .. k .. " from the end: fewer than two" }
  short, earlier = short + when(few, 1, 0), so_far
end
local few  = step { short, remark = true, zh = "集中学习不足二次的月数", en = "Months with fewer than two sessions" }
score { held, round = half_up(0), zh = "集中学习次数", en = "Study sessions held" }
grades {
  { "kept",   zh = "每月不少于二次", en = "At least two a month" },
  { "broken", zh = "有的月份不足二次", en = "A month with fewer than two" },
}
grade_by { when(few:more_than(0), grade "broken", grade "kept"), zh = "集中学习情况", en = "Whether the sessions were held" }
