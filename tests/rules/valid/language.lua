-- Every word of the rule language once; rules/README.md takes its examples from here and from rules/.

scheme {
  id = "language", format = 1, subjects = "people", effective = "2020-01-01",
  title  = { zh = "语言示例", en = "The language by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items {
  { "quality", zh = "质量", en = "Quality", points = 60 },
  { "speed",   zh = "效率", en = "Speed",   points = 40 },
  total = 100,
}
roles { { "peer", announced = true }, { "leader", signed = true }, { "client", zh = "服务对象", en = "Clients" } }

sheets { "peer", "client", per = "rater", complete = true, not_all_same = true, top = { from = 90, share = 0.3 },
         zh = "须填写完整，不得全部同分，90 分以上不得超过 30%", en = "complete, not all alike, at most 30 % from 90" }

clause "2"
kinds {
  { "bonus", zh = "加分", en = "Bonus" },
  { "fault", zh = "过错", en = "Fault" },
  { "trip",  zh = "出差", en = "Trip" },
}
local share  = param { "client_share", default = 0.2, min = 0, max = 0.5, zh = "服务对象权重", en = "weight of the clients" }
local style  = param { "rounding", choices = { "up", { "down", zh = "舍去", en = "downwards" }, "even", "half" }, default = "even", zh = "修约", en = "rounding" }

clause "3"
local peer    = step { ballots "peer":total():mean(),             zh = "同事评分", en = "Colleagues" }
local leader  = step { ballots "leader":total():mean(),           zh = "领导评分", en = "Leader" }
local clients = step { ballots "client":item "speed":mean():or_else(0), zh = "服务对象评分", en = "Clients" }
local voters  = step { ballots "peer":total():count(),            zh = "同事票数", en = "Colleagues' ballots" }
local blend   = step { weighted { { peer, 0.3 }, { leader, 0.7 } }, zh = "加权", en = "Weighted" }
local best = step { across { peer, within = "unit", among = peer:at_least(1) }:highest(), zh = "本单位最高", en = "Best of the unit" }
local tenth = half_up(1)
local odd = step { each(function(s) if s.p > 90 then return rounded(s.p / s.n, tenth) end return 0 end, { p = peer, n = voters + 1 }),
                   zh = "特别加分", en = "Special points" }
local same = each(function(s) if eq(s.p, 90) then return 1 end return 0 end, { p = peer })
local middle  = step { ballots { "peer", "client" }:item "quality":trimmed { { from = 5, drop = 1 }, { from = 20, drop = 2 } }:mean { least = 3 },
                       zh = "质量（去掉最高最低）", en = "Quality, ends cut off" }
local extra   = step { clients * share / 2 - -1, zh = "服务加分", en = "Service points" }

clause "4"
local bonus  = step { events "bonus":points():sum():not_above(5), zh = "加分", en = "Bonus", remark = true }
local faults = step { events { "fault" }:count(),                 zh = "过错次数", en = "Faults" }
local shared = step { events { "fault" }:as_liable():count(),     zh = "连带过错", en = "Faults as the one liable" }
local miles  = step { events "trip":amount():sum(),               zh = "出差天数", en = "Days of trips" }
local travel = step { events "trip":months():not_below(0),        zh = "出差月数", en = "Months of trips" }
local fine   = step { when(faults:at_least(2), 3, 0), zh = "过错扣分", en = "Points for faults", remark = true }

clause "5"
exclude { all_of { travel:more_than(9), miles:at_least(200) }, zh = "长期出差", en = "away on trips" }
exclude { any_of { faults:exactly(9), unless(months_in_post():more_than(2)) }, unknown = "keep",
          zh = "过错九次或到岗不久", en = "nine faults, or new in post" }

clause "6"
score { blend + extra + bonus - fine - shared, not_below = 0, not_above = 120,
        round = choose(style, { up = round_up(1), down = round_down(1), even = half_even(1), half = half_up { to = 0.5 } }),
        zh = "得分", en = "Score" }
grades {
  { "pass", zh = "合格",   en = "Pass", from = 60 },
  { "fail", zh = "不合格", en = "Fail", from = 0, printed_to = 59 },
}
veto { any_of { voters:less_than(1), voters:at_most(0) }, bars = "pass", zh = "没有同事评分", en = "no colleague's ballot" }
rank { within = "batch", zh = "排名", en = "Rank" }
