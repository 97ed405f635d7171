-- 民主评议基层站所政风行风: representatives judge the stations of a street by ballot.

scheme {
  id = "democratic-review", format = 1, subjects = "units",
  title  = { zh = "民主评议基层站所政风行风", en = "Democratic review of grassroots stations" },
  source = { zh = "《街道政风行风活动实施方案》五、结果运用", en = "Plan of the street for the review of conduct, 5: use of the results" },
}

clause "五1"   -- 满意A(100分)、基本满意B(85分)、一般C(70分)、不满意D(55分)、不了解F,不计入总票数
items {
  { "opinion", zh = "评议意见", en = "Opinion", invalid = "counted_apart", options = {
      { "A", zh = "满意",     en = "Satisfied",           points = 100 },
      { "B", zh = "基本满意", en = "Basically satisfied", points = 85 },
      { "C", zh = "一般",     en = "Fair",                points = 70 },
      { "D", zh = "不满意",   en = "Dissatisfied",        points = 55 },
      { "F", zh = "不了解",   en = "Don't know",          counted = false } } },
}
roles { "public" }

clause "五2"   -- 四项总分相加除以总有效票数即为最终得分
local opinion = ballots "public":item "opinion"
step { opinion:count(),       zh = "有效票",   en = "Ballots counted" }
step { opinion:not_counted(), zh = "不了解票", en = "Ballots “don't know”" }
step { opinion:invalid(),     zh = "无效票",   en = "Invalid ballots", remark = true }
score { opinion:mean(), round = half_up(2), zh = "最终得分", en = "Final score" }
rank { within = "batch", zh = "全部单位排名", en = "Rank among all units" }
