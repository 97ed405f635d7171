scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
step { months_in_pots(), zh = "在岗月数", en = "Months" }
use "part"
step { events "fault":count(), zh = "过错", en = "Faults" }
use "other"
score { 1, round = half_up(0), zh = "得分" }
