-- The worked cases of hall.lua.

case "the weights of clause two" {
  -- 0.3 × 80 + 0.3 × 90 + 0.4 × 95 = 89
  clause = "二", peer = { { 30, 50 } }, client = { { 36, 54 } }, leader = { { 38, 57 } },
  expect = { score = "89.00", grade = "good", figures = { ["综合评分"] = 89 } },
}

case "at most ten points are deducted" {
  -- 6 × 2 + 1 × 0.5 = 12.5, at most 10; 89 − 10 = 79; five and more go on the list
  clause = "三", peer = { { 30, 50 } }, client = { { 36, 54 } }, leader = { { 38, 57 } },
  events = { { "complaint" }, { "complaint" }, { "complaint" }, { "complaint" }, { "complaint" }, { "complaint" }, { "late" } },
  expect = { score = "79.00", figures = { ["扣分"] = 10 }, lists = { "improve" } },
}

case "without a ballot of the clients nothing is worked out" {
  clause = "二", peer = { { 30, 50 } }, leader = { { 38, 57 } }, expect = { status = "incomplete", missing = "服务对象" },
}

case "two of ten may be excellent, and a sanction bars it" {
  -- 10 × 0.2 = 2: a and b; c is moved down, d is barred before the quota looks
  clause = "六", people = {
    { "a", peer = { { 40, 60 } }, client = { { 40, 60 } }, leader = { { 40, 60 } }, expect = { grade = "excellent", rank = 1 } },
    { "b", peer = { { 40, 58 } }, client = { { 40, 58 } }, leader = { { 40, 58 } }, expect = { grade = "excellent", rank = 3 } },
    { "c", peer = { { 40, 55 } }, client = { { 40, 55 } }, leader = { { 40, 55 } }, expect = { grade = "good", flags = "quota" } },
    { "d", peer = { { 40, 59 } }, client = { { 40, 59 } }, leader = { { 40, 59 } }, events = { { "sanction" } },
      expect = { grade = "good", flags = "veto" } },
    { "e", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
    { "f", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
    { "g", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
    { "h", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
    { "i", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
    { "j", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { grade = "good" } },
  },
}

case "more than six months of leave, or new in post" {
  clause = "七", people = {
    { "a", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } },
      events = { { "leave", from = "2026-01-01", to = "2026-07-02" } }, expect = { status = "excluded" } },
    { "b", start = "2026-10-02", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { status = "excluded" } },
    { "c", start = "2026-10-01", peer = { { 30, 50 } }, client = { { 30, 50 } }, leader = { { 30, 50 } }, expect = { status = "assessed" } },
  },
}
