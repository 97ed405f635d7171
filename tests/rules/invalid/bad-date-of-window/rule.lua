scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
kinds { { "fault", zh = "过错", en = "Fault" } }
local f = events "fault":between("2026-02-29", "2026-06-30")
score { 1, round = half_up(0), zh = "得分", en = "Score" }
