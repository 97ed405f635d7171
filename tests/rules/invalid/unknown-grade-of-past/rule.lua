scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
step { past_years { 3 }:count { "excellent" }, zh = "字", en = "word" }
step { when(past { year = -1 }:grade():is("good"), 1, 0), zh = "字", en = "word" }
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 },
  { "basic", zh = "基本称职", en = "Basic", from = 0 },
}
