scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local s = steps(months_in_post(), { { from = 10, gives = "a" }, { from = 5, gives = "b" }, { otherwise = "c" }, linear = true })
score { 1, round = half_up(0), zh = "得分", en = "Score" }
