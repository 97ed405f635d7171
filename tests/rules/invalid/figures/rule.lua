scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local x = least { months_in_post() }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
