-- 工作任务精细化管理考核: which of the tasks set by the standing committee each month were done, by person and by section.
-- One row of events is one task of one month, about the person responsible or, where nobody is named, about the section; its date
-- lies in that month. The period is a month, a half-year or the year: --period 2026-03, 2026H1, 2026.

scheme {
  id = "task-completion", format = 1, subjects = "people", units = "室",
  title  = { zh = "工作任务精细化管理考核", en = "Completion of tasks" },
  source = { zh = "《机关标准化建设方案》篇二(三)2 工作任务精细化管理考核办法", en = "Plan for standard offices, part 2, (3)2: assessment of the tasks" },
}

clause "(三)1(2)(3)"   -- 工作任务分解到各室,各室将任务分解到各责任人
kinds {
  { "done",               zh = "完成",               en = "Done" },       -- 表中注明:措施、效果
  { "undone",             zh = "未完成",             en = "Not done" },   -- 不完成原因、今后打算
  { "undone-unexplained", zh = "未完成（未注明原因）", en = "Not done (no reason)" },
}

clause "(三)2(1)"   -- 每月各室填写每月完成工作任务考核表:完成情况,措施、效果,不完成原因,今后打算
local done    = step { events "done":in_period():count(), zh = "完成任务", en = "Tasks done" }
local undone  = step { events { "undone", "undone-unexplained" }:in_period():count(), zh = "未完成任务", en = "Tasks not done", remark = true }
local silent  = step { events "undone-unexplained":in_period():count(), zh = "未注明原因", en = "Without a reason" }
local all     = step { done + undone, zh = "全部任务", en = "All tasks" }
exclude { all:exactly(0), zh = "本期没有任务", en = "no task in the period" }
local rounding = param { "rounding", choices = { { "hundredths", zh = "百分位", en = "hundredths" }, { "whole", zh = "整数", en = "whole points" } }, default = "hundredths",
                         zh = "完成率修约到百分位或整数（文件未规定）", en = "the rate is rounded to hundredths or to whole per cent (the document is silent)" }
local rounded_so = choose(rounding, { hundredths = half_up(2), whole = half_up(0) })
score { when(all:more_than(0), done / all * 100, 0), round = rounded_so, zh = "完成率(%)", en = "Completion rate (%)" }
list { "reason", silent:at_least(1), purpose = "follow_up", zh = "未注明不完成原因和今后打算", en = "no reason and no plan for tasks not done" }

of "units"
local own_done   = events "done":in_period():count()
local own_undone = events { "undone", "undone-unexplained" }:in_period():count()
local unit_done   = step { own_done + across { done, within = "unit", of = "people" }:sum(), zh = "本室完成任务", en = "Tasks of the section done" }
local unit_undone = step { own_undone + across { undone, within = "unit", of = "people" }:sum(), zh = "本室未完成任务", en = "Tasks of the section not done",
                           remark = true }
local unit_all    = step { unit_done + unit_undone, zh = "本室全部任务", en = "All tasks of the section" }
exclude { unit_all:exactly(0), zh = "本室本期没有任务", en = "no task of the section in the period" }
score { when(unit_all:more_than(0), unit_done / unit_all * 100, 0), round = rounded_so, zh = "本室完成率(%)", en = "Completion rate of the section (%)" }
list { "unit_reason", events "undone-unexplained":in_period():any(), purpose = "follow_up", zh = "本室任务未注明不完成原因和今后打算",
       en = "no reason and no plan for tasks of the section not done" }

clause "(三)2(1)"   -- 每月各室要将本月落实情况向常委会汇报
kinds {
  { "report", zh = "月度汇报", en = "Monthly report" },
  { "review", zh = "半年或年终总结", en = "Half-yearly or yearly review" },
}
local months  = step { months_between(period_start(), period_end()), zh = "考评期月数", en = "Months of the period" }
local reports = step { events "report":in_period():count(), zh = "汇报次数", en = "Reports" }
list { "report", reports:less_than(months), purpose = "follow_up", zh = "未逐月向常委会汇报", en = "did not report every month" }

clause "(三)2(2)"   -- 每半年或年终将全年完成任务工作进行总结,并填写完成任务考核表
local reviews = step { events "review":in_period():count(), zh = "总结次数", en = "Reviews" }
list { "review", all_of { months:at_least(6), reviews:less_than(1) }, purpose = "follow_up", zh = "未作半年或年终总结", en = "no review of the half-year or year" }
