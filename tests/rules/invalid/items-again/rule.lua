scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
items {
  { "quality", zh = "质量", en = "Quality", points = 60 },
  { "speed",   zh = "效率", en = "Speed",   points = 40 },
}
clause "2"
items { { "extra", zh = "附加", en = "Extra", points = 5 } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
