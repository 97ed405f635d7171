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
local r = half_up(1):standard_deviation()
score { ballots "peer":total():mean(), round = half_up(0), zh = "得分", en = "Score" }
