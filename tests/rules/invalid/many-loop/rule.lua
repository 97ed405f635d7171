scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local parts = {}
for i, kind in ipairs(kinds_of_fault) do parts[i] = events(kind):count() end
local all = sum(parts)
parts[months_in_pots] = 1
for i, part in ipairs { 1, 2, 3 } do step { months_in_post() / part, zh = "一", en = "One", tail = true } end
total = all * 2
score { total + all, round = half_up(0), zh = "得分", en = "Score" }
score { total:not_below(0), round = half_up(0), zh = "得分", en = "Score" }
