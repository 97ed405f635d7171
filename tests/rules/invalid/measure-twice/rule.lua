scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
measures { { "rate", zh = "办结率", en = "Rate" } }
measures { { "rate", zh = "办结率", en = "Rate" } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
