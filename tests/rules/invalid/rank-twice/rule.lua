scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
rank { within = "batch", zh = "排名", en = "Rank" }
clause "8"
rank { within = "batch", zh = "名次", en = "Place" }
