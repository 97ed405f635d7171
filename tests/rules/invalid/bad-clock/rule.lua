scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local d = period_end():at "9:30"
score { 1, round = half_up(0), zh = "得分", en = "Score" }
