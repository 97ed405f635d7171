-- Worked cases of disclosure-cycle.lua.

-- every month `month`, every quarter `quarter`, both half-years `half`
local function cycle(month, quarter, half)
  local rows = {}
  for place, period in ipairs { "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
                                "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12" } do
    rows[place] = { period, score = month }
  end
  for place, period in ipairs { "2026Q1", "2026Q2", "2026Q3", "2026Q4" } do rows[12 + place] = { period, score = quarter } end
  for place, period in ipairs { "2026H1", "2026H2" } do rows[16 + place] = { period, score = half } end
  return rows
end

case "four kinds of results count the same" {
  -- 0.25 × (80 + 90 + 70 + 95) = 83.75
  clause = "第一篇六2", history = cycle(80, 90, 70), committee = { { 95 } },
  expect = { status = "assessed", score = "83.75", rank = 1, flags = "",
             figures = { ["月通报平均分"] = 80, ["季点评平均分"] = 90, ["半年集中检查平均分"] = 70, ["年总评分"] = 95 }, lists = { "review" } },
}

local mixed = { { "2026-01", score = 61 }, { "2026-02", score = 62 }, { "2026-03", score = 63 }, { "2026-04", score = 64 }, { "2026-05", score = 65 },
  { "2026-06", score = 66 }, { "2026-07", score = 67 }, { "2026-08", score = 68 }, { "2026-09", score = 69 }, { "2026-10", score = 70 },
  { "2026-11", score = 71 }, { "2026-12", score = 72 }, { "2026Q1", score = 80 }, { "2026Q2", score = 81 }, { "2026Q3", score = 83 },
  { "2026Q4", score = 85 }, { "2026H1", score = 90 }, { "2026H2", score = 91 } }

case "each period of a kind counts the same" {
  -- months 61 … 72: (61 + 72) / 2 = 66.5; quarters 329 / 4 = 82.25; halves 90.5; 0.25 × (66.5 + 82.25 + 90.5 + 88) = 81.8125 → 81.81
  clause = "第二篇六(三)", history = mixed, committee = { { 86 }, { 90 } },
  expect = { score = "81.81", figures = { ["月通报平均分"] = 66.5, ["季点评平均分"] = 82.25, ["半年集中检查平均分"] = 90.5, ["年总评分"] = 88 } },
}

case "weights that the parameters set" {
  -- 0.1 × 66.5 + 0.2 × 82.25 + 0.3 × 90.5 + 0.4 × 88 = 6.65 + 16.45 + 27.15 + 35.2 = 85.45
  clause = "第一篇六2", set = { month_weight = 0.1, quarter_weight = 0.2, half_weight = 0.3, year_weight = 0.4 },
  history = mixed, committee = { { 88 } }, expect = { score = "85.45" },
}

case "weights that do not add up are refused" {
  clause = "第一篇六2", set = { month_weight = 0.3 }, refused = "rules.weights", history = mixed, committee = { { 88 } },
}

case "a missing month leaves the year incomplete and is named" {
  clause = "第二篇六(三)", committee = { { 90 } },
  history = { { "2026-01", score = 80 }, { "2026-02", score = 80 }, { "2026-03", score = 80 }, { "2026-04", score = 80 }, { "2026-06", score = 80 },
    { "2026-07", score = 80 }, { "2026-08", score = 80 }, { "2026-09", score = 80 }, { "2026-10", score = 80 }, { "2026-11", score = 80 },
    { "2026-12", score = 80 }, { "2026Q1", score = 80 }, { "2026Q2", score = 80 }, { "2026Q3", score = 80 }, { "2026Q4", score = 80 },
    { "2026H1", score = 80 }, { "2026H2", score = 80 } },
  expect = { status = "incomplete", score = "", missing = "本年度5月得分", reasons = "各期结果不全", lists = { "gap", "review" } },
}

case "so does a missing review of the year" {
  clause = "篇三(四)", history = mixed, expect = { status = "incomplete", missing = "考评组" },
}

case "or the others share its weight, and what is missing is named all the same" {
  -- May and Q3 missing: months 80, quarters (80 + 81 + 85) / 3 = 82, halves 90, year 90: 0.25 × (80 + 82 + 90 + 90) = 85.5
  clause = "第一篇六2", set = { missing = "reweight" }, committee = { { 90 } },
  history = { { "2026-01", score = 80 }, { "2026-02", score = 80 }, { "2026-03", score = 80 }, { "2026-04", score = 80 }, { "2026-06", score = 80 },
    { "2026-07", score = 80 }, { "2026-08", score = 80 }, { "2026-09", score = 80 }, { "2026-10", score = 80 }, { "2026-11", score = 80 },
    { "2026-12", score = 80 }, { "2026Q1", score = 80 }, { "2026Q2", score = 81 }, { "2026Q4", score = 85 },
    { "2026H1", score = 90 }, { "2026H2", score = 90 } },
  expect = { status = "assessed", score = "85.50", reasons = "第一篇六2 各期结果不全;第一篇六2 缺5月结果;第一篇六2 缺第3季度结果", lists = { "gap", "review" } },
}

case "without any half-year the three other kinds share its weight" {
  -- (80 + 90 + 70) / 3 = 80
  clause = "第一篇六2", set = { missing = "reweight" }, committee = { { 70 } },
  history = { { "2026-01", score = 80 }, { "2026-02", score = 80 }, { "2026-03", score = 80 }, { "2026-04", score = 80 }, { "2026-05", score = 80 },
    { "2026-06", score = 80 }, { "2026-07", score = 80 }, { "2026-08", score = 80 }, { "2026-09", score = 80 }, { "2026-10", score = 80 },
    { "2026-11", score = 80 }, { "2026-12", score = 80 }, { "2026Q1", score = 90 }, { "2026Q2", score = 90 }, { "2026Q3", score = 90 },
    { "2026Q4", score = 90 } },
  expect = { score = "80.00", reasons = "缺上半年结果;第一篇六2 缺下半年结果" },
}

case "with every period known nothing is named" {
  clause = "第一篇六2", set = { missing = "reweight" }, history = cycle(80, 90, 70), committee = { { 95 } },
  expect = { score = "83.75", lists = { "review" } },
}

case "a unit without any result has no score" {
  clause = "第一篇六2", set = { missing = "reweight" }, expect = { status = "incomplete" },
}

case "a kind of weight 0 is not needed and not named" {
  -- the half-years count for nothing: 0.5 × 80 + 0.25 × 90 + 0.25 × 70 = 80
  clause = "第一篇六2", set = { month_weight = 0.5, half_weight = 0, missing = "reweight" }, committee = { { 70 } },
  history = { { "2026-01", score = 80 }, { "2026-02", score = 80 }, { "2026-03", score = 80 }, { "2026-04", score = 80 }, { "2026-05", score = 80 },
    { "2026-06", score = 80 }, { "2026-07", score = 80 }, { "2026-08", score = 80 }, { "2026-09", score = 80 }, { "2026-10", score = 80 },
    { "2026-11", score = 80 }, { "2026-12", score = 80 }, { "2026Q1", score = 90 }, { "2026Q2", score = 90 }, { "2026Q3", score = 90 },
    { "2026Q4", score = 90 } },
  expect = { status = "assessed", score = "80.00", lists = { "review" } },
}

case "what the daily look found is a remark" {
  clause = "第二篇六(三)", history = cycle(80, 80, 80), committee = { { 80 } },
  events = { { "finding", from = "2026-04-01" }, { "finding", from = "2026-12-31" }, { "finding", from = "2025-12-31" } },
  expect = { score = "80.00", reasons = "日巡网发现问题：2" },
}

case "last year's periods are not this year's" {
  clause = "第二篇六(三)", history = { { "2025-01", score = 80 } }, committee = { { 80 } }, expect = { status = "incomplete", missing = "本年度1月得分" },
}

-- The order of the draw, worked out by sha256sum (rules/README.md): seed 1: U2 U6 U5 U1 U4 U3; seed 2: U3 U1 U5 U6 U4 U2.

local function six(about)
  about.clause = "篇三(四)"
  about.units = {
    { "U1", history = cycle(80, 80, 80), committee = { { 80 } } }, { "U2", history = cycle(80, 80, 80), committee = { { 80 } } },
    { "U3", history = cycle(80, 80, 80), committee = { { 80 } } }, { "U4", history = cycle(80, 80, 80), committee = { { 80 } } },
    { "U5", history = cycle(80, 80, 80), committee = { { 80 } } }, { "U6" },
  }
  for place, drawn in ipairs(about.drawn) do about.units[place].expect = { figures = { ["抽中进驻式评估"] = drawn } } end
  about.drawn = nil
  return about
end

case "three are drawn, whether their results are complete or not" (six { drawn = { false, true, false, false, true, true } })
case "four, when the parameter says so" (six { set = { drawn = "4" }, drawn = { true, true, false, false, true, true } })
case "five" (six { set = { drawn = "5" }, drawn = { true, true, false, true, true, true } })
case "another seed, another draw" (six { set = { seed = 2 }, drawn = { true, false, true, false, true, false } })
case "two are fewer than the document allows" { clause = "篇三(四)", set = { drawn = "2" }, refused = "drawn" }
