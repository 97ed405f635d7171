scheme { id = "x", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件", en = "Paper" } }
clause "1"
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 90 },
  { "basic", zh = "基本称职", en = "Basic", from = 0 },
}
step { past_years():in_a_row { "excelent" }, zh = "字", en = "word" }
