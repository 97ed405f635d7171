scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" }, units = "单位" }
clause "1"
of "person"
score { 1, round = half_up(0), zh = "得分", en = "Score" }
