scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
attributes { { "class", zh = "类别", en = "Class", text = true } }
local w = by(attribute "class", { ["甲"] = 1, ["乙"] = 2 })
score { w, round = half_up(0), zh = "得分", en = "Score" }
