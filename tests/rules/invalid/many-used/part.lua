scheme {
  id = "case", format = 1,
  title  = { zh = “方案”, en = "Scheme" },
  source = { zh = "文件"，en = "Paper" },
}
clause "1"
if months_in_post() >= 6 and true then
  score { 1, round = half_up(0), zh = "得分", en = "Score" }
elseif months_in_post() > 3 then
  score { 2, round = half_up(0), zh = "得分", en = "Score" }
end
local x = not true
step { 1 zh = "一", en = "One" }
