scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
attributes { { "rank", zh = "职级", en = "Rank", words = { "处级", "科级", "其他" } } }
local w = by(attribute "rank", { ["处级"] = 1, ["其他"] = 2 })
score { w, round = half_up(0), zh = "得分", en = "Score" }
