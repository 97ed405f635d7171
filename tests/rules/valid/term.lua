-- 市属企业负责人任期考核（示例）: a term of three years, steps against targets, categories with caps of their own.

scheme {
  id = "term", format = 1, subjects = "people", effective = "2022-01-01", astride = "start",
  title  = { zh = "企业负责人任期考核办法", en = "Review of a term of office" },
  source = { zh = "《市属企业负责人任期考核办法》（示例）", en = "Review of heads of municipal companies (an example)" },
}

clause "第四条"
measures {
  { "assets", zh = "国有资本保值增值率", en = "Growth of capital", target = 106, baseline = 100 },
  { "profit", zh = "任期利润完成率",     en = "Profit against the plan" },
}
kinds {
  { "patent",   zh = "发明专利", en = "Patent" },
  { "standard", zh = "主导标准", en = "Standard" },
  { "prize",    zh = "科技奖励", en = "Prize" },
  { "aid",      zh = "帮扶任务", en = "Aid to the poor" },
  { "rescue",   zh = "应急保供", en = "Supplies in an emergency" },
  { "accident", zh = "安全事故", en = "Accident" },
  { "discharge", zh = "环保事件", en = "Discharge" },
  { "post",     zh = "任职",     en = "Time in office" },
}

clause "第五条"
local growth = step { steps(measure "assets":value(), { { from = 106, gives = 50 }, { from = 103, gives = 40 }, { from = 100, gives = 30 }, { otherwise = 0 } }),
                      zh = "保值增值得分", en = "Points for growth" }
local profit = step { steps(measure "profit":value(), { { from = 110, gives = 50 }, { from = 100, gives = 45 }, { from = 80, gives = 20 }, { otherwise = 0 }, linear = true }),
                      zh = "利润得分", en = "Points for profit" }

clause "第六条"
-- 创新类：每种至多 3 分，合计至多 5 分；社会责任类合计至多 4 分；加分合计至多 8 分
local innovation = { "patent", "standard", "prize" }
local duty       = events { "aid", "rescue" }
local each_kind  = {}
for i, kind in ipairs(innovation) do each_kind[i] = events(kind):points():sum():not_above(3) end
local new    = step { sum(each_kind):not_above(5), zh = "创新类加分", en = "Points for innovation" }
local social = step { duty:points():sum():not_above(4), zh = "社会责任类加分", en = "Points for social duty" }
local bonus  = step { sum { new, social }:not_above(dated { ["2022-01-01"] = 8, ["2025-01-01"] = 10 }), zh = "加分合计", en = "Points in all", remark = true }
list { "model", all_of { events(innovation):count():at_least(3), duty:any() }, purpose = "honour", zh = "创新示范", en = "model of innovation" }

clause "第七条"
local harm = events { "accident", "discharge" }
local fine = step { harm:points():sum(), zh = "安全环保扣分", en = "Points off for harm", remark = true }

clause "第八条"
-- 任期未满的，按任职月数占任期的比例折算
local months = step { months_between(period_start(), period_end()), zh = "任期月数", en = "Months of the term" }
local served = step { events "post":months():not_above(months), zh = "任职月数", en = "Months in office" }
score { (growth + profit) * served / months + bonus - fine, not_below = 0, not_above = 110, round = half_up(2), zh = "任期得分", en = "Score of the term" }

clause "第九条"
grades {
  { "A", zh = "A 级", en = "A", from = 95 }, { "B", zh = "B 级", en = "B", from = 80 },
  { "C", zh = "C 级", en = "C", from = 60 }, { "D", zh = "D 级", en = "D", from = 0 },
}
ceiling { harm:only { points = { at_least = 5 } }:any(), at_most = "C", zh = "发生较大安全环保事件", en = "grave harm" }
