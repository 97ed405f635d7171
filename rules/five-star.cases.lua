-- Worked cases of five-star.lua. A ballot has the 27 criteria in their order: 学习 1–4, 文明 5–8, 廉政 9–12, 服务 13–15,
-- 清洁 16–27 (办公区 16–19, 室内 20–27). Each lead department fills its own part.

local function sheet(first, last)
  local cells = {}
  for place = 1, 27 do cells[place] = "" end
  for place = first, last do cells[place] = "met" end
  return cells
end
local function failing(first, last, place)
  local cells = sheet(first, last)
  cells[place] = "unmet"
  return cells
end
-- an office that meets everything: participation 100 %, 10 days cut to 7, two meetings; `changes` replace a part of that
local function office(about, changes)
  about["study-lead"], about["civility-lead"] = { sheet(1, 4) }, { sheet(5, 8) }
  about["integrity-lead"], about["service-lead"], about["clean-lead"] = { sheet(9, 12) }, { sheet(13, 15) }, { sheet(16, 27) }
  about.measures = { { "participation", value = 100 }, { "handling-days", value = 7, baseline = 10 } }
  about.events = { { "special-study", from = "2026-03-10" }, { "special-study", from = "2026-09-10" } }
  for _, change in ipairs(changes) do about[change[1]] = change[2] end
  return about
end
local three = { "study-star", "integrity-star", "service-star", "cleanliness-star" }          -- without 文明星
local no_service = { "study-star", "civility-star", "integrity-star", "cleanliness-star" }
local no_clear = { "study-star", "civility-star", "service-star", "cleanliness-star" }

case "all five stars make a five-star office" (office({ clause = "一",
  expect = { status = "assessed", score = "5", grade = "five-star", flags = "",
             lists = { "study-star", "civility-star", "integrity-star", "service-star", "cleanliness-star" } } }, {}))

case "one criterion of study unmet, whichever it is, and the star is lost" {
  -- 5 − 1 = 4
  clause = "二(一)", units = {
    office({ "一", expect = { score = "4", grade = "starred", figures = { ["学习内容丰富"] = false, ["学习星"] = 0 } } }, { { "study-lead", { failing(1, 4, 1) } } }),
    office({ "二", expect = { score = "4", figures = { ["学习方式多样"] = false, ["学习星"] = 0 } } }, { { "study-lead", { failing(1, 4, 2) } } }),
    office({ "三", expect = { score = "4", figures = { ["学习制度健全"] = false, ["学习星"] = 0 } } }, { { "study-lead", { failing(1, 4, 3) } } }),
    office({ "四", expect = { score = "4", figures = { ["学用成效明显"] = false, ["学习星"] = 0 } } }, { { "study-lead", { failing(1, 4, 4) } } }),
  },
}

case "one criterion of civility unmet, whichever it is, and the star is lost" {
  clause = "二(二)", units = {
    office({ "一", expect = { score = "4", figures = { ["文明创建扎实开展"] = false, ["文明星"] = 0 }, lists = three } }, { { "civility-lead", { failing(5, 8, 5) } } }),
    office({ "二", expect = { score = "4", figures = { ["文明素质明显提高"] = false, ["文明星"] = 0 } } }, { { "civility-lead", { failing(5, 8, 6) } } }),
    office({ "三", expect = { score = "4", figures = { ["环境面貌整洁优美"] = false, ["文明星"] = 0 } } }, { { "civility-lead", { failing(5, 8, 7) } } }),
    office({ "四", expect = { score = "4", figures = { ["创建活动成效显著"] = false, ["文明星"] = 0 } } }, { { "civility-lead", { failing(5, 8, 8) } } }),
  },
}

case "participation of 99.9 % is not 100 %" (office({ clause = "二(二)4",
  expect = { score = "4", lists = three, figures = { ["参与率达到100%"] = false, ["创建活动成效显著"] = true } } },
  { { "measures", { { "participation", value = 99.9 }, { "handling-days", value = 7, baseline = 10 } } } }))

case "two meetings on the drive are enough, one is not, and last year's do not count" {
  clause = "三(二)3", units = {
    office({ "两次", expect = { score = "5" } }, {}),
    office({ "三次", expect = { score = "5" } },
      { { "events", { { "special-study", from = "2026-01-01" }, { "special-study", from = "2026-05-06" }, { "special-study", from = "2026-12-31" } } } }),
    office({ "一次", expect = { score = "4", lists = three, figures = { ["专题研究2次以上"] = false } } },
      { { "events", { { "special-study", from = "2026-03-10" } } } }),
    office({ "去年", expect = { score = "4", figures = { ["专题研究2次以上"] = false } } },
      { { "events", { { "special-study", from = "2026-03-10" }, { "special-study", from = "2025-12-31" } } } }),
  },
}

case "one criterion of integrity unmet, whichever it is, and the star is lost" {
  clause = "二(三)", units = {
    office({ "一", expect = { score = "4", figures = { ["廉政责任落实"] = false, ["廉政星"] = 0 }, lists = no_clear } }, { { "integrity-lead", { failing(9, 12, 9) } } }),
    office({ "二", expect = { score = "4", figures = { ["惩防体系健全"] = false, ["廉政星"] = 0 } } }, { { "integrity-lead", { failing(9, 12, 10) } } }),
    office({ "三", expect = { score = "4", figures = { ["机关作风优良"] = false, ["廉政星"] = 0 } } }, { { "integrity-lead", { failing(9, 12, 11) } } }),
    office({ "四", expect = { score = "4", figures = { ["法纪遵守严明"] = false, ["廉政星"] = 0 } } }, { { "integrity-lead", { failing(9, 12, 12) } } }),
  },
}

case "a single breach of law or discipline takes the star of integrity, one of the year before does not" {
  clause = "二(三)4", units = {
    office({ "今年", expect = { score = "4", lists = no_clear, reasons = "违法违纪行为：1", figures = { ["廉政星"] = 0, ["违法违纪行为"] = 1 } } },
      { { "events", { { "breach", from = "2026-06-01" }, { "special-study", from = "2026-03-10" }, { "special-study", from = "2026-09-10" } } } }),
    office({ "去年", expect = { score = "5", figures = { ["违法违纪行为"] = 0 } } },
      { { "events", { { "breach", from = "2025-12-31" }, { "special-study", from = "2026-03-10" }, { "special-study", from = "2026-09-10" } } } }),
  },
}

case "one criterion of service unmet, whichever it is, and the star is lost" {
  clause = "二(四)", units = {
    office({ "一", expect = { score = "4", figures = { ["服务理念先进"] = false, ["服务星"] = 0 }, lists = no_service } }, { { "service-lead", { failing(13, 15, 13) } } }),
    office({ "二", expect = { score = "4", figures = { ["服务行为规范"] = false, ["服务星"] = 0 } } }, { { "service-lead", { failing(13, 15, 14) } } }),
    office({ "三", expect = { score = "4", figures = { ["服务过程透明"] = false, ["服务星"] = 0 } } }, { { "service-lead", { failing(13, 15, 15) } } }),
  },
}

case "10 days last year: 7 are a cut of 30 %, 7.01 are less, 6.99 are more" {
  -- 10 × (1 − 0.3) = 7; of 4.5 days 3.15
  clause = "二(四)4", units = {
    office({ "7",    expect = { score = "5" } }, {}),
    office({ "7.01", expect = { score = "4", lists = no_service, figures = { ["办理时限压缩30%以上"] = false, ["服务星"] = 0 } } },
      { { "measures", { { "participation", value = 100 }, { "handling-days", value = 7.01, baseline = 10 } } } }),
    office({ "6.99", expect = { score = "5", figures = { ["服务星"] = 1 } } },
      { { "measures", { { "participation", value = 100 }, { "handling-days", value = 6.99, baseline = 10 } } } }),
    office({ "3.15", expect = { score = "5", figures = { ["服务星"] = 1 } } },
      { { "measures", { { "participation", value = 100 }, { "handling-days", value = 3.15, baseline = 4.5 } } } }),
  },
}

case "one place of the premises not clean, whichever it is, and the star is lost" {
  clause = "二(五)", units = {
    office({ "16", expect = { score = "4", figures = { ["大厅走廊楼梯"] = false, ["清洁星"] = 0 },
                              lists = { "study-star", "civility-star", "integrity-star", "service-star" } } }, { { "clean-lead", { failing(16, 27, 16) } } }),
    office({ "17", expect = { score = "4", figures = { ["公共门窗墙壁标牌"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 17) } } }),
    office({ "18", expect = { score = "4", figures = { ["洗漱池厕所"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 18) } } }),
    office({ "19", expect = { score = "4", figures = { ["垃圾箱纸篓"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 19) } } }),
    office({ "20", expect = { score = "4", figures = { ["室内门窗"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 20) } } }),
    office({ "21", expect = { score = "4", figures = { ["室内墙壁"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 21) } } }),
    office({ "22", expect = { score = "4", figures = { ["室内地面"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 22) } } }),
    office({ "23", expect = { score = "4", figures = { ["桌椅"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 23) } } }),
    office({ "24", expect = { score = "4", figures = { ["办公橱"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 24) } } }),
    office({ "25", expect = { score = "4", figures = { ["电脑电话打印机"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 25) } } }),
    office({ "26", expect = { score = "4", figures = { ["卫生用具"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 26) } } }),
    office({ "27", expect = { score = "4", figures = { ["室内各角落"] = false, ["清洁星"] = 0 } } }, { { "clean-lead", { failing(16, 27, 27) } } }),
  },
}

case "what only one of two inspectors found met is not met, unless the parameter says half is enough" (office({ clause = "二",
  expect = { score = "4", figures = { ["学习星"] = 0 } } }, { { "study-lead", { sheet(1, 4), failing(1, 4, 3) } } }))

case "half of the inspectors are enough when the parameter says so" (office({ clause = "二", set = { agreed = 0.5 },
  expect = { score = "5", figures = { ["学习星"] = 1 } } }, { { "study-lead", { sheet(1, 4), failing(1, 4, 3) } } }))

case "another department's mark does not count for the star" (office({ clause = "四(二)",
  expect = { score = "5", figures = { ["学习星"] = 1 } } }, { { "civility-lead", { failing(5, 8, 1) } } }))

case "a star that nobody has judged leaves the office without a result" (office({ clause = "四(二)",
  expect = { status = "incomplete", score = "", grade = "" } }, { { "clean-lead", {} } }))

case "without its handling time an office has no result" (office({ clause = "二(四)4",
  expect = { status = "incomplete", score = "", missing = "公务事项平均办理天数" } }, { { "measures", { { "participation", value = 100 } } } }))

case "one star is a star, none is none" {
  -- 一: four criteria of study met, nothing else; 无: nothing met
  clause = "一", units = {
    office({ "一星", expect = { score = "1", grade = "starred", lists = { "study-star" } } }, {
      { "civility-lead", { failing(5, 8, 5) } }, { "integrity-lead", { failing(9, 12, 9) } }, { "service-lead", { failing(13, 15, 13) } },
      { "clean-lead", { failing(16, 27, 16) } } }),
    office({ "无星", expect = { score = "0", grade = "none", lists = {} } }, {
      { "study-lead", { failing(1, 4, 1) } }, { "civility-lead", { failing(5, 8, 5) } }, { "integrity-lead", { failing(9, 12, 9) } },
      { "service-lead", { failing(13, 15, 13) } }, { "clean-lead", { failing(16, 27, 16) } } }),
  },
}
