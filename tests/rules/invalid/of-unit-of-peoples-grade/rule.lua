scheme {
  id = "case", format = 1, units = "单位",
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
of "units"
clause "1"
score { months_in_post(), round = half_up(0), zh = "单位得分", en = "Score of the unit" }
grades { { "A", zh = "甲", en = "A", from = 1 }, { "B", zh = "乙", en = "B", from = 0 } }
of "people"
clause "2"
score { months_in_post(), round = half_up(0), zh = "得分", en = "Score" }
grades { { "good", zh = "好", en = "Good", from = 1 }, { "poor", zh = "差", en = "Poor", from = 0 } }
clause "3"
local share = step { by(of_unit(grade()), { A = 0.25, B = 0.2 }), zh = "比例", en = "Share" }
quota { "good", rate = share, within = "unit", round = round_down(0), tie = "list", over = "next_grade", zh = "限额", en = "Share of good" }
