scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local sum = months_in_post()
for i = 1, 10000 do sum = sum + months_in_post() end
score { 1, round = half_up(0), zh = "得分", en = "Score" }
