scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
local peer = step { 1, zh = "群众评分", en = "Colleagues" }
if peer then step { 2, zh = "二", en = "Two" } end
score { 1, round = half_up(0), zh = "得分", en = "Score" }
