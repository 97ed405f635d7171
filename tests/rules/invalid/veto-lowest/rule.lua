scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
kinds { { "fault", zh = "过错", en = "Fault" } }
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades { { "good", zh = "好", en = "Good", from = 90 }, { "poor", zh = "差", en = "Poor", from = 0 } }
clause "7"
veto { events "fault":any(), bars = "poor", zh = "否决", en = "Veto" }
