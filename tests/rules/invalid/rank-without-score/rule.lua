scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "6"
rank { within = "batch", zh = "排名", en = "Rank" }
