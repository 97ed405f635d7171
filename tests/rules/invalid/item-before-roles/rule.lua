scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "五2"
items {
  { "virtue", zh = "德", en = "Virtue", points = 40 },
  { "skill",  zh = "能", en = "Skill",  points = 60, roles = { "leader" } },
}
roles { "peer", "leader" }
score { ballots "peer":total():mean(), round = half_up(2), zh = "得分", en = "Score" }
