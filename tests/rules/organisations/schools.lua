-- 某学区教师考核办法（虚构）。 A school district: schools and teachers; an invented regulation.

scheme {
  id = "schools", format = 1, subjects = "people", units = "学校", effective = "2024-09-01",
  title  = { zh = "学区教师考核办法", en = "Assessment of a district's teachers" },
  source = { zh = "示例办法（2024）", en = "An invented regulation (2024)" },
}

clause "一"  -- 教师由学生、家长、同行评议；校长由教师、家长、教育局评议
items {
  { "teach", zh = "教学", en = "Teaching", points = 5 },
  { "care",  zh = "育人", en = "Care", points = 5 },
  { "work",  zh = "履职", en = "Duty", points = 10 },
  total = 20,
}
roles { { "pupil", zh = "学生", en = "Pupils" }, { "parent", zh = "家长", en = "Parents" }, "peer", { "office", zh = "教育局", en = "District office", signed = true } }
attributes {
  { "post_type", words = { "head", "teacher" }, needed = true, zh = "岗位", en = "Kind of post" },
  { "stage", words = { "primary", "middle" }, needed = true, zh = "学段", en = "Stage" },
  { "age", number = true, min = 20, max = 65, needed = true, zh = "年龄", en = "Age" },
  { "start", day = true, needed = true, zh = "到校日期", en = "Joined" },
}
local head = attribute "post_type":is "head"

clause "二"  -- 总分折为百分；学生评价20票以下不去、20票以上去掉两端各1票、100票以上各去2%
local function hundred(role) return ballots(role):total():trimmed { { from = 20, drop = 1 }, { from = 100, share = 0.02 } }:mean() * 5 end
local pupil  = step { hundred "pupil", zh = "学生评价", en = "Pupils" }
local parent = step { hundred "parent", zh = "家长评价", en = "Parents" }
local peer   = step { hundred "peer", zh = "同行评价", en = "Colleagues" }
local office = step { hundred "office", zh = "教育局评价", en = "District office" }

clause "三"  -- 教师权重：小学 学生0.2 家长0.4 同行0.4；中学0.4/0.2/0.4。校长：同行0.3、家长0.2、教育局0.5
local stage = attribute "stage"
local teacher = weighted { { pupil, by(stage, { primary = 0.2, middle = 0.4 }) }, { parent, by(stage, { primary = 0.4, middle = 0.2 }) }, { peer, 0.4 }, missing = "reweight" }
local leader  = weighted { { peer, 0.3 }, { parent, 0.2 }, { office, 0.5 }, missing = "incomplete" }
local base = step { when(head, leader, teacher), zh = "评议分", en = "Review" }

clause "四"  -- 上学期、下学期折入全年：上学期（H1）成绩占30%，没有的不折
local year = step { weighted { { base, 0.7 }, { past "H1":score(), 0.3 }, missing = "reweight" }, zh = "全年", en = "Whole year" }

clause "五"  -- 继续教育不满72学时的，不得优秀；体罚学生的不合格
kinds { { "hours", zh = "继续教育学时", en = "Hours of training" }, { "violence", zh = "体罚", en = "Corporal punishment" }, { "mentor", zh = "带教", en = "Mentoring" },
        { "contest", zh = "竞赛获奖", en = "Contest" }, { "leave", zh = "病事假", en = "Leave" } }
local training = step { events "hours":amount():sum(), zh = "学时", en = "Hours" }
local bonus = step { (events "mentor":points():sum():not_above(5) + events "contest":points():sum():not_above(3)):not_above(6), zh = "加分", en = "Bonus", remark = true }
local score_ = score { year + bonus, round = half_up { to = 0.5 }, zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 }, { "good", zh = "良好", en = "Good", from = 80 },
  { "pass", zh = "合格", en = "Pass", from = 60 }, { "fail", zh = "不合格", en = "Fail", from = 0 },
}
ceiling { training:less_than(72), at_most = "good", zh = "学时不足72", en = "fewer than 72 hours" }
force { events "violence":any(), is = "fail", zh = "体罚学生", en = "corporal punishment" }

clause "六"  -- 连续两年合格以下（含本年）的，定为不合格
force { all_of { grade():at_most "pass", past { year = -1 }:grade():at_most "pass" }, is = "fail", zh = "连续两年合格以下", en = "two years at pass or below" }

clause "七"  -- 校长得分不低于60且不进入教师名额；学校办学水平优秀的，优秀名额30%，其他20%；不足6人的学校按学段合并
of "units"
measures { { "level", zh = "办学水平", en = "Standard of the school" } }
score { measure "level":value(), round = half_up(0), zh = "办学水平", en = "Standard" }
grades { { "model", zh = "示范", en = "Model", from = 90 }, { "plain", zh = "普通", en = "Plain", from = 0 } }
local standard = grade()
of "people"
quota { "excellent", rate = by(of_unit(standard), { model = 0.3, plain = 0.2 }), within = "unit", base = unless(head), among = unless(head),
        round = half_up(0), minimum_base = 6, pool = "stage", order = { score_, peer, { attribute "start", low_first = true } }, tie = "all_out", over = "next_grade",
        zh = "优秀名额", en = "places of excellent" }

clause "八"  -- 病事假超过半年的不参加；下半年请假按工作日
exclude { events "leave":months():more_than(6), zh = "病事假超过半年", en = "leave of more than half a year" }
