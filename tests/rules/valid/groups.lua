-- Ranks, quotas and selection; rules/README.md takes its examples from here.

scheme {
  id = "groups", format = 1, subjects = "people",
  title  = { zh = "名额示例", en = "Quotas by example" },
  source = { zh = "示例", en = "An example" },
}

clause "1"
items { { "work", zh = "工作", en = "Work", points = 100 } }
roles { "peer", "leader" }
kinds {
  { "award", zh = "奖励", en = "Award" },
  { "head",  zh = "领导职务", en = "Head of the unit" },
}
local seed = param { "seed", default = 20260101, min = 0, max = 99999999, zh = "抽签种子", en = "seed of the draw" }

clause "2"
local peer   = step { ballots "peer":total():mean(), zh = "群众评分", en = "Colleagues" }
local leader = step { ballots "leader":total():mean(), zh = "领导评分", en = "Leader" }
local awards = events "award":count()
local head   = events "head":any()
local best   = across { peer, within = "unit" }:highest()
local score_ = score { peer, round = half_up(2), zh = "得分", en = "Score" }
local relative = step { peer / best * 100, zh = "与本单位最高分之比", en = "Points relative to the best of the unit" }

clause "3"
local standing = across { score_, within = "batch" }
local ahead    = step { standing:top_share(), zh = "位次比例", en = "Share of the cohort up to the place" }
local behind   = step { standing:place_from_low(), zh = "倒数位次", en = "Place from the low end" }
local known    = step { across { leader:at_least(60), within = "unit" }:share(), zh = "本单位及格比例", en = "Share of the unit with 60 or more" }

clause "4"
grades {
  { "excellent",   zh = "优秀",     en = "Excellent",   from = 90 },
  { "competent",   zh = "称职",     en = "Competent",   from = 70 },
  { "basic",       zh = "基本称职", en = "Basic",       from = 60 },
  { "incompetent", zh = "不称职",   en = "Incompetent", from = 0 },
}
veto { last { 1, by = { leader }, within = "batch", among = leader:less_than(50), ties = "all_out" }, bars = "excellent",
       zh = "领导评分最低", en = "lowest by the leader" }

clause "5"
quota { "excellent", rate = 0.15, within = "unit", among = unless(head), round = round_down(0), at_least = 1,
        minimum_base = 7, pool = "batch", order = { score_, leader, { awards, low_first = false } },
        tie = "list", over = "next_grade", zh = "优秀比例不超过15%", en = "at most 15% excellent" }
quota { { "excellent", "competent" }, rate = 0.9, within = "batch", base = takes_part(), round = half_up(0),
        tie = "all_in", over = "list", zh = "称职以上不超过90%", en = "at most 90% competent or better" }
quota { "basic", number = 1, within = "batch", limit = "at_least", zh = "基本称职以下至少1人", en = "at least one basic or worse" }

clause "6"
rank { within = "unit", by = { score_, leader }, zh = "本单位排名", en = "Rank in the unit" }

clause "7"
local first = step { top { 3, within = "batch", ties = "all_in" }, zh = "前三名", en = "Among the first three" }
local drawn = step { draw { 2, seed = seed, within = "batch" }, zh = "抽中复核", en = "Drawn for a review" }
