scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local x = clamp(months_in_post(), 100, 0)
score { 1, round = half_up(0), zh = "得分", en = "Score" }
