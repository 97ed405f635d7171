-- 机关效能风暴行动: law-enforcement departments are reviewed and ranked; who answers for weak execution; the result enters the year.
-- A row of people of the category 单位 is a reviewed department; the other rows are its staff.

scheme {
  id = "efficiency-storm", format = 1, subjects = "people", units = "单位",
  title  = { zh = "机关效能风暴行动民主评议与问责", en = "Efficiency storm: democratic review and accountability" },
  source = { zh = "《区机关效能风暴行动实施方案》11、13、14、18，三(四)", en = "Plan of the district for the efficiency storm, 11, 13, 14, 18 and 3(4)" },
}

clause "11"   -- 聘请评议代表对11个重点执法部门开展政风行风民主评议
items { { "review", zh = "评议分", en = "Review", points = 100 } }   -- 文件未规定评议指标：一票百分制
roles { { "public", zh = "评议代表", en = "Representatives" } }
of "units"
local score_  = score { ballots "public":item "review":mean(), round = half_up(2), zh = "民主评议得分", en = "Score of the review" }
local present = step { across { takes_part(), within = "batch" }:count(), zh = "被评部门数", en = "Departments under review" }
rank { within = "batch", zh = "民主评议排名", en = "Rank in the review" }

clause "11"   -- 评议结果在全区进行通报,对排名靠前的部门予以通报表扬; 文件未规定名额
local commended = param { "commended", default = 3, min = 1, max = 11, zh = "通报表扬的部门数（文件未规定）",
                          en = "how many departments are commended, which the document leaves open" }
local leading = step { top { commended, within = "batch", ties = "all_in" }, zh = "排名靠前", en = "Among the leading ones" }
-- 对排名后三名的部门党政主要负责人进行诫勉谈话,责令限期进行整改
local lowest = step { last { 3, within = "batch", ties = "all_in" },
                      zh = "排名后三名（含与倒数第三名并列的）", en = "Among the last three, with all who tie with the third from last" }
list { "commended", all_of { leading, unless(lowest) }, purpose = "honour", zh = "排名靠前，通报表扬", en = "commended in a circular as one of the leading ones" }
list { "rectify", lowest, purpose = "follow_up", zh = "排名后三名（含并列），责令限期整改", en = "of the last three, ties included: to rectify within a limit" }
local within = param { "rectify_days", default = 30, min = 1, max = 365, zh = "整改期限，从考评期末起算的天数（文件未规定）",
                       en = "days for rectifying, from the end of the period, which the document leaves open" }
step { period_end():plus_days(within), zh = "整改期限", en = "Day by which to rectify" }

of "people"
attributes { { "head", zh = "党政主要负责人", en = "Head of the department", optional = true, words = {
  { "yes", zh = "是", en = "yes" }, { "no", zh = "否", en = "no" } } } }
local head = attribute "head":is "yes"
list { "talk", all_of { head, of_unit(lowest) }, purpose = "decision", zh = "部门排名后三名（含并列），对主要负责人诫勉谈话",
       en = "head of one of the last three, ties included: admonition talk" }

clause "13"   -- 对不履行或不正确履行职责,影响机关工作效能的问题,进行效能告诫
kinds { { "dereliction", zh = "不履行或不正确履行职责", en = "Dereliction" } }
list { "admonition", events "dereliction":in_period():any(), purpose = "decision", zh = "效能告诫", en = "admonition for efficiency" }

clause "14"   -- 贯彻力不强、执行力较弱、工作不落实: 情节较轻的,采取降低年度考核等次、待岗、调整工作岗位、通报批评、诫勉谈话等措施
kinds {
  { "weak-light",   zh = "执行不力（情节较轻）", en = "Weak execution, light" },
  { "weak-serious", zh = "执行不力（情节较重）", en = "Weak execution, serious" },
  { "lower-grade",  zh = "决定降低年度考核等次", en = "Decision to lower the year's grade" },
}
local light   = events "weak-light":in_period():any()
local serious = events "weak-serious":in_period():any()
list { "measures", light, purpose = "decision", zh = "降低年度考核等次、待岗、调整工作岗位、通报批评或诫勉谈话",
       en = "a lower grade, waiting for a post, transfer, criticism in a circular or an admonition talk" }
list { "discipline", serious, purpose = "decision", zh = "给予党纪、政纪处分", en = "party or administrative discipline" }   -- 情节较重的
attributes { { "year_grade", zh = "年度考核等次", en = "Grade of the year", optional = true, words = {
  { "excellent",   zh = "优秀",     en = "Excellent" },
  { "competent",   zh = "称职",     en = "Competent" },
  { "basic",       zh = "基本称职", en = "Basic" },
  { "incompetent", zh = "不称职",   en = "Incompetent" } } } }
grades {
  { "excellent",   zh = "优秀",     en = "Excellent" },
  { "competent",   zh = "称职",     en = "Competent" },
  { "basic",       zh = "基本称职", en = "Basic" },
  { "incompetent", zh = "不称职",   en = "Incompetent" },
  { "pending",     zh = "尚未评定", en = "Not graded yet" },   -- 年度考核等次一栏空白的
}
local year_grade = attribute "year_grade"
local lowered = step { events "lower-grade":in_period():any(), zh = "决定降低年度考核等次", en = "Decided: a lower grade of the year" }
local as_is   = by(year_grade, { excellent = grade "excellent", competent = grade "competent", basic = grade "basic", incompetent = grade "incompetent" })
local lower   = by(year_grade, { excellent = grade "competent", competent = grade "basic", basic = grade "incompetent", incompetent = grade "incompetent" })
grade_by { when(lowered, lower, as_is):or_else(grade "pending"), zh = "年度考核等次（决定降低的降一等）", en = "Grade of the year, one lower where that was decided" }

clause "18"   -- 凡是查证属实的,一律根据有关规定,按干部管理权限进行处理
kinds { { "complaint", zh = "查实的举报投诉", en = "Verified complaint" }, { "grave-problem", zh = "作风效能问题严重", en = "Grave problem of the department" } }
list { "complaint", events "complaint":in_period():any(), purpose = "decision", zh = "举报投诉查证属实，按规定处理", en = "a verified complaint, to be dealt with by the rules" }
of "units"   -- 对本部门、单位作风和效能建设抓得不力、问题严重的,一律追究主要领导的责任
local grave = step { events "grave-problem":in_period():any(), zh = "作风效能问题严重", en = "Grave problem of the department" }
of "people"
list { "head-answers", all_of { head, of_unit(grave) }, purpose = "decision", zh = "本部门问题严重，追究主要领导责任", en = "the head answers for grave problems of the department" }

clause "三(四)"   -- 结果纳入全年目标责任制考核之中,作为评先评优的依据之一; 文件未规定分值
of "units"
local weight = param { "year_weight", default = 0.1, min = 0, max = 1, zh = "计入全年目标责任制考核的权重（文件未规定）",
                       en = "weight in the year's target assessment, which the document leaves open" }
step { score_ * weight, zh = "计入全年目标责任制考核的分值", en = "Points for the year's target assessment" }
