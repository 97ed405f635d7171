scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
items { { "opinion", zh = "意见", en = "Opinion", options = {
  { "A", zh = "满意", en = "Satisfied", points = 100 },
  { "F", zh = "不了解", en = "Unknown", points = 0, counted = false } } } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
