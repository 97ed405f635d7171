-- 市第一医院护士年度评价（示例）: items by role, letters, wards by months, a line that changed within the year.

scheme {
  id = "nurses", format = 1, subjects = "people", effective = "2024-01-01",
  title  = { zh = "护士年度评价办法", en = "Yearly review of nurses" },
  source = { zh = "《护士年度评价办法》（示例）", en = "Rules for the yearly review of nurses (an example)" },
}

clause "第三条"
roles { { "head", signed = true, zh = "护士长", en = "Head nurse" }, { "colleague", zh = "同组护士", en = "Nurses of the team" },
        { "patient", zh = "患者", en = "Patients" } }
local letters = {
  { "A", zh = "优", en = "Excellent", points = 95 }, { "B", zh = "良", en = "Good", points = 85 },
  { "C", zh = "中", en = "Fair", points = 70 },      { "D", zh = "差", en = "Poor", points = 50 },
}
items {
  { "ethics", zh = "医德医风", en = "Ethics", roles = { "head", "colleague" }, options = letters },
  { "team",   zh = "团队协作", en = "Team work", roles = { "colleague" }, options = letters },
  { "skill", zh = "操作技能", en = "Skill", points = 100, roles = { "head" } },
  { "service", zh = "服务态度", en = "Service", roles = { "patient" }, invalid = "counted_apart", options = {
      { "happy", zh = "满意", en = "Satisfied", points = 100 }, { "so", zh = "基本满意", en = "Mostly satisfied", points = 80 },
      { "unhappy", zh = "不满意", en = "Dissatisfied", points = 40 }, { "unknown", zh = "不了解", en = "Do not know", counted = false } } },
}
sheets { "colleague", per = "ballot", complete = true, zh = "漏项的票无效", en = "a ballot with a blank does not count" }

clause "第四条"
kinds { { "ward", zh = "病区质量得分", en = "Quality score of a ward" } }
local ward = step { events "ward":points():mean { by = "months" }, zh = "所在病区质量得分（按月加权）", en = "Quality of the wards, by months" }

clause "第五条"
local skill = step { ballots "head":item "skill":mean(), zh = "操作技能得分", en = "Skill" }
local team  = step { ballots "colleague":item "team":trimmed { { from = 6, drop = 1 }, { from = 15, share = 0.1 } }:mean { least = 3 },
                     zh = "团队协作得分", en = "Team work" }
local service = step { ballots "patient":item "service":mean { least = 5 }, zh = "患者评价得分", en = "Patients" }

clause "第六条"
local ethics = step { ballots { "head", "colleague" }:item "ethics":most_chosen { tie = "worse", least = 3 }, zh = "医德医风评定", en = "Ethics as most see it" }
local mood   = step { ballots "patient":item "service":most_chosen { tie = "better" }, zh = "多数患者的评价", en = "What most patients say" }

clause "第七条"
score { weighted { { skill, 0.3 }, { team, 0.3 }, { service, 0.2 }, { ward, 0.2 }, missing = "reweight" },
        not_above = 100, round = half_up(2), zh = "年度得分", en = "Score of the year" }

clause "第八条"
local line = dated { ["2024-01-01"] = 60, ["2026-07-01"] = 65, astride = "start" }
grades {
  { "good", zh = "优秀",   en = "Excellent", from = 90 },
  { "pass", zh = "合格",   en = "Pass",      from = line },
  { "fail", zh = "不合格", en = "Fail",      from = 0 },
}

clause "第九条"
ceiling { ethics:is("C"), at_most = "pass", zh = "医德医风评定为中", en = "ethics found fair" }
ceiling { ethics:is("D"), at_most = "fail", zh = "医德医风评定为差", en = "ethics found poor" }
list { "talk", mood:is("unhappy"), purpose = "follow_up", zh = "多数患者不满意，须谈话", en = "most patients are dissatisfied: to be spoken to" }
