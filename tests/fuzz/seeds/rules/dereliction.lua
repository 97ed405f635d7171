-- 失职追究制: what a verified dereliction does to the year's assessment. Brought into a scheme by `use "dereliction"`.

scheme {
  id = "dereliction", format = 1,
  title  = { zh = "失职追究制", en = "Accountability for dereliction" },
  source = { zh = "失职追究制", en = "Accountability for dereliction of duty" },
}

clause "4(二)"   -- 年终评先进时视为“一票否决”,不得评为当年年度考核优秀等次
kinds { { "veto", zh = "一票否决", en = "Veto" } }
veto { events "veto":any(), bars = "excellent", zh = "一票否决，不得评为优秀", en = "one veto: not to be graded excellent" }
