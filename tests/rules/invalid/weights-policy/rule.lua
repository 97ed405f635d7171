scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local m = months_in_post()
local x = weighted { { m, 0.5 }, { m, 0.5 }, missing = "skip" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
