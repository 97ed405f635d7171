scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
attributes { { "rank", zh = "职级", en = "Rank", words = { "处级", "科级" } } }
attributes { { "rank", zh = "职级", en = "Rank", words = { "处级", "科级" } } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
