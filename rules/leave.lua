-- 考勤制度: who must know of an absence and who must approve it; what is taken off who goes without.
-- The score is the points to take off; the assessment of the year (bureau) reads them as 擅自离岗.

scheme {
  id = "leave", format = 1, subjects = "people",
  title  = { zh = "考勤制度（外出与请假）", en = "Attendance: going out and leave" },
  source = { zh = "《机关效能建设二十项规章制度》三、考勤制度", en = "Twenty rules for an efficient office, 3: attendance" },
}

clause "三"
attributes {
  { "category", zh = "类别", en = "Category", needed = true, words = {
      { "staff",  zh = "一般工作人员", en = "Staff" },
      { "head",   zh = "科长",         en = "Head of a section" },    -- 科长（主任）
      { "leader", zh = "班子成员",     en = "Member of the leadership" },
      { "chief",  zh = "局长",         en = "Head of the bureau" } } },
}
local category = attribute "category"

clause "三1"   -- 不得无故迟到早退，严禁旷工
kinds {
  { "late-or-early", zh = "无故迟到早退", en = "Late or early without cause" },
  { "truancy",       zh = "旷工",         en = "Absent without cause" },
}
local late    = step { events "late-or-early":count(), zh = "无故迟到早退次数", en = "Times late or early", remark = true }
local truancy = step { events "truancy":count(),       zh = "旷工次数",         en = "Times absent without cause", remark = true }

clause "三2"   -- 外出一天内，向分管领导报告；超过一天的，及班子成员外出，向局长报告；局长外出和分管领导不在时，告知办公室
kinds {
  { "out-told-office", zh = "外出已告知办公室",     en = "Out (office told)" },
  { "out-told-leader", zh = "外出已报告分管领导",   en = "Out (supervising leader told)" },
  { "out-told-chief",  zh = "外出已报告局长",       en = "Out (head of the bureau told)" },
  { "out-untold",      zh = "外出未报告",           en = "Out (nobody told)" },
}
local long_out = events { "out-told-office", "out-told-leader" }:only { span_days = { more_than = 1 } }:count()
local out_low  = step { by(category, {
  { "staff", "head", gives = long_out },                                     -- 超过一天而未向局长报告
  { "leader", gives = events { "out-told-office", "out-told-leader" }:count() }, -- 未向局长报告
  { "chief", gives = 0 },                                                    -- 告知办公室；离开本市，向分管领导报告
}), zh = "应向局长报告而未报告的外出次数", en = "Times out of which the head of the bureau had to be told", remark = true }
local untold   = step { events "out-untold":count(), zh = "未报告外出次数", en = "Times out, nobody told", remark = true }
local told     = step { events "out-told-chief":count(), zh = "已报告局长的外出次数", en = "Times out, head of the bureau told" }

clause "三3"   -- 一般工作人员请假一天由分管领导批准；科长（主任）、班子成员由局长批准；期满应上班，续假应办手续
kinds {
  { "leave-by-leader",  zh = "分管领导批准的请假", en = "Leave approved by the supervising leader" },
  { "leave-by-chief",   zh = "局长批准的请假",     en = "Leave approved by the head of the bureau" },
  { "leave-unapproved", zh = "未经批准的请假",     en = "Leave not approved" },
  { "overdue",          zh = "假满未归",   en = "Not back at the end of leave" },
}
local long_leave = events "leave-by-leader":only { span_days = { more_than = 1 } }:count()
local leave_low  = step { by(category, {
  { "staff", gives = long_leave },                                          -- 超过一天，由局长批准
  { "head", "leader", gives = events "leave-by-leader":count() },           -- 一律由局长批准
  { "chief", gives = 0 },
}), zh = "应由局长批准而未经其批准的请假次数", en = "Leaves that the head of the bureau had to approve", remark = true }
local unapproved = step { events { "leave-unapproved", "overdue" }:count(), zh = "未经批准、假满未归次数", en = "Leaves not approved or overrun", remark = true }
local days = step { events { "leave-by-leader", "leave-by-chief" }:days(), zh = "经批准的请假天数", en = "Days of approved leave" }

clause "三5"   -- 不履行请假手续的，予以扣分；情节严重的，批评教育或诫勉谈话，直至取消评先评优资格
kinds { { "grave", zh = "情节严重的擅自外出", en = "Seriously away without the formalities" } }
local grave    = step { events "grave":count(), zh = "情节严重次数", en = "Times serious", remark = true }
local breaches = step { truancy + out_low + untold + leave_low + unapproved + grave, zh = "不履行手续次数", en = "Times without the formalities" }
local each_one = param { "points_each", default = 1, min = 0, max = 10, zh = "文件未规定：不履行手续每次扣分",
                         en = "not in the text: points for each time without the formalities" }
local each_late = param { "late_points", default = 0, min = 0, max = 10, zh = "文件未规定：无故迟到早退每次扣分",
                          en = "not in the text: points for each time late or early" }
local often    = param { "serious_from", default = 3, min = 1, max = 50, zh = "文件未规定：一年几次以上为情节严重，批评教育或诫勉谈话",
                         en = "not in the text: so many times a year are serious" }
local too_often = param { "barred_from", default = 5, min = 1, max = 50, zh = "文件未规定：一年几次以上取消评先评优资格",
                          en = "not in the text: so many times a year bar from honours" }
score { breaches * each_one + late * each_late, round = half_up(2), zh = "考勤扣分", en = "Points to take off" }
list { "talk", any_of { grave:at_least(1), breaches:at_least(often) }, purpose = "follow_up", zh = "批评教育或诫勉谈话", en = "criticism or admonition talk" }
list { "no-honour", any_of { grave:at_least(1), breaches:at_least(too_often) }, purpose = "no_honour", zh = "取消评先评优资格", en = "barred from honours" }
list { "discipline", any_of { grave:at_least(1), breaches:at_least(too_often) }, purpose = "decision", zh = "研究追究纪律责任", en = "discipline to be decided" }
