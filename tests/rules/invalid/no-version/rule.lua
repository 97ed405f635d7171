scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local share = dated { ["2020-01-01"] = 0.5, ["2026-01-01"] = 0.6 }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
