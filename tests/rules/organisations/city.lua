-- 某市政府绩效管理办法（虚构）。 A city government: bureaus and districts, and those who lead them; an invented regulation.

scheme {
  id = "city", format = 1, subjects = "people", units = "单位", effective = "2024-01-01",
  title  = { zh = "市政府绩效管理办法", en = "Performance of a city government" },
  source = { zh = "示例办法（2024年制定，2025年7月1日修订）", en = "An invented regulation (2024, amended on 2025-07-01)" },
}

clause "第一条"  -- 被考核单位分为县区、经济部门、综合部门
attributes {
  { "type", words = { { "district", zh = "县区", en = "District" }, { "economic", zh = "经济部门", en = "Economic" }, { "general", zh = "综合部门", en = "General" } },
    zh = "单位类别", en = "Type of unit" },
  { "rank", words = { { "head", zh = "正职", en = "Head" }, { "deputy", zh = "副职", en = "Deputy" }, { "clerk", zh = "科员", en = "Clerk" } }, zh = "职级", en = "Rank" },
  { "appointed", day = true, zh = "任职日期", en = "Appointed", optional = true },
}
measures {
  { "growth",  zh = "经济增长", en = "Growth", optional = true },
  { "tasks",   zh = "重点任务", en = "Tasks", optional = true },
  { "service", zh = "群众满意度", en = "Satisfaction", optional = true },
}
items { { "view", zh = "民主测评", en = "Opinion", invalid = "counted_apart", options = {
  { "good", zh = "好", en = "Good", points = 100 }, { "fair", zh = "较好", en = "Fair", points = 85 }, { "mean", zh = "一般", en = "So-so", points = 60 },
  { "bad", zh = "差", en = "Bad", points = 0 }, { "unknown", zh = "不了解", en = "Unknown", counted = false } } } }
roles { { "delegate", zh = "人大代表", en = "Delegates" }, { "citizen", zh = "服务对象", en = "Citizens" }, "leader" }

clause "第二条"  -- 各指标完成率（最高110%）按类别加权；综合部门不考核经济增长
of "units"
local kind = attribute "type"
local function rate(name) return (measure(name):value() / measure(name):target() * 100):not_above(110) end
local growth  = step { rate "growth", zh = "经济增长", en = "Growth" }
local tasks   = step { rate "tasks", zh = "重点任务", en = "Tasks" }
local service = step { rate "service", zh = "群众满意度", en = "Satisfaction" }
local done = step { weighted {
  { growth,  by(kind, { district = 0.5, economic = 0.35, general = 0 }) },
  { tasks,   by(kind, { district = 0.25, economic = 0.4, general = 0.65 }) },
  { service, by(kind, { district = 0.25, economic = 0.25, general = 0.35 }) } }, zh = "指标得分", en = "Points for the measures" }

clause "第三条"  -- 测评分：代表、服务对象各半；20票以上各去掉10%的最高最低
local function views(role) return ballots(role):item "view":trimmed { { from = 20, share = 0.1 } }:mean() end
local views_ = step { weighted { { views "delegate", 0.5 }, { views "citizen", 0.5 }, missing = "reweight" }, zh = "测评分", en = "Opinion" }

clause "第四条"  -- 总分：指标80%、测评20%（2025年7月1日起70%、30%），加创新奖励（创新最多5、奖励最多3、合计最多6），减通报
kinds {
  { "innovation", zh = "创新", en = "Innovation" }, { "award", zh = "奖励", en = "Award" }, { "notice", zh = "通报批评", en = "Public criticism" },
  { "grave", zh = "重大责任事件", en = "Grave event" }, { "discipline", zh = "处分", en = "Discipline" },
}
local w = dated { ["2024-01-01"] = 0.2, ["2025-07-01"] = 0.3 }
local bonus = step { (events "innovation":points():sum():not_above(5) + events "award":points():sum():not_above(3)):not_above(6), zh = "加分", en = "Bonus", remark = true }
local minus = step { events "notice":points():sum(), zh = "通报扣分", en = "Points for criticism", remark = true }
local unit_score = score { weighted { { done, 1 - w }, { views_, w } } + bonus - minus, round = half_up(2), zh = "单位得分", en = "Score of the unit" }

clause "第五条"  -- 各类单位前30%为优秀，不满70分的为较差，其余良好；发生重大责任事件的为较差
grades {
  { "first",  zh = "优秀", en = "Excellent" },
  { "second", zh = "良好", en = "Good" },
  { "third",  zh = "较差", en = "Poor" },
}
grade_by { when(unit_score:less_than(70), grade "third", when(across { unit_score, within = "type" }:top_share():at_most(0.3), grade "first", grade "second")), zh = "单位等次", en = "grade of the unit" }
force { events "grave":any(), is = "third", zh = "重大责任事件", en = "a grave event" }
local unit_grade = grade()
rank { within = "type", zh = "同类排名", en = "Rank among its type" }

clause "第六条"  -- 正职得分即单位得分；副职：单位60%、测评40%；科员：单位20%、测评80%
of "people"
local opinion = step { ballots "leader":item "view":mean(), zh = "领导测评", en = "Opinion of the leaders" }
local rank_ = attribute "rank"
local mine = step { weighted { { of_unit(unit_score), by(rank_, { head = 1, deputy = 0.6, clerk = 0.2 }) }, { opinion, by(rank_, { head = 0, deputy = 0.4, clerk = 0.8 }) } },
                    zh = "个人综合", en = "Weighted" }

clause "第七条"  -- 通报中负连带责任的每次扣1分；单位下属每有1人受处分，正职扣0.5分，最多3分
local joint = step { events "notice":as_liable():count(), zh = "连带责任", en = "Jointly liable", remark = true }
local below = step { when(rank_:is "head", (across { events "discipline":in_period():count(), within = "unit" }:sum() * 0.5):not_above(3), 0), zh = "下属受处分", en = "People disciplined", remark = true }
local score_ = score { mine - joint - below, round = half_up(2), zh = "个人得分", en = "Score" }

clause "第八条"  -- 个人等次；受处分当年不得确定为优秀；单位较差的正职不得高于基本称职
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 }, { "competent", zh = "称职", en = "Competent", from = 75 },
  { "basic", zh = "基本称职", en = "Basic", from = 60 }, { "failed", zh = "不称职", en = "Failed", from = 0 },
}
veto { events "discipline":in_period():any(), bars = "excellent", zh = "受处分", en = "disciplined" }
ceiling { all_of { rank_:is "head", of_unit(unit_grade):is "third" }, at_most = "basic", zh = "单位考核较差", en = "the unit is graded poor" }

clause "第九条"  -- 优秀名额：单位优秀的25%，良好的20%，较差的10%；不足5人的单位合并；正职不占名额
quota { "excellent", rate = by(of_unit(unit_grade), { first = 0.25, second = 0.2, third = 0.1 }), within = "unit", among = unless(rank_:is "head"),
        base = unless(rank_:is "head"), round = half_up(0), minimum_base = 5, pool = "type", order = { score_, opinion, { attribute "appointed", low_first = true } },
        tie = "list", over = "next_grade", zh = "优秀名额", en = "places of excellent" }

clause "第十条"  -- 三年优秀记三等功
list { "merit", all_of { grade():is "excellent", past_years { 2 }:count { "excellent" }:exactly(2) }, purpose = "honour", zh = "记三等功", en = "merit third class" }
