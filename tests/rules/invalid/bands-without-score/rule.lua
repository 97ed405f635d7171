scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "6"
grades { { "good", zh = "好", en = "Good", from = 90 }, { "poor", zh = "差", en = "Poor", from = 0 } }
