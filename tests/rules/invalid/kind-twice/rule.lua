scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
kinds { { "fault", zh = "过错", en = "Fault" } }
clause "2"
kinds { { "fault", zh = "过失", en = "Mistake" } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
