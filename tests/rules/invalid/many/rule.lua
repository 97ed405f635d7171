scheme { id = "many", format = 1, title = { zh = "方案", en = "Scheme" }, source = { zh = "文件" } }
items { { "quality", zh = "质量", en = "Quality", points = 60 }, { "speed", zh = "效率", pints = 40 } }
roles { "peer", "ledaer", "self" }
kinds { { "fault", zh = "过错", en = "Fault" }, { "bonus", zh = "加分", en = "Bonus" }, { "idle", zh = "空", en = "Idle" } }
attributes { { "rank", zh = "职级", en = "Rank", words = { "a", "b" } } }
clause "2"
local peer = ballots "peer":total():maen()
local lead = ballots "leader":total():mean()
local f = events "fualt":count()
local ok = step { events "bonus":count(), zh = "加分", en = "Bonus" }
local b = step { bonuss * 2, zh = "x", en = "y" }
clause "3"
score { 0.4 * peer + 0.6 * lead - f, not_belw = 0, round = half_up(2), zh = "得分", en = "Score" }
clause "六"
grades { { "excellent", zh = "优秀", en = "e", from = 90 }, { "competent", zh = "称职", en = "c", from = 95 }, { "poor", zh = "差", en = "p", from = 10 } }
veto { attribute "rnak":is "a", bars = "excelent", zh = "否", en = "veto" }
rank { within = "rnak", zh = "名次", en = "Rank" }
local w = step { weighted { { ok, 0.5 }, { peer, 0.6 } }, zh = "权", en = "w" }
x = 5
local y = x + 1
for _, k in ipairs(lost) do step { k, zh = "a", en = "b" } end
