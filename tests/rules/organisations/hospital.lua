-- 某医院集团医务人员绩效考核办法（虚构）。 A hospital group: departments and their people; an invented regulation.

scheme {
  id = "hospital", format = 1, subjects = "people", units = "科室", effective = "2025-01-01",
  title  = { zh = "医院集团医务人员绩效考核办法", en = "Performance of the medical staff of a hospital group" },
  source = { zh = "示例办法（2025）", en = "An invented regulation (2025)" },
}

clause "1"  -- 科室与人员一并考核；科主任另行加权
items {
  { "skill",   zh = "业务能力", en = "Skill", options = {
      { "A", zh = "优", en = "A", points = 95 }, { "B", zh = "良", en = "B", points = 85 },
      { "C", zh = "中", en = "C", points = 70 }, { "D", zh = "差", en = "D", points = 40 } } },
  { "conduct", zh = "医德医风", en = "Conduct", options = {
      { "A", zh = "优", en = "A", points = 95 }, { "B", zh = "良", en = "B", points = 85 },
      { "C", zh = "中", en = "C", points = 70 }, { "D", zh = "差", en = "D", points = 40 } } },
}
roles { "peer", "leader", { "patient", zh = "患者", en = "Patients" } }
attributes { { "head", words = { "yes", "no" }, optional = true, zh = "科主任", en = "Head of the department" } }
local head = attribute "head":is("yes"):or_else(false)
kinds {
  { "dispute", zh = "有责医疗纠纷", en = "Dispute at fault" },
  { "leave",   zh = "请假", en = "Leave" },
  { "innovation", zh = "新技术", en = "New technique" },
  { "prize",   zh = "获奖", en = "Prize" },
}
measures {
  { "stay", lower_is_better = true, optional = true, zh = "平均住院日", en = "Mean days of stay" },
  { "satisfied", zh = "患者满意度", optional = true, en = "Satisfied patients" },
}

clause "2"  -- 科室得分：住院日完成率60分、满意度40分
of "units"
local stay = step { clamp(measure "stay":way(), 0, 1.2) * 60, zh = "住院日得分", en = "Points for stay" }
local satisfied = step { least { measure "satisfied":value() / measure "satisfied":target(), 1 } * 40, zh = "满意度得分", en = "Points for satisfaction" }
local unit_score = score { stay + satisfied, round = half_up { to = 0.5 }, zh = "科室得分", en = "Score of the department" }
grades {
  { "green",  zh = "绿", en = "Green",  from = 90 },
  { "yellow", zh = "黄", en = "Yellow", from = 70 },
  { "red",    zh = "红", en = "Red",    from = 0 },
}

clause "3"  -- 个人评议：同事、上级、患者三方；一方没有评议的，其余按比例
of "people"
local skill   = ballots "peer":item "skill":mean() * 0.5 + ballots "peer":item "conduct":mean() * 0.5
local peer    = step { skill, zh = "同事评议", en = "Colleagues" }
local leader  = step { ballots "leader":item "skill":mean() * 0.7 + ballots "leader":item "conduct":mean() * 0.3, zh = "上级评议", en = "Superior" }
local patient = step { ballots "patient":item "conduct":mean(), zh = "患者评议", en = "Patients" }
local review  = step { weighted { { peer, 0.333 }, { leader, 0.417 }, { patient, 0.25 }, missing = "reweight" }, zh = "评议分", en = "Review" }

clause "4"  -- 季度考核平均，缺季度的按其余季度平均
local quarters = step { weighted { { past "Q1":score(), 0.25 }, { past "Q2":score(), 0.25 }, { past "Q3":score(), 0.25 }, { past "Q4":score(), 0.25 },
                                   missing = "reweight" }, zh = "季度平均", en = "Mean of the quarters" }

clause "5"  -- 科主任：科室得分50%、评议30%、季度20%；其他人员：评议60%、季度40%
local base = step { when(head, weighted { { of_unit(unit_score), 0.5 }, { review, 0.3 }, { quarters, 0.2 } },
                               weighted { { review, 0.6 }, { quarters, 0.4 } }), zh = "基础分", en = "Basic points" }

clause "6"  -- 加分：新技术最多5分，获奖最多3分，合计最多6分
local innovation = step { events "innovation":points():sum():not_above(5), zh = "新技术加分", en = "Points for new techniques" }
local prize = step { events "prize":points():sum():not_above(3), zh = "获奖加分", en = "Points for prizes" }
local bonus = step { (innovation + prize):not_above(6), zh = "加分", en = "Bonus", remark = true }

clause "7"  -- 有责纠纷每次扣10分，科主任对本科室每次连带扣3分，扣分不封底
local own   = step { events "dispute":points():sum() * 10, zh = "纠纷扣分", en = "Points for disputes", remark = true }
local joint = step { events "dispute":as_liable():count() * 3, zh = "连带扣分", en = "Points as the one liable", remark = true }

clause "8"  -- 请假超过20个工作日的，每多1个工作日扣0.5分
local absent = step { events "leave":working_days(), zh = "请假工作日", en = "Working days of leave" }
local away = step { (absent - 20):not_below(0) * 0.5, zh = "请假扣分", en = "Points for leave", remark = true }

clause "9"  -- 得分可以为负，取至0.5分
score { base + bonus - own - joint - away, round = half_up { to = 0.5 }, zh = "得分", en = "Score" }

clause "10"  -- 90以上A，75以上B，60以上C，其余D；A不超过15%（不含科主任），不足7人的科室合并计算
grades {
  { "A", zh = "A", en = "A", from = 90 },
  { "B", zh = "B", en = "B", from = 75 },
  { "C", zh = "C", en = "C", from = 60 },
  { "D", zh = "D", en = "D", from = 0 },
}
quota { "A", rate = 0.15, within = "unit", round = round_down(0), minimum_base = 7, pool = "batch", tie = "all_out", over = "next_grade",
        base = unless(head), among = unless(head), zh = "A不超过15%", en = "at most 15 % A" }
