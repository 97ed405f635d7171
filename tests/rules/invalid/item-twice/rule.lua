scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
items {
  { "a", zh = "甲", en = "A", points = 60 },
  { "a", zh = "乙", en = "B", points = 40 },
}
roles { "peer" }
local peer = step { ballots "peer":total():mean(), zh = "群众评分", en = "Colleagues" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
