scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
kinds { { "post", zh = "任职", en = "In office" } }
score { events "post":points():mean { by = "years" }, round = half_up(2), zh = "得分", en = "Score" }
