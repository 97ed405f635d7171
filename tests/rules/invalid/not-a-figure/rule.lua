scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
score { months_in_post() * "forty per cent", round = half_up(2), zh = "得分", en = "Score" }
