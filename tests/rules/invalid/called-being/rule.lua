scheme {
  id = "case", format = 1,
  called = { people = { "persons", zh = "人员", en = "people" } },
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
score { 1, round = half_up(0), zh = "得分", en = "Score" }
