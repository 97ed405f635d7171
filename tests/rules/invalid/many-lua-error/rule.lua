scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local turns = months()
for i = 1, turns do step { i, zh = "一", en = "One" } end
score { 1, round = half_up(0), zh = "得分", en = "Score" }
