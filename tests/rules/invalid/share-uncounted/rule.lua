scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
items { { "opinion", zh = "意见", en = "Opinion", options = {
  { "good", zh = "好", en = "Good", points = 100 },
  { "fair", zh = "一般", en = "Fair", points = 70 },
  { "none", zh = "不了解", en = "Unknown", counted = false } } } }
roles { "public" }
clause "2"
step { ballots "public":item "opinion":share { "good", "none" }, zh = "一", en = "One" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
