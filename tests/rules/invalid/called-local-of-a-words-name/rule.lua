scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local rank = months_in_post()
score { rank, round = half_up(0), zh = "得分", en = "Score" }
rank { within = "batch", zh = "名次", en = "Rank" }
