scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
items { { "opinion", zh = "意见", en = "Opinion", options = {
  { "satisfied", zh = "满意", en = "Satisfied", points = 100 },
  { "B", zh = "一般", en = "Fair", points = 70 } } } }
roles { "public" }
score { ballots "public":item "opinion":mean(), round = half_up(2), zh = "得分", en = "Score" }
