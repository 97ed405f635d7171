scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local share = param { "share", default = 0.6, min = 0, max = 0.5, zh = "权重", en = "weight" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
