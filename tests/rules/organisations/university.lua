-- 某大学教职工年度考核办法（虚构）。 A university: staff and schools; an invented regulation.

scheme {
  id = "university", format = 1, subjects = "people", units = "学院部门", effective = "2024-01-01",
  title  = { zh = "大学教职工年度考核办法", en = "Yearly assessment of university staff" },
  source = { zh = "示例办法（2024年制定，2025年7月1日修订）", en = "An invented regulation (2024, amended on 2025-07-01)" },
}

clause "第一条"  -- 全体在岗教职工参加考核；年龄18至70周岁，岗位等级、单位类别、入职日期必须填报
attributes {
  { "kind", needed = true, words = { "teaching", "office" }, zh = "单位类别", en = "Type of unit" },
  { "rank", needed = true, words = { "professor", "associate", "lecturer" }, zh = "岗位等级", en = "Rank" },
  { "age", number = true, min = 18, max = 70, needed = true, zh = "年龄", en = "Age" },
  { "hours", number = true, min = 0, max = 1000, needed = true, zh = "培训学时", en = "Hours of training" },
  { "start", day = true, needed = true, zh = "入职日期", en = "Joined on" },
}

clause "第二条"  -- 学生评教用五分制，折算为百分制；同行评议、单位评价用百分制
items {
  { "five",    zh = "五分制评价", en = "On a scale of five", points = 5, invalid = "counted_apart" },
  { "hundred", zh = "百分制评价", en = "On a scale of a hundred", points = 100, invalid = "counted_apart" },
}
roles { { "student", zh = "学生", en = "Students" }, "peer", { "leader", signed = true } }

clause "第三条"  -- 学生评教10票以上去掉1个最高1个最低，50票以上两端各去5%；不足3票的不计
local student = step { ballots "student":item "five":trimmed { { from = 10, drop = 1 }, { from = 50, share = 0.05 } }:mean { least = 3 } * 20,
                       zh = "学生评教", en = "Students" }
local peer   = step { ballots "peer":item "hundred":mean(), zh = "同行评议", en = "Peers" }
local leader = step { ballots "leader":item "hundred":mean(), zh = "单位评价", en = "The unit" }

clause "第四条"  -- 权重按单位类别和岗位等级；2025年7月1日起调整。没有某项评价的，其权重按比例分给其他各项
local by_students = dated {
  ["2024-01-01"] = by(attribute "kind", { teaching = 0.3, office = 0 }),
  ["2025-07-01"] = by(attribute "kind", { teaching = by(attribute "rank", { professor = 0.225, associate = 0.275, lecturer = 0.325 }), office = 0 }),
}
local by_peers = dated {
  ["2024-01-01"] = by(attribute "kind", { teaching = 0.3, office = 0.4 }),
  ["2025-07-01"] = by(attribute "kind", { teaching = by(attribute "rank", { professor = 0.375, associate = 0.325, lecturer = 0.275 }), office = 0.375 }),
}
local by_leader = dated {
  ["2024-01-01"] = by(attribute "kind", { teaching = 0.4, office = 0.6 }),
  ["2025-07-01"] = by(attribute "kind", { teaching = 0.4, office = 0.625 }),
}
local score_ = score { weighted { { student, by_students }, { peer, by_peers }, { leader, by_leader }, missing = "reweight" },
                       round = half_up(2), zh = "考核得分", en = "Score" }

clause "第五条"  -- 90分以上优秀，75分以上合格，60分以上基本合格，不满60分不合格
grades {
  { "excellent", zh = "优秀",     en = "Excellent",   from = 90 },
  { "competent", zh = "合格",     en = "Competent",   from = 75 },
  { "basic",     zh = "基本合格", en = "Basic",       from = 60 },
  { "failed",    zh = "不合格",   en = "Failed",      from = 0 },
}

clause "第六条"  -- 获省部级以上表彰的，不低于合格
kinds { { "award", zh = "省部级以上表彰", en = "Award of the province or above" },
        { "warning", zh = "警告", en = "Warning" } }
floor { events "award":in_period():any(), at_least = "competent", zh = "受省部级以上表彰", en = "has an award of the province" }

clause "第七条"  -- 培训不满90学时的，不得评为优秀；受警告之日起12个月内，不得评为优秀
ceiling { attribute "hours":less_than(90), at_most = "competent", zh = "培训未满90学时", en = "fewer than 90 hours of training" }
ceiling { events "warning":lasting { months = 12 }:in_period():any(), at_most = "competent", zh = "警告影响期内", en = "a warning has its effect" }

clause "第八条"  -- 连续两年基本合格的，本年按不合格认定
force { all_of { grade():is "basic", past { year = -1 }:grade():is "basic" }, is = "failed",
        zh = "连续两年基本合格", en = "basic in two consecutive years" }

clause "第九条"  -- 单位考核优秀的，优秀名额20%；良好的15%；其他10%。按得分、单位评价、入职早者优先
of "units"
measures { { "work", zh = "重点工作完成率", en = "Key work done" } }
score { measure "work":value(), round = half_up(1), zh = "单位得分", en = "Score of the unit" }
grades {
  { "first",  zh = "优秀", en = "Excellent", from = 90 },
  { "second", zh = "良好", en = "Good",      from = 80 },
  { "third",  zh = "一般", en = "Fair",      from = 0 },
}
local unit_grade = grade()
of "people"
local rate = by(of_unit(unit_grade), { first = 0.2, second = 0.15, third = 0.1 }):or_else(0.1)
quota { "excellent", rate = rate, within = "unit", round = round_down(0), minimum_base = 4, pool = "batch",
        order = { score_, leader, { attribute "start", low_first = true } }, tie = "list", over = "next_grade",
        zh = "优秀名额随单位等次", en = "places of excellent by the unit's grade" }

clause "第十条"  -- 连续三年优秀的，授予荣誉
list { "honour", all_of { grade():is "excellent", past_years():in_a_row { "excellent" }:at_least(2) }, purpose = "honour",
       zh = "连续三年优秀", en = "excellent three years in a row" }

clause "第十一条"  -- 同分的，按单位评价、入职先后排名
rank { within = "unit", by = { score_, leader, { attribute "start", low_first = true } }, zh = "单位内排名", en = "Rank in the unit" }
