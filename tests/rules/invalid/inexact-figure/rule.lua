scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
score { months_in_post() * (1 / 3), round = half_up(2), zh = "得分", en = "Score" }
