scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
step { months_in_post() ^ 2, zh = "平方", en = "Square" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
