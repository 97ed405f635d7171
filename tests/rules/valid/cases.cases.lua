-- Everything that a case may say and expect.

case "attributes, measures and what happened go in; figures and reasons come out" {
  -- from 19 to 30 and reached 35: the whole way and more, at most 10 points; 0.4 × 80 + 0.6 × 90 + 10 − 3 = 93
  clause = "3", name = "赵一", unit = "办公室", post = "科长", rank = "科级", age = 45, received = "2026-03-04",
  peer = { { 80 } }, leader = { { 90 } },
  measures = { { "same-day", value = 35, target = 30, baseline = 19 } },
  events = { { "fault", points = 3, ref = "通报〔2026〕7号", note = "材料退回" } },
  expect = { score = "93.00", reasons = "扣分：3", figures = { ["办结加分"] = 10, ["逾期报送"] = true, ["群众测评"] = "80" }, lists = {} },
}

case "a mean that does not end is written as a fraction" {
  -- (80 + 81 + 92) / 3 = 253/3
  clause = "2", peer = { { 80 }, { 81 }, { 92 } }, leader = { { 90 } }, expect = { figures = { Colleagues = "253/3" } },
}

case "late, and of that rank" {
  -- 95 is excellent; the ceiling holds it at competent
  clause = "4", rank = "处级", received = "2026-03-02", peer = { { 95 } }, leader = { { 95 } },
  expect = { score = "95.00", grade = "competent", reasons = "late, of that rank", figures = { ["逾期报送"] = true } },
}

case "who rates all alike is not counted" {
  clause = "2", people = {
    { "a", peer = { { 80, by = "r1" }, { 90, by = "r2" } }, leader = { { 90 } }, expect = { figures = { Colleagues = 90 } } },
    { "b", peer = { { 80, by = "r1" }, { 70, by = "r2" } }, leader = { { 90 } }, expect = { figures = { Colleagues = 70 } } },
  },
}

case "one rater rates each subject once" {
  clause = "2", refused = "input.ballot_twice", peer = { { 80, by = "r1" }, { 90, by = "r1" } },
}

case "without the leader's ballot nothing is worked out" {
  clause = "4", peer = { { 80 } }, expect = { status = "incomplete", missing = "leader" },
}

case "five points and a bad year before put somebody on both lists" {
  clause = "5", peer = { { 80 } }, leader = { { 90 } }, events = { { "fault", points = 5 } },
  history = { { "2025", grade = "failed", score = 55 }, { "2024", grade = "competent", score = 80 } },
  expect = { lists = { "rectify", "again" } },
}

case "over age" {
  clause = "5", age = 61, peer = { { 80 } }, leader = { { 90 } }, expect = { status = "excluded" },
}

case "units have their own score" {
  clause = "6",
  units  = { { "办公室", measures = { { "same-day", value = 96.25, target = 90 } }, expect = { score = "96.3" } } },
  people = { { "a", unit = "办公室", peer = { { 80 } }, leader = { { 90 } }, expect = { score = "86.00" } } },
}

case "a period before the regulation is refused" {
  clause = "1", period = "2019", refused = "2020-01-01",
}
