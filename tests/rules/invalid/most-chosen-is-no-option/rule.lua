scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
roles { "peer" }
items { { "letter", zh = "评价", en = "Letter", options = {
  { "A", zh = "优", en = "Good", points = 100 },
  { "B", zh = "差", en = "Poor", points = 50 } } } }
score { when(ballots "peer":item "letter":most_chosen { tie = "worse" }:is "C", 1, 0), round = half_up(2), zh = "得分", en = "Score" }
