scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
local part = step { months_in_post():rounded(half_up(1)), zh = "在岗", en = "In post" }
clause "3"
score { when(part:at_least(2), part, 0), not_below = 0, round = half_up(0), zh = "得分", en = "Score" }
