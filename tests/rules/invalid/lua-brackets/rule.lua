scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
kinds { { "late", zh = "迟到", en = "Late" } }
step { events "late":count, zh = "迟到", en = "Late" }
step { 1, zh = "一", en = "One" }
score { 1, round = half_up(0), zh = "得分", en = "Score" }
