scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades { { "good", zh = "好", en = "Good", from = 90 }, { "fair", zh = "中", en = "Fair", from = 60 }, { "poor", zh = "差", en = "Poor", from = 0 } }
local m = months_in_post()
local x = weighted { { m, by(grade(), { good = 0.4, fair = 0.5, poor = 0.5 }) }, { m, by(grade(), { good = 0.6, otherwise = 0.6 }) } }
