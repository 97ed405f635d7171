scheme { id = "other", format = 1, title = { zh = "附件", en = "Annex" } }
clause "2"
step { months_in_post():rounding(half_up(0)), zh = "整月数", en = "Whole months" }
clause "3"
kinds { { "fault", zh = "过错" }, { "bonus", en = "Bonus" } }
