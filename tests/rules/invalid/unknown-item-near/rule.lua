scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
items {
  { "quality", zh = "质量", en = "Quality", points = 60 },
  { "speed",   zh = "效率", en = "Speed",   points = 40 },
}
roles { "self", "peer" }
clause "2"
step { ballots "peer":item "qualty":mean(), zh = "一", en = "One" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
