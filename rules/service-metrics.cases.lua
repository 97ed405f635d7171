-- Worked cases of service-metrics.lua.

case "the four targets of the city are met exactly" {
  -- 35 of 35, 81 of 81, 3.2 of 3.2, 90 of 90: 4 of 4 measures, 100; each of the three with a baseline is the whole way
  clause = "要点七", measures = { { "same-day", value = 35 }, { "on-the-spot", value = 81 }, { "days", value = 3.2 }, { "at-centre", value = 90 } },
  expect = { status = "assessed", score = "100.00", rank = 1, lists = { "all-met" },
             figures = { ["指标达标率(%)"] = 100, ["平均进度(%)"] = 100 } },
}

case "one tenth short of the same-day share is not met" {
  -- (34.9 − 19) ÷ (35 − 19) = 15.9 ÷ 16 = 0.99375; 0 of 1
  clause = "要点七", measures = { { "same-day", value = 34.9 } },
  expect = { score = "0.00", lists = { "same-day-missed" }, reasons = "即办率未达标", figures = { ["即办率提高进度"] = 0.99375, ["即办率达标"] = false } },
}

case "more than the same-day share is more than the way" {
  -- (39 − 19) ÷ 16 = 1.25
  clause = "要点七", measures = { { "same-day", value = 39 } },
  expect = { score = "100.00", figures = { ["即办率提高进度"] = 1.25, ["平均进度(%)"] = 100 } },
}

case "81 per cent on the spot is met, 80 is not, and 40 is worse than the beginning" {
  -- b: (80 − 45) ÷ (81 − 45) = 35 ÷ 36; c: (40 − 45) ÷ 36 = −5 ÷ 36, counted as 0; the rank of equal scores goes by the way
  clause = "要点七", people = {
    { "a", measures = { { "on-the-spot", value = 81 } }, expect = { score = "100.00", rank = 1, lists = { "all-met" } } },
    { "b", measures = { { "on-the-spot", value = 80 } }, expect = { score = "0.00", rank = 2, figures = { ["即办件比例提高进度"] = "35/36" } } },
    { "c", measures = { { "on-the-spot", value = 40 } },
      expect = { score = "0.00", rank = 3, figures = { ["即办件比例提高进度"] = "-5/36", ["平均进度(%)"] = 0 } } },
  },
}

case "fewer days are better: 3.1 and 3.2 are met, 3.3 is not" {
  -- (5 − 3.1) ÷ (5 − 3.2) = 19/18; (5 − 3.3) ÷ 1.8 = 17/18
  clause = "要点七", people = {
    { "a", measures = { { "days", value = 3.1 } }, expect = { score = "100.00", figures = { ["平均办结时限压缩进度"] = "19/18" } } },
    { "b", measures = { { "days", value = 3.2 } }, expect = { score = "100.00", figures = { ["平均办结时限压缩进度"] = 1 } } },
    { "c", measures = { { "days", value = 3.3 } },
      expect = { score = "0.00", reasons = "平均办结时限未达标", figures = { ["平均办结时限压缩进度"] = "17/18" } } },
  },
}

case "90 per cent of the items at the centre are enough, 89.9 are not" {
  clause = "要点六", people = {
    { "a", measures = { { "at-centre", value = 90 } }, expect = { score = "100.00", figures = { ["进中心审批项目比例达标"] = true } } },
    { "b", measures = { { "at-centre", value = 89.9 } }, expect = { score = "0.00", lists = { "at-centre-missed" } } },
  },
}

case "the promised time is cut by 30 per cent" {
  -- 20 × 0.7 = 14; (20 − 15) ÷ (20 − 14) = 5/6; (20 − 13) ÷ 6 = 7/6
  clause = "风暴方案5", people = {
    { "a", measures = { { "promised", value = 14, baseline = 20 } }, expect = { score = "100.00", figures = { ["压缩后的时限"] = 14 } } },
    { "b", measures = { { "promised", value = 15, baseline = 20 } },
      expect = { score = "0.00", reasons = "压缩未达标", figures = { ["承诺时限压缩进度"] = "5/6" } } },
    { "c", measures = { { "promised", value = 13, baseline = 20 } }, expect = { score = "100.00", figures = { ["承诺时限压缩进度"] = "7/6" } } },
  },
}

case "without the promise of before there is nothing to compare with" {
  clause = "风暴方案5", measures = { { "promised", value = 14 }, { "days", value = 3.2 } },
  expect = { score = "100.00", figures = { ["压缩后的时限"] = "", ["承诺时限压缩达标"] = "" } },
}

case "a target and a baseline of the row go before the document's" {
  -- to 30 from 20: 28 is (28 − 20) ÷ 10 = 0.8 of the way; 12 days where 12 were promised before and 12 are the target: met, all of it
  clause = "要点七", measures = { { "same-day", value = 28, target = 30, baseline = 20 }, { "promised", value = 12, target = 12, baseline = 12 } },
  expect = { score = "50.00", figures = { ["即办率提高进度"] = 0.8, ["承诺时限压缩进度"] = 1, ["平均进度(%)"] = 90 } },
}

case "measures without a row do not count" {
  -- 2 of 3: 66.666… → 66.67
  clause = "要点十二", measures = { { "same-day", value = 36 }, { "on-the-spot", value = 70 }, { "days", value = 3 } },
  expect = { score = "66.67", lists = { "on-the-spot-missed" }, figures = { ["指标达标率(%)"] = "200/3" } },
}

case "the score may be the mean part of the way" {
  -- same-day (27 − 19) ÷ 16 = 0.5; on the spot more than the way, 1; (0.5 + 1) ÷ 2 = 0.75
  clause = "要点十二", set = { points = "way" }, measures = { { "same-day", value = 27 }, { "on-the-spot", value = 90 } },
  expect = { score = "75.00" },
}

case "without any figure there is no score" {
  clause = "要点十二", people = {
    { "a", expect = { status = "incomplete", score = "", rank = "" } },
    { "b", measures = { { "days", value = 3 } }, expect = { status = "assessed", rank = 1 } },
  },
}
