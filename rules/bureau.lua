-- 局机关效能考核制度: once a year, every member of staff, 100 points.
-- Read it beside the document: clause by clause, in its order, every figure under its clause.

scheme {
  id = "bureau", format = 1, subjects = "people", effective = "2008-11-01",
  title  = { zh = "局机关效能考核制度", en = "Efficiency assessment of bureau staff" },
  source = { zh = "《机关效能建设二十项规章制度》四、效能考核制度",
             en = "Twenty rules for an efficient office, 4: efficiency assessment" },
}

clause "四(一)"   -- 考评实行百分制,其中德10分,能10分,勤10分,绩60分,廉10分
items {
  { "virtue",      zh = "德", en = "Virtue",      points = 10 },
  { "ability",     zh = "能", en = "Ability",     points = 10 },
  { "diligence",   zh = "勤", en = "Diligence",   points = 10 },
  { "performance", zh = "绩", en = "Performance", points = 60 },
  { "integrity",   zh = "廉", en = "Integrity",   points = 10 },
  total = 100,
}

clause "四(二)1"   -- 局领导负责考评分管股室,本股室的群众评议分和局分管领导的考评分
local signed = param { "leader_signed", choices = { "no", "yes" }, default = "no",
                       zh = "主管领导署名考评，其评分可对本人公开", en = "leaders sign their ballots, which may be shown to the person" }
roles { "self", "peer", { "leader", signed = choose(signed, { no = false, yes = true }) } }   -- 本人 counts for nothing

clause "四(二)3"   -- 年度绩效考评得分 = 本股室群众评议分×40% + 主管领导考评分×60%
local peer   = step { ballots "peer":total():mean(),   zh = "本股室群众评议分", en = "Colleagues' ballots" }
local leader = step { ballots "leader":total():mean(), zh = "主管领导考评分",   en = "Supervising leader's ballots" }
local blend  = step { weighted { { peer, 0.40 }, { leader, 0.60 } }, zh = "加权得分", en = "Weighted points" }

clause "四(三)"   -- 补扣被考评人分数,股室负责人负连带责任,不同项目累计连带扣分
kinds {
  { "deduction",             zh = "扣分",     en = "Deduction" },
  { "omitted-deduction",     zh = "漏扣分",   en = "Omitted deduction" },
  { "balancing",             zh = "搞平衡",   en = "Balancing" },
  { "absence-without-leave", zh = "擅自离岗", en = "Absence without leave" },   -- 三、考勤制度 5
}
local own   = step { events { "deduction", "omitted-deduction", "balancing", "absence-without-leave" }:points():sum(),
                     zh = "本人扣分", en = "Own deductions", remark = true }
local joint = step { events { "omitted-deduction", "balancing" }:as_liable():points():sum(),
                     zh = "连带责任扣分", en = "Deductions as the one liable", remark = true }

clause "四(二)3"
local rounding = param { "rounding", choices = { { "hundredths", zh = "百分位", en = "hundredths" }, { "whole", zh = "整数", en = "whole points" } }, default = "hundredths",
                         zh = "得分修约到百分位或整数", en = "the score is rounded to hundredths or to whole points" }
score { blend - own - joint, not_below = 0,
        round = choose(rounding, { hundredths = half_up(2), whole = half_up(0) }),
        zh = "年度绩效考评得分", en = "Score of the year" }

clause "六"   -- 90分以上者为优秀;70—89分为称职;60—69分为基本称职;59分以下为不称职
grades {
  { "excellent",   zh = "优秀",     en = "Excellent",   from = 90 },
  { "competent",   zh = "称职",     en = "Competent",   from = 70, printed_to = 89 },
  { "basic",       zh = "基本称职", en = "Basic",       from = 60, printed_to = 69 },
  { "incompetent", zh = "不称职",   en = "Incompetent", from = 0,  printed_to = 59 },
}

clause "九(一)"   -- 因病、事假或非单位派出、学习等原因累计超过6个月的人员,不进行年度绩效考评
kinds {
  { "sick-leave",       zh = "病假",     en = "Sick leave" },
  { "personal-leave",   zh = "事假",     en = "Personal leave" },
  { "unassigned-study", zh = "自行学习", en = "Study not arranged by the unit" },
}
local away = step { events { "sick-leave", "personal-leave", "unassigned-study" }:months(),
                    zh = "病事假、自行学习累计月数", en = "Months of leave and own study" }
exclude { away:more_than(6), zh = "病事假、自行学习累计超过6个月", en = "away for more than 6 months" }

clause "九(二)"   -- 新调入的人员和新录用的公务员、军队转业干部在岗时间未满6个月者,不进行年度绩效考评
local in_post = step { months_in_post(), zh = "在岗整月数", en = "Whole months in post" }
exclude { in_post:less_than(6), unknown = "keep", zh = "在岗未满6个月", en = "in post for less than 6 months" }

use "dereliction-veto"   -- 一票否决

clause "六"
rank { within = "batch", zh = "全局排名", en = "Rank in the bureau" }
