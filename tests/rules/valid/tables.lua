-- Tables, weights, limits on grades, lists, refusals, versions by date and days; rules/README.md takes examples from here.

scheme {
  id = "tables", format = 1, subjects = "people", effective = "2020-01-01", expires = "2026-12-31",
  title  = { zh = "决策表示例", en = "Tables by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items { { "work", zh = "工作", en = "Work", points = 100 } }
roles { "peer", { "leader", signed = true } }
kinds {
  { "merit", zh = "业绩", en = "Merit" },
  { "fault", zh = "过错", en = "Fault" },
  { "leave", zh = "请假", en = "Leave" },
  { "grave", zh = "严重过错", en = "Grave fault" },
  { "award", zh = "表彰", en = "Award" },
  { "trial", zh = "立案审查", en = "Under investigation" },
}
local peer   = step { ballots "peer":total():mean(),   zh = "群众测评", en = "Colleagues" }
local leader = step { ballots "leader":total():mean(), zh = "领导评价", en = "Leader" }
local faults = step { events "fault":count(), zh = "过错次数", en = "Faults" }

clause "2"
local seniority = step { steps(months_in_post(), { { from = 36, gives = "senior" }, { otherwise = "junior" } }),
                         zh = "资历", en = "Seniority" }
local merit = step { steps(events "merit":amount():sum(), {
  { from = 100, gives = 10 }, { from = 90, gives = 8 }, { above = 80, gives = 5 }, { otherwise = 0 },
}), zh = "业绩加分", en = "Points for merit" }
local factor = step { by(seniority, { senior = 1, junior = 0.5 }), zh = "系数", en = "Factor" }
local extra = step { by(seniority, { { "senior", "junior", gives = 1 } }), zh = "基本加分", en = "Basic points" }

clause "3"
local blend = step { weighted {
  { peer,   by(seniority, { senior = 0.3, junior = 0.4 }) },
  { leader, by(seniority, { senior = 0.7, junior = 0.6 }) },
  missing = "reweight",
}, zh = "加权", en = "Weighted" }
local gap = step { abs(leader - peer):or_else(0):rounded(half_up(1)), zh = "测评差距", en = "Gap between them" }

clause "4"
local line  = dated { ["2020-01-01"] = 4, ["2026-01-01"] = 5 }
local bonus = step { clamp(sum { merit * factor, extra, 0.5 }, 0, 8), zh = "加分", en = "Points added" }
local fine  = step { least { faults * 2, line }, zh = "扣分", en = "Points taken" }
local worst = step { most { faults, events "leave":count() }, zh = "最多项次数", en = "The more frequent of both" }

clause "5"
local due   = step { period_start():plus_working_days(3), zh = "报送期限", en = "Day the plan is due" }
local month = step { period_start():plus_months(1), zh = "首月之后", en = "A month on" }
local week  = step { period_start():plus_days(7), zh = "首周之后", en = "A week on" }
local days  = step { working_days_between(day "2026-02-13", day "2026-02-24"), zh = "春节前后工作日", en = "Working days around Spring Festival" }
local all   = step { days_between(period_start(), period_end()), zh = "考核期天数", en = "Days of the period" }
local whole = step { months_between(period_start(), period_end()), zh = "考核期月数", en = "Months of the period" }
local reply = step { minutes_between(moment "2026-03-04 08:30", moment "2026-03-04 10:00"), zh = "答复用时", en = "Minutes to the reply" }
exclude { any_of { due:after(period_end()), week:not_before(month), month:after(period_end()), all:less_than(whole) },
          zh = "考核期过短", en = "the period is too short" }
refuse { all_of { days:exactly(2), reply:exactly(90), worst:more_than(20) }, zh = "过错次数异常", en = "an impossible number of faults" }

clause "6"
score { blend + bonus - fine, not_below = 0, round = half_up(1), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 },
  { "good",      zh = "良好", en = "Good",      from = 80 },
  { "fair",      zh = "一般", en = "Fair",      from = 60 },
  { "poor",      zh = "较差", en = "Poor",      from = 0 },
}
floor   { events "award":any(), at_least = "good", zh = "受表彰", en = "has an award" }
ceiling { gap:more_than(20), at_most = "fair", zh = "测评差距过大", en = "the two are too far apart" }
force   { events "grave":any(), is = "poor", zh = "严重过错", en = "a grave fault" }
no_grade { events "trial":any(), zh = "立案审查未结案", en = "under investigation" }

clause "7"
list { "rectify", faults:at_least(3), purpose = "follow_up", zh = "限期整改", en = "to mend their ways" }
list { "rectify", grade():exactly(grade "poor"), purpose = "follow_up", zh = "评为较差", en = "graded poor" }
