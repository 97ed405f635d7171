scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "5"
score { each(function(s) return 1 end, {}), round = half_up(2), zh = "得分", en = "Score" }
