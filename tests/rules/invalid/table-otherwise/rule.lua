scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades { { "good", zh = "好", en = "Good", from = 90 }, { "fair", zh = "中", en = "Fair", from = 60 }, { "poor", zh = "差", en = "Poor", from = 0 } }
clause "3"
local w = by(grade(), { good = 1, fair = 2, poor = 3, otherwise = 4 })
