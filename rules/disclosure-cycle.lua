-- 月报告、季通报、年考核: the results of the months, quarters and half-years, folded into the year's score for open government.
-- They come from the table history: 2026-01 … 2026-12, 2026Q1 … 2026Q4, 2026H1, 2026H2. The period is the year.

scheme {
  id = "disclosure-cycle", format = 1, subjects = "units",
  title  = { zh = "政务公开月报告、季通报、年考核", en = "Open government by month, quarter and year" },
  source = { zh = "《机关标准化建设方案》篇三(四)加强监督评价；《街道政务公开工作方案》第二篇六(三)、第一篇六2",
             en = "Plan for standard offices, part 3 (4): supervision; plans of a street for open government, part 2 6(3) and part 1 6.2" },
}

clause "篇三(四)"   -- 建立健全“月报告、季通报、年考核”长效机制
local missing = param { "missing", choices = { { "incomplete", zh = "列为资料不全", en = "incomplete" }, { "reweight", zh = "权重归其余各项", en = "the others take the weight" } }, default = "incomplete",
                        zh = "缺某期结果时列为资料不全，或由其余各期分担其权重（文件未规定，取前者）",
                        en = "a missing period leaves the year incomplete, or the others share its weight (the document is silent: incomplete)" }
local function mean_of(periods, count)   -- every period of a kind counts the same
  local scores, weights = {}, { total = count, missing = "reweight" }
  for place, period in ipairs(periods) do
    scores[place]  = past(period):score()
    weights[place] = { past(period):score(), 1 }
  end
  return choose(missing, { incomplete = sum(scores), reweight = weighted(weights) }) / count
end

clause "第二篇六(三)"   -- 实施日巡网、月通报、季点评、年总评
kinds { { "finding", zh = "巡网问题", en = "Findings of the daily look" } }
step { events "finding":in_period():count(), zh = "日巡网发现问题", en = "Found by the daily look", remark = true }
local month_list, quarter_list = { "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12" }, { "Q1", "Q2", "Q3", "Q4" }
local months   = step { mean_of(month_list, 12),  zh = "月通报平均分", en = "Mean of the months" }
local quarters = step { mean_of(quarter_list, 4), zh = "季点评平均分", en = "Mean of the quarters" }

clause "第一篇六2"   -- 每月抽查一次,半年进行集中检查
local half_list = { "H1", "H2" }
local halves = step { mean_of(half_list, 2), zh = "半年集中检查平均分", en = "Mean of the half-years" }

clause "篇三(四)"   -- 评价年度政务公开工作成效:监督检查、评价打分
items { { "review", zh = "年度评价", en = "Review of the year", points = 100 } }
roles { { "committee", signed = true } }
local yearly = step { ballots "committee":item "review":mean(), zh = "年总评分", en = "Points of the year's review" }

clause "第一篇六2"   -- 督查结果予以通报,纳入年终综合考核成绩
local month_weight   = param { "month_weight", default = 0.25, min = 0, max = 1,
                               zh = "月通报权重（文件未规定，四类相等）", en = "weight of the months (the document is silent: all four equal)" }
local quarter_weight = param { "quarter_weight", default = 0.25, min = 0, max = 1,
                               zh = "季点评权重（文件未规定，四类相等）", en = "weight of the quarters (silent: equal)" }
local half_weight    = param { "half_weight", default = 0.25, min = 0, max = 1,
                               zh = "半年集中检查权重（文件未规定，四类相等）", en = "weight of the half-yearly checks (silent: equal)" }
local year_weight    = param { "year_weight", default = 0.25, min = 0, max = 1,
                               zh = "年总评权重（文件未规定，四类相等）", en = "weight of the yearly review (silent: equal)" }
local function year(policy)
  return weighted { { months, month_weight }, { quarters, quarter_weight }, { halves, half_weight }, { yearly, year_weight }, missing = policy }
end
score { choose(missing, { incomplete = year "incomplete", reweight = year "reweight" }), round = half_up(2), zh = "年度得分", en = "Score of the year" }
rank { within = "batch", zh = "全部单位排名", en = "Rank among all units" }

-- Every missing period is named: of those who are incomplete anyway, of the others here.
local kinds_of_periods = {
  { weight = month_weight, periods = {
      { "M01", "1月", "January" }, { "M02", "2月", "February" }, { "M03", "3月", "March" },      { "M04", "4月", "April" },
      { "M05", "5月", "May" },     { "M06", "6月", "June" },     { "M07", "7月", "July" },       { "M08", "8月", "August" },
      { "M09", "9月", "September" }, { "M10", "10月", "October" }, { "M11", "11月", "November" }, { "M12", "12月", "December" } } },
  { weight = quarter_weight, periods = {
      { "Q1", "第1季度", "the first quarter" }, { "Q2", "第2季度", "the second quarter" },
      { "Q3", "第3季度", "the third quarter" }, { "Q4", "第4季度", "the fourth quarter" } } },
  { weight = half_weight, periods = { { "H1", "上半年", "the first half" }, { "H2", "下半年", "the second half" } } },
}
local function absent(period) return unless(past(period[1]):score():known()) end
local function any_absent(kind)
  local gaps = {}
  for place, period in ipairs(kind.periods) do gaps[place] = absent(period) end
  return all_of { kind.weight:more_than(0), any_of(gaps) }
end
local gaps = {}
for place, kind in ipairs(kinds_of_periods) do gaps[place] = any_absent(kind) end
list { "gap", any_of(gaps), purpose = "follow_up", zh = "各期结果不全", en = "periods are missing" }
for _, kind in ipairs(choose(missing, { incomplete = {}, reweight = kinds_of_periods })) do
  for _, period in ipairs(kind.periods) do
    list { "gap", all_of { kind.weight:more_than(0), absent(period) }, purpose = "follow_up",
           zh = "缺" .. period[2] .. "结果", en = "no result of " .. period[3] }
  end
end

clause "篇三(四)"   -- 每年选择3~5家基层部门单位开展进驻式评估
local number = param { "drawn", choices = { "3", "4", "5" }, default = "3", zh = "进驻式评估家数（3~5家）",
                       en = "units drawn for an in-depth review (3 to 5)" }
local seed   = param { "seed", default = 1, min = 0, max = 99999999,
                       zh = "抽签种子，抽签前公布（文件未规定如何选择，取公开抽签）",
                       en = "seed of the draw, made known before it (the document is silent on how to choose: by lot)" }
local drawn  = step { draw { choose(number, { ["3"] = 3, ["4"] = 4, ["5"] = 5 }), seed = seed, within = "batch" },
                      zh = "抽中进驻式评估", en = "Drawn for an in-depth review" }
list { "review", drawn, purpose = "follow_up", zh = "进驻式评估，督促问题整改", en = "in-depth review, problems to be put right" }
