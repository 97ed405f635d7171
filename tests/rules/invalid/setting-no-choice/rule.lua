scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
local style = param { "style", choices = { "up", "down" }, default = "up", zh = "修约", en = "rounding" }
score { 1, round = choose(style, { up = round_up(0), down = round_down(0) }), zh = "得分", en = "Score" }
