scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local months = months_in_post()
score { weighted { { 0.5, months }, { months, 1 } }, round = half_up(2), zh = "得分", en = "Score" }
