-- Grades without bands: given by a matrix.

scheme {
  id = "matrix", format = 1, subjects = "people",
  title  = { zh = "矩阵示例", en = "A matrix by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items { { "work", zh = "工作", en = "Work", points = 100 } }
roles { "peer", "leader" }
local function letter(points)
  return steps(points, { { from = 90, gives = "A" }, { from = 60, gives = "B" }, { otherwise = "C" } })
end
local by_peers  = step { letter(ballots "peer":total():mean()),   zh = "群众档次", en = "Colleagues' letter" }
local by_leader = step { letter(ballots "leader":total():mean()), zh = "领导档次", en = "Leader's letter" }

clause "2"
grades {
  { "good", zh = "好",   en = "Good" },
  { "fair", zh = "一般", en = "Fair" },
  { "poor", zh = "差",   en = "Poor" },
}
grade_by {
  matrix { rows = by_peers, columns = by_leader,
    { "A", "A",          gives = grade "good" },
    { "A", { "B", "C" }, gives = grade "fair" },
    { "B", { "A", "B" }, gives = grade "fair" },
    otherwise = grade "poor",
  },
  zh = "按两方档次定等", en = "the grade by both letters",
}
