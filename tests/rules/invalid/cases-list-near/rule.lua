scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
items {
  { "quality", zh = "质量", en = "Quality", points = 60 },
  { "speed",   zh = "效率", en = "Speed",   points = 40 },
}
roles { "peer" }
kinds { { "fault", zh = "过错", en = "Fault" } }
local style = param { "style", choices = { "up", "down" }, default = "up", zh = "修约", en = "rounding" }
step { events "fault":points():sum(), zh = "扣分", en = "Points" }
score { ballots "peer":total():mean(), round = choose(style, { up = round_up(0), down = round_down(0) }), zh = "得分", en = "Score" }
list { "rectify", months_in_post():less_than(6), purpose = "follow_up", zh = "整改", en = "Rectify" }
