scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
clause "3"
list { "rectify", months_in_post():less_than(6), purpose = "follow_up", zh = "整改", en = "Rectify" }
list { "rectify", months_in_post():less_than(3), purpose = "decision", zh = "研究", en = "Decide" }
