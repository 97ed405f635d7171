scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
roles { "peer", "leader", "public" }
items {
  { "virtue",   zh = "德", en = "Virtue", points = 40, roles = { "peer", "public" } },
  { "virtue-l", zh = "德", en = "Virtue of a leader", points = 60, roles = { "leader", "public" } },
}
score { ballots "peer":total():mean(), round = half_up(2), zh = "得分", en = "Score" }
