scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
attributes {
  { "a", zh = "甲", en = "A", words = { { "yes", zh = "是", en = "yes" } } },
  { "b", zh = "乙", en = "B", words = { { "yes", zh = "对", en = "right" } } },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
