scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
step { 1, remark = "yes", zh = "一", en = "One" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
