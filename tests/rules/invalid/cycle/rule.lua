scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
score { 1, round = half_up(0), zh = "得分", en = "Score" }
clause "9"
exclude { across { months_in_post(), within = "batch" }:mean():more_than(6), zh = "普遍在岗久", en = "all long in post" }
