scheme {
  id = "case", format = 1, effective = "2020-01-01", expires = "2019-12-31",
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
