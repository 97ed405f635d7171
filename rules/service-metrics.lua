-- 政务服务指标: what approvals are to reach. Every measure has a target, a direction and the figure it began from; each is met or not.
-- A target or baseline that a row of the table of measures gives goes before the document's. A measure without a row does not count.

scheme {
  id = "service-metrics", format = 1, subjects = "units",
  title  = { zh = "政务服务指标", en = "Measures of government services" },
  source = { zh = "《政务公开政务服务工作要点》六、七；《区机关效能风暴行动实施方案》5；五星机关创建 服务 4",
             en = "Key points of open government and services, 6 and 7; plan of the efficiency storm, 5; five-star office, service 4" },
}

clause "要点六"   -- 确保90%以上行政审批项目进政务服务中心
measures { { "at-centre", zh = "进中心审批项目比例(%)", en = "Approval items at the centre (%)", target = 90, optional = true } }
local at_centre     = step { measure "at-centre":value(), zh = "进中心审批项目比例", en = "Approval items at the centre" }
local at_centre_met = step { measure "at-centre":met(), zh = "进中心审批项目比例达标", en = "Items at the centre: met" }
list { "at-centre-missed", unless(at_centre_met), purpose = "follow_up", zh = "进中心审批项目比例未达标", en = "too few approval items at the centre" }

clause "要点七"   -- 即办率由19%提高到35%,即办件比例45%提高到81%以上,承诺件平均办结时限由5个工作日压缩到3.2个工作日之内
measures {
  { "same-day",    zh = "即办率(%)",     en = "Same-day share (%)",          baseline = 19, target = 35, optional = true },
  { "on-the-spot", zh = "即办件比例(%)", en = "Items done on the spot (%)",  baseline = 45, target = 81, optional = true },
  { "days",        zh = "承诺件平均办结工作日", en = "Mean working days of committed items",
    baseline = 5, target = 3.2, lower_is_better = true, optional = true },   -- 公示期除外
}
local same_day_met = step { measure "same-day":met(),    zh = "即办率达标",           en = "Same-day share: met" }
local same_day_way = step { measure "same-day":way(),    zh = "即办率提高进度",       en = "Same-day share: part of the way" }
local spot_met     = step { measure "on-the-spot":met(), zh = "即办件比例达标",       en = "Items on the spot: met" }
local spot_way     = step { measure "on-the-spot":way(), zh = "即办件比例提高进度",   en = "Items on the spot: part of the way" }
local days_met     = step { measure "days":met(),        zh = "平均办结时限达标",     en = "Mean working days: met" }
local days_way     = step { measure "days":way(),        zh = "平均办结时限压缩进度", en = "Mean working days: part of the way" }
list { "same-day-missed", unless(same_day_met), purpose = "follow_up", zh = "即办率未达标", en = "same-day share below its target" }
list { "on-the-spot-missed", unless(spot_met), purpose = "follow_up", zh = "即办件比例未达标", en = "too few items done on the spot" }
list { "days-missed", unless(days_met), purpose = "follow_up", zh = "承诺件平均办结时限未达标", en = "committed items take too long" }

clause "风暴方案5"   -- 办理时限在原承诺时限的基础上再压缩30%; 五星机关创建: 在去年基础上压缩30%以上
measures { { "promised", zh = "承诺办理时限(工作日)", en = "Promised time (working days)", lower_is_better = true, optional = true } }
local before    = measure "promised":baseline()   -- 原承诺时限
local limit     = step { measure "promised":target():or_else(before * (1 - 0.30)), zh = "压缩后的时限", en = "Time to be promised" }
local promised  = measure "promised":value()
local limit_met = step { promised:at_most(limit), zh = "承诺时限压缩达标", en = "Promised time: met" }
local limit_way = step { when(before:exactly(limit), when(limit_met, 1, 0), (before - promised) / (before - limit)),
                         zh = "承诺时限压缩进度", en = "Promised time: part of the way" }
list { "promised-missed", unless(limit_met), purpose = "follow_up", zh = "承诺时限压缩未达标", en = "the promised time is not cut enough" }

clause "要点十二"   -- 强化监督考核,建立科学合理、公开透明的政务服务工作考核评价机制; 文件未规定记分方法
local share = step { weighted {
  { when(at_centre_met, 100, 0), 0.2 }, { when(same_day_met, 100, 0), 0.2 }, { when(spot_met, 100, 0), 0.2 },
  { when(days_met, 100, 0), 0.2 }, { when(limit_met, 100, 0), 0.2 }, missing = "reweight",
}, zh = "指标达标率(%)", en = "Share of the measures met (%)" }
local way = step { 100 * weighted {
  { clamp(same_day_way, 0, 1), 0.25 }, { clamp(spot_way, 0, 1), 0.25 }, { clamp(days_way, 0, 1), 0.25 }, { clamp(limit_way, 0, 1), 0.25 },
  missing = "reweight",
}, zh = "平均进度(%)", en = "Mean part of the way (%)" }
local method = param { "points", choices = { { "met", zh = "达标计分", en = "whether it is met" }, { "way", zh = "按完成程度计分", en = "how far it came" } }, default = "met",
                       zh = "得分办法（文件未规定）：met 为指标达标率，way 为平均进度",
                       en = "what the score is, which the document leaves open: met, the share of the measures met; way, the mean part of the way" }
local score_ = score { choose(method, { met = share, way = way }), round = half_up(2), zh = "指标得分", en = "Points for the measures" }
list { "all-met", share:exactly(100), purpose = "honour", zh = "各项指标全部达标", en = "all measures met" }
rank { within = "batch", by = { score_, way:or_else(0) }, zh = "全部单位排名，同分看平均进度", en = "Rank among all units; equal scores by the part of the way" }
