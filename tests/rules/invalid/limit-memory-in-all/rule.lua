scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
local text = "x"
for i = 1, 11 do text = text .. text end
for i = 1, 1000000000 do local garbage = text .. i end
score { 1, round = half_up(0), zh = "得分", en = "Score" }
