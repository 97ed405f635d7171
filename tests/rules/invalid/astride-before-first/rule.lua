scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
score { dated { ["2026-07-01"] = 5, astride = "start" }, round = half_up(2), zh = "得分", en = "Score" }
