scheme {
  id = "case", format = 1, effective = "2026-07-01", astride = "start",
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
score { 1, round = half_up(2), zh = "得分", en = "Score" }
