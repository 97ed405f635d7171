scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "3"
local m = months_in_post()
local function w(x) return steps(x, { { from = 20, gives = 0.5 }, { from = 19, gives = 0.5 }, { from = 18, gives = 0.5 }, { from = 17, gives = 0.5 }, { from = 16, gives = 0.5 }, { from = 15, gives = 0.5 }, { from = 14, gives = 0.5 }, { from = 13, gives = 0.5 }, { from = 12, gives = 0.5 }, { from = 11, gives = 0.5 }, { from = 10, gives = 0.5 }, { from = 9, gives = 0.5 }, { from = 8, gives = 0.5 }, { from = 7, gives = 0.5 }, { from = 6, gives = 0.5 }, { from = 5, gives = 0.5 }, { from = 4, gives = 0.5 }, { from = 3, gives = 0.5 }, { from = 2, gives = 0.5 }, { from = 1, gives = 0.5 }, { otherwise = 0.5 } }) end
local x = weighted { { m, steps(m, { { from = 1, gives = w(m + 1) }, { otherwise = w(m + 2) } }) }, { m, w(m + 3) } }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
