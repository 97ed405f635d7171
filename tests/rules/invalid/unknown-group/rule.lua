scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
rank { within = "section", zh = "排名", en = "Rank" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
