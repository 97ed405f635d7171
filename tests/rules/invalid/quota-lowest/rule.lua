scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades { { "good", from = 60, zh = "好", en = "Good" }, { "fair", from = 50, zh = "中", en = "Fair" }, { "poor", from = 0, zh = "差", en = "Poor" } }
clause "2"
quota { "poor", rate = 0.15, within = "unit", round = round_down(0), tie = "list", over = "next_grade", zh = "名额", en = "quota" }
