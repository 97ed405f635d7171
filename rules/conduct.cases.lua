-- Worked cases of conduct.lua.

case "who breaks nothing loses nothing" {
  clause = "十不准", expect = { status = "assessed", score = "0.00", reasons = "", lists = {} },
}

case "each of the ten prohibitions is counted on its own line" {
  clause = "十不准", people = {
    { "1",  events = { { "attendance" } },            expect = { score = "1.00", reasons = "十不准 一 迟到早退旷工不签到次数：1" } },
    { "2",  events = { { "idling" } },                expect = { score = "1.00", reasons = "十不准 二 " } },
    { "3",  events = { { "inaction" } },              expect = { score = "1.00", reasons = "十不准 三 " } },
    { "4",  events = { { "unkind-reception" } },      expect = { score = "1.00", reasons = "十不准 四 " } },
    { "5",  events = { { "assigned-work-delayed" } }, expect = { score = "1.00", reasons = "十不准 五 " } },
    { "6",  events = { { "overstepping" } },          expect = { score = "1.00", reasons = "十不准 六 " } },
    { "7",  events = { { "extortion" } },             expect = { score = "1.00", reasons = "十不准 七 " } },
    { "8",  events = { { "gossip" } },                expect = { score = "1.00", reasons = "十不准 八 " } },
    { "9",  events = { { "untidiness" } },            expect = { score = "1.00", reasons = "十不准 九 " } },
    { "10", events = { { "appearance" } },            expect = { score = "1.00", reasons = "十不准 十 " } },
  },
}

case "each of the eight commitments is counted on its own line" {
  clause = "八项承诺", people = {
    { "1", events = { { "unasked-reception" } },     expect = { score = "1.00", reasons = "八项承诺 一 " } },
    { "2", events = { { "bottled-wine" } },          expect = { score = "1.00", reasons = "八项承诺 二 " } },
    { "3", events = { { "packs-of-cigarettes" } },   expect = { score = "1.00", reasons = "八项承诺 三 " } },
    { "4", events = { { "company", amount = 4 } },   expect = { score = "1.00", reasons = "八项承诺 四 " } },
    { "5", events = { { "reception-standard" } },    expect = { score = "1.00", reasons = "八项承诺 五 " } },
    { "6", events = { { "office-supplies" } },       expect = { score = "1.00", reasons = "八项承诺 六 " } },
    { "7", events = { { "printing" } },              expect = { score = "1.00", reasons = "八项承诺 七 " } },
    { "8", events = { { "vehicle-hire" } },          expect = { score = "1.00", reasons = "八项承诺 八 " } },
  },
}

case "three hosts are within the limit, four are not" {
  clause = "八项承诺 四", people = {
    { "two",   events = { { "company", amount = 2 } }, expect = { score = "0.00", reasons = "" } },
    { "three", events = { { "company", amount = 3 } }, expect = { score = "0.00", reasons = "" } },
    { "four",  events = { { "company", amount = 4 } }, expect = { score = "1.00", figures = { ["陪客超过三人次数"] = 1 } } },
    { "twice", events = { { "company", amount = 5, from = "2026-03-02" }, { "company", amount = 3, from = "2026-04-01" }, { "company", amount = 4, from = "2026-05-06" } },
      expect = { score = "2.00" } },
  },
}

case "breaches add up, each list at its own points" {
  -- 3 × 0.5 + 2 × 2 = 1.5 + 4 = 5.5
  clause = "八项承诺", set = { prohibition_points = 0.5, commitment_points = 2 },
  events = { { "idling", from = "2026-03-02" }, { "idling", from = "2026-03-09" }, { "gossip" }, { "bottled-wine" }, { "company", amount = 6 } },
  expect = { score = "5.50", reasons = "十不准 二 上班时间做无关的事次数：2", figures = { ["违反“十不准”次数"] = 3, ["违反八项承诺次数"] = 2 } },
}

case "a list that costs no points is counted all the same" {
  clause = "十不准", set = { prohibition_points = 0 }, events = { { "untidiness" } },
  expect = { score = "0.00", reasons = "十不准 九 ", figures = { ["违反“十不准”次数"] = 1 } },
}
