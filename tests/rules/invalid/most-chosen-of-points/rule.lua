scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
roles { "peer" }
items { { "a", zh = "甲", en = "A", points = 10 } }
score { when(ballots "peer":item "a":most_chosen { tie = "better" }:is "A", 1, 0), round = half_up(2), zh = "得分", en = "Score" }
