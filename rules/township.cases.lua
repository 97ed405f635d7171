-- Worked cases of township.lua. A ballot is { 目标任务, 承诺履行, 工作效率, 群众投诉情况, 临时性工作 }, each out of 100.

case "five equal items make 100 points, and the leader's points are the score" {
  -- (90 + 80 + 85 + 95 + 75) / 5 = 425 / 5 = 85
  clause = "二", leader = { { 90, 80, 85, 95, 75 } },
  expect = { status = "assessed", score = "85.00", grade = "", flags = "", reasons = "", rank = 1, figures = { ["主管领导评分"] = 85, ["各方评分"] = 85 } },
}

case "all that can be had is 100, and nothing is 0" {
  clause = "三", people = {
    { "a", leader = { { 100, 100, 100, 100, 100 } }, expect = { score = "100.00", flags = "" } },
    { "b", leader = { { 0, 0, 0, 0, 0 } }, expect = { score = "0.00", flags = "" } },
  },
}

case "the items weigh what the parameters say" {
  -- 0.4 × 90 + 0.3 × 80 + 0.2 × 70 + 0.1 × 60 + 0 × 10 = 36 + 24 + 14 + 6 = 80
  clause = "二", set = { goals_weight = 0.4, commitments_weight = 0.3, efficiency_weight = 0.2, complaints_weight = 0.1, ad_hoc_weight = 0 },
  leader = { { 90, 80, 70, 60, 10 } }, expect = { score = "80.00" },
}

case "the self-assessment and the group's ballots are for reference" {
  -- 本人 (95 × 5) / 5 = 95 and 考核组 70 are known and weigh 0; 领导 80
  clause = "四", self = { { 95, 95, 95, 95, 95 } }, leader = { { 80, 80, 80, 80, 80 } }, committee = { { 70, 70, 70, 70, 70 } },
  expect = { score = "80.00", figures = { ["本人自评"] = 95, ["考核组评分"] = 70 } },
}

case "all three sides count when the parameters say so" {
  -- 0.1 × 90 + 0.5 × 80 + 0.4 × 85 = 9 + 40 + 34 = 83
  clause = "四", set = { self_weight = 0.1, leader_weight = 0.5, committee_weight = 0.4 },
  self = { { 90, 90, 90, 90, 90 } }, leader = { { 80, 80, 80, 80, 80 } }, committee = { { 80, 80, 80, 80, 80 }, { 90, 90, 90, 90, 90 } },
  expect = { score = "83.00", figures = { ["考核组评分"] = 85 } },
}

case "a side that counts and did not rate leaves nothing to work out" {
  clause = "四", set = { self_weight = 0.2, leader_weight = 0.8 }, leader = { { 80, 80, 80, 80, 80 } },
  expect = { status = "incomplete", score = "" },
}

case "without the leader's ballot nothing is worked out" {
  clause = "四", self = { { 80, 80, 80, 80, 80 } }, expect = { status = "incomplete", score = "", missing = "领导" },
}

case "weights of the three sides that make 1.1 are refused" {
  clause = "四", set = { self_weight = 0.1 }, leader = { { 80, 80, 80, 80, 80 } }, refused = "rules.weights",
}

case "the group's decision takes the place of the score and stands among the reasons" {
  -- 领导 80, the group decides on 88.5
  clause = "四", leader = { { 80, 80, 80, 80, 80 } },
  events = { { "group-decision", points = 88.5, ref = "考核组纪要〔2026〕1号", note = "防汛抢险表现突出" } },
  expect = { score = "88.50", reasons = "考核组综合评定分", figures = { ["各方评分"] = 80 } },
}

case "the group may decide where the leader could not rate" {
  clause = "四", events = { { "group-decision", points = 75, note = "主管领导年中调离，未评分" } },
  expect = { status = "assessed", score = "75.00" },
}

case "the group's decision is 100 points at most" {
  clause = "四", people = {
    { "a", leader = { { 80, 80, 80, 80, 80 } }, events = { { "group-decision", points = 100 } }, expect = { score = "100.00" } },
    { "b", leader = { { 80, 80, 80, 80, 80 } }, events = { { "group-decision", points = 100.01 } }, expect = { status = "refused" } },
  },
}

case "the group decides once on a person" {
  clause = "四", leader = { { 80, 80, 80, 80, 80 } }, events = { { "group-decision", points = 82 }, { "group-decision", points = 84 } },
  expect = { status = "refused" },
}

case "the score is rounded once, half up" {
  -- 主管领导两人：(80.01 + 80.02) / 2 = 80.015 per item → 80.02
  clause = "三", leader = { { 80.01, 80.01, 80.01, 80.01, 80.01 }, { 80.02, 80.02, 80.02, 80.02, 80.02 } }, expect = { score = "80.02" },
}

case "who has more points stands before, and equals share a place" {
  clause = "五", people = {
    { "a", leader = { { 80, 80, 80, 80, 80 } }, expect = { rank = 2, flags = "tie" } },
    { "b", leader = { { 90, 90, 90, 90, 90 } }, expect = { rank = 1, flags = "" } },
    { "c", leader = { { 80, 80, 80, 80, 80 } }, expect = { rank = 2, flags = "tie" } },
    { "d", leader = { { 70, 70, 70, 70, 70 } }, expect = { rank = 4, flags = "" } },
  },
}
