scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
clause "3"
local w = by(months_in_post(), { good = 1, otherwise = 2 })
