scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
attributes { { "start", zh = "到岗", en = "Start", text = true } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
