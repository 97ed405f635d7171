scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
items { { "work", zh = "工作", en = "Work", points = 100 } }
roles { "peer" }
local peer = ballots "peer":total():mean()
clause "5"
score { peer, round = half_up(0), zh = "得分", en = "Score" }
clause "6"
grades { { "good", zh = "好", en = "Good", from = 90 }, { "fair", zh = "中", en = "Fair", from = 89.5 }, { "poor", zh = "差", en = "Poor", from = 0 } }
