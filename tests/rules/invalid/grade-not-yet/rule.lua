scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
kinds { { "fault", zh = "过错", en = "Fault" } }
clause "7"
veto { events "fault":any(), bars = "good", zh = "否决", en = "Veto" }
