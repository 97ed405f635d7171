-- Ballots in all the ways they can be counted; rules/README.md takes examples from here.

scheme {
  id = "ballots", format = 1, subjects = "people",
  title  = { zh = "评分票示例", en = "Ballots by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items {
  { "work",    zh = "实绩", en = "Work", points = 100, invalid = "counted_apart" },
  { "conduct", zh = "作风", en = "Conduct", points = 50, invalid = "counted_apart" },
  { "opinion", zh = "总体评价", en = "Opinion", invalid = "counted_apart", options = {
      { "A", zh = "优秀",   en = "Excellent", points = 100 },
      { "B", zh = "称职",   en = "Competent", points = 80 },
      { "C", zh = "不称职", en = "Not competent", points = 0 },
      { "D", zh = "不了解", en = "Unknown", counted = false } } },
}
roles { "peer", "leader", "public" }

clause "2"
sheets { "peer", per = "ballot", complete = true, not_all_same = true, zh = "漏填或各项同比例的票", en = "blank or uniform ballots" }
sheets { "public", per = "rater", top = { option = "A", item = "opinion", share = 0.3 },
         zh = "优秀超过三成的", en = "more than three in ten excellent" }
sheets { "leader", per = "rater", top = { from = 95, item = "work", count = 3 }, zh = "高分超过三个的", en = "more than three at the top" }

clause "3"
local all     = ballots { "peer", "leader" }
local work    = step { all:item "work":mean { least = 2 }, zh = "实绩", en = "Work" }
local typical = step { all:item "work":median(), zh = "实绩中位数", en = "Typical work" }
local spread  = step { all:item "work":highest() - all:item "work":lowest(), zh = "分差", en = "Spread" }
local sum     = step { all:item "work":sum(), zh = "实绩合计", en = "Work in all" }
local fair    = step { all:item "work":trimmed { { from = 3, high = 1 }, { from = 10, share = 0.1 } }:sum(), zh = "去掉最高", en = "Without the top" }

clause "4"
local opinion = all:item "opinion"
local good    = step { opinion:share { "A", "B" }, zh = "优秀称职率", en = "Share of the competent" }
local bad     = step { opinion:chosen { "C" }, zh = "不称职票数", en = "Ballots not competent" }
local unknown = step { opinion:not_counted() + opinion:invalid() / 100, zh = "不计分", en = "Not counted" }

clause "5"
score { work, round = half_up(2), zh = "得分", en = "Score" }
exclude { good:less_than(0.5), unknown = "keep", zh = "优秀称职率不足一半", en = "fewer than half competent" }
