case "a heavy truck" {
  -- on time 98: 100; fuel 9 % under: 80 + 18 = 98; tonnage 160 %, at most 150: 0.375 × 100 + 0.225 × 98 + 0.4 × 150 = 37.5 + 22.05 + 60 = 119.55; five stars + 3
  clause = "5", age = 40, truck = "heavy", joined = "2015-01-01",
  measures = { { "on_time", value = 98 }, { "fuel", value = 27.3, target = 30 }, { "tonnage", value = 160, target = 100 } },
  client = { 5, 5, 4, 4, 4.5 }, expect = { score = "122.6", figures = { ["油耗得分"] = 98 } },
}

case "far from everything: below zero" {
  -- on time 60: 70 − 150 = −80; fuel 50 % over: 0; tonnage 10: 0.425 × −80 + 4 = −30; a minor and a major accident, doubled: −50
  clause = "7", age = 40, truck = "light", joined = "2015-01-01",
  measures = { { "on_time", value = 60 }, { "fuel", value = 45, target = 30 }, { "tonnage", value = 10, target = 100 } },
  events = { { "minor", from = "2026-02-01" }, { "major", from = "2026-03-01" } }, expect = { score = "-80.0" },
}

case "absent for three weeks, and for a quarter" {
  clause = "8", people = {
    -- Spring Festival is 15 to 23 February 2026: of 9 to 28 February remain 9 to 13, the make-up Saturdays 14 and 28, 24 to 27: 5 + 2 + 4 = 11; 6 beyond 5
    { "a", age = 40, truck = "light", joined = "2015-01-01",
      measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 100, target = 100 } },
      events = { { "absent", from = "2026-02-09", to = "2026-02-20" }, { "absent", from = "2026-02-18", to = "2026-02-28" } },
      expect = { score = "90.5", figures = { ["缺勤工作日"] = 11 } } },
    { "b", age = 40, truck = "light", joined = "2015-01-01",
      measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 100, target = 100 } },
      events = { { "absent", from = "2026-03-01", to = "2026-06-30" } }, expect = { status = "excluded" } },
  },
}

case "the first fifth, the last, and the middle" {
  clause = "9", people = {
    { "a", age = 40, truck = "light", joined = "2015-01-01", measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 120, target = 100 } }, expect = { grade = "A", rank = 1 } },
    { "b", age = 40, truck = "light", joined = "2015-01-01", measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 110, target = 100 } }, expect = { grade = "B", rank = 2 } },
    { "c", age = 40, truck = "light", joined = "2016-01-01", measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 100, target = 100 } }, expect = { grade = "B", rank = 4 } },
    { "d", age = 40, truck = "light", joined = "2015-01-01", measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 100, target = 100 } }, expect = { grade = "B", rank = 3 } },
    { "e", age = 40, truck = "light", joined = "2015-01-01", measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 90, target = 100 } }, expect = { grade = "C", rank = 5 } },
  },
}

case "the licence has run out" {
  clause = "10", age = 40, truck = "light", joined = "2015-01-01", licence = "2026-12-30", refused = "the licence has run out",
  measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 90, target = 100 } },
}

case "too old to drive" {
  clause = "1", age = 64, truck = "light", joined = "2015-01-01", refused = "from 21 to 63",
}

case "six stars" {
  clause = "6", age = 40, truck = "light", joined = "2015-01-01", client = { 6 }, refused = "input.mark_range",
}

case "nobody knows the working days of 2030" {
  clause = "8", period = "2030", age = 40, truck = "light", joined = "2015-01-01", refused = "rules.calendar_year",
  measures = { { "on_time", value = 98 }, { "fuel", value = 30, target = 30 }, { "tonnage", value = 90, target = 100 } },
  events = { { "absent", from = "2030-02-01", to = "2030-02-03" } },
}
