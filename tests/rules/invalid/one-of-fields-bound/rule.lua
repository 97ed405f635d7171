scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
kinds { { "fault", zh = "过错", en = "Fault" } }
local f = events "fault":only { points = { at_least = 1, at_most = 3 } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
