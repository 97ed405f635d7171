scheme {
  id = "case", format = 1, expires = "2026-06-30",
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
