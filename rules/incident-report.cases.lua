-- Worked cases of incident-report.lua. Minutes are counted from 08:00 on 4 March 2026 unless a case says otherwise.

case "a larger incident: 40 minutes to the call, an hour to the paper" {
  clause = "8（首报）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:40", written = "2026-03-04 09:00", over = "2026-03-04 12:00",
      expect = { grade = "on-time", reasons = "", lists = {}, figures = { ["电话首报用时（分钟）"] = 40, ["书面首报用时（分钟）"] = 60 } } },
    { "b", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:41", written = "2026-03-04 09:00", over = "2026-03-04 12:00",
      expect = { grade = "late", reasons = "电话首报迟报分钟：1", lists = { "late" } } },
    { "c", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:39", written = "2026-03-04 09:01", over = "2026-03-04 12:00",
      expect = { grade = "late", reasons = "书面首报迟报分钟：1" } },
  },
}

case "a major or graver one: 20 and 30 minutes" {
  clause = "8（首报）", people = {
    { "a", level = "major", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:30", over = "2026-03-04 12:00", expect = { grade = "on-time" } },
    { "b", level = "major", happened = "2026-03-04 08:00", phone = "2026-03-04 08:21", written = "2026-03-04 08:30", over = "2026-03-04 12:00", expect = { grade = "late" } },
    { "c", level = "gravest", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:31", over = "2026-03-04 12:00", expect = { grade = "late" } },
    { "d", level = "gravest", happened = "2026-03-04 23:50", phone = "2026-03-05 00:09", written = "2026-03-05 00:20", over = "2026-03-05 12:00",
      expect = { grade = "on-time", figures = { ["电话首报用时（分钟）"] = 19 } } },   -- over midnight
  },
}

case "sensitive ones at once from the word received, whatever the level" {
  -- received at 08:30; 10 minutes to 08:40, 20 to 08:50
  clause = "8（敏感信息）", people = {
    { "a", level = "ordinary", sensitive = "foreign", happened = "2026-03-04 08:00", received = "2026-03-04 08:30", phone = "2026-03-04 08:40", written = "2026-03-04 08:50",
      over = "2026-03-04 12:00", expect = { grade = "on-time", figures = { ["时限起算"] = "2026-03-04 08:30" } } },
    { "b", level = "larger", sensitive = "terror", happened = "2026-03-04 08:00", received = "2026-03-04 08:30", phone = "2026-03-04 08:41", written = "2026-03-04 08:50",
      over = "2026-03-04 12:00", expect = { grade = "late", reasons = "电话首报迟报分钟：1" } },
    { "c", level = "larger", sensitive = "place", happened = "2026-03-04 08:00", phone = "2026-03-04 08:10", written = "2026-03-04 08:21",
      over = "2026-03-04 12:00", expect = { grade = "late", reasons = "书面首报迟报分钟：1" } },   -- no time of the word: from the incident
  },
}

case "at once may be set to other minutes" {
  clause = "8（敏感信息）", set = { at_once_phone = 0, at_once_written = 30 }, level = "major", sensitive = "gun", happened = "2026-03-04 08:00",
  phone = "2026-03-04 08:01", written = "2026-03-04 08:30", over = "2026-03-04 12:00", expect = { grade = "late", reasons = "电话首报迟报分钟：1" },
}

case "an ordinary incident has no limit here, unless the city asks" {
  clause = "8（敏感信息）", people = {
    { "a", level = "ordinary", sensitive = "no", happened = "2026-03-04 08:00", expect = { status = "excluded" } },
    { "b", level = "ordinary", happened = "2026-03-04 08:00", asked = "2026-03-04 10:00", ["asked-phone"] = "2026-03-04 10:10", ["asked-written"] = "2026-03-04 10:20",
      expect = { grade = "on-time", figures = { ["须首报"] = false } } },
  },
}

case "only incidents of the period" {
  clause = "8（首报）", period = "2026-03", people = {
    { "a", level = "larger", happened = "2026-02-28 23:59", expect = { status = "excluded" } },
    { "b", level = "larger", happened = "2026-04-01 00:00", expect = { status = "excluded" } },
    { "c", level = "larger", happened = "2026-03-31 23:59", phone = "2026-04-01 00:10", written = "2026-04-01 00:20", expect = { grade = "on-time" } },
  },
}

case "times in the wrong order are an error of the input" {
  clause = "8（首报）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 07:59", expect = { status = "refused" } },
    { "b", level = "larger", happened = "2026-03-04 08:00", asked = "2026-03-04 10:00", ["asked-phone"] = "2026-03-04 09:59", expect = { status = "refused" } },
  },
}

case "no call or no paper is a missing report" {
  clause = "8（首报）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", written = "2026-03-04 08:30", over = "2026-03-04 12:00", expect = { grade = "missing", lists = { "missing" } } },
    { "b", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 09:00", over = "2026-03-04 12:00",
      expect = { grade = "missing", reasons = "电话首报迟报分钟：20", lists = { "late", "missing" } } },   -- late as well: 60 − 40
  },
}

case "the city's government hears first" {
  clause = "8（先行报告）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", superior = "2026-03-04 08:20", over = "2026-03-04 12:00", expect = { lists = {} } },
    { "b", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", superior = "2026-03-04 08:19", over = "2026-03-04 12:00", expect = { grade = "on-time", lists = { "order" } } },
  },
}

case "what the city asks is answered by phone in 10 minutes, in writing in 20" {
  clause = "8（核报）", people = {
    { "a", level = "ordinary", happened = "2026-03-04 08:00", asked = "2026-03-04 10:00", ["asked-phone"] = "2026-03-04 10:11", ["asked-written"] = "2026-03-04 10:20",
      expect = { grade = "late", reasons = "电话核报迟报分钟：1" } },
    { "b", level = "ordinary", happened = "2026-03-04 08:00", asked = "2026-03-04 10:00", ["asked-phone"] = "2026-03-04 10:09", ["asked-written"] = "2026-03-04 10:21",
      expect = { grade = "late", reasons = "书面核报迟报分钟：1" } },
    { "c", level = "ordinary", happened = "2026-03-04 08:00", asked = "2026-03-04 10:00", ["asked-phone"] = "2026-03-04 10:09",
      expect = { grade = "missing", reasons = "漏核报" } },
  },
}

case "follow-ups at least every 24 hours, until the main handling is over" {
  -- a: call 08:30, follow-up after 1440 minutes, over at 08:30 two days on: 2880 − 1440 = 1440
  clause = "8（续报）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:30", written = "2026-03-04 08:40", over = "2026-03-06 08:30",
      events = { { "follow-up", from = "2026-03-05", amount = 1440 } },
      expect = { grade = "on-time", figures = { ["续报最长间隔（分钟）"] = 1440, ["末次报告至处置结束（分钟）"] = 1440 } } },
    { "b", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:30", written = "2026-03-04 08:40", over = "2026-03-06 08:30",
      events = { { "follow-up", from = "2026-03-05", amount = 1441 } }, expect = { grade = "late", reasons = "续报间隔超过24小时" } },
    { "c", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:30", written = "2026-03-04 08:40", over = "2026-03-05 08:31",
      expect = { grade = "missing", reasons = "漏续报" } },
  },
}

case "while the handling goes on, the minutes run to the end of the period" {
  -- call at 08:30 on the 30th; to the end of the 31st 2370 minutes, 1440 after the follow-up of 930
  clause = "8（续报）", period = "2026-03", people = {
    { "a", level = "larger", happened = "2026-03-30 08:00", phone = "2026-03-30 08:30", written = "2026-03-30 08:40", events = { { "follow-up", from = "2026-03-31", amount = 930 } },
      expect = { grade = "on-time", figures = { ["末次报告至处置结束（分钟）"] = 1440 } } },
    { "b", level = "larger", happened = "2026-03-30 08:00", phone = "2026-03-30 08:30", written = "2026-03-30 08:40", events = { { "follow-up", from = "2026-03-30", amount = 929 } },
      expect = { grade = "missing" } },
  },
}

case "late, missing, concealed and wrong reports are told apart; the gravest is the grade" {
  clause = "8（严禁）", people = {
    { "a", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", over = "2026-03-04 12:00", events = { { "concealed" }, { "wrong" } },
      expect = { grade = "concealed", lists = { "concealed", "wrong" } } },
    { "b", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:50", written = "2026-03-04 08:55", over = "2026-03-04 12:00", events = { { "wrong" } },
      expect = { grade = "wrong", lists = { "late", "wrong" } } },
    { "c", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", over = "2026-03-04 12:00", events = { { "left-out" } },
      expect = { grade = "missing", lists = { "missing" } } },
    { "d", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", over = "2026-03-04 12:00", events = { { "change-late" } },
      expect = { grade = "late", lists = { "late" } } },
  },
}

case "the rate of each unit" {
  -- 东岗镇: one of three in time, 33.33 %; 西坪镇: one of one; 南关办: only an incident without a limit
  clause = "8（各单位）",
  units  = { { "东岗镇", expect = { score = "33.33", rank = 2, reasons = "2" } }, { "西坪镇", expect = { score = "100.00", rank = 1 } },
             { "南关办", expect = { status = "excluded" } } },
  people = {
    { "a", unit = "东岗镇", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", over = "2026-03-04 12:00", expect = { grade = "on-time" } },
    { "b", unit = "东岗镇", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 09:20", written = "2026-03-04 09:40", over = "2026-03-04 12:00", expect = { grade = "late" } },
    { "c", unit = "东岗镇", level = "larger", happened = "2026-03-04 08:00", expect = { grade = "missing" } },
    { "d", unit = "西坪镇", level = "larger", happened = "2026-03-04 08:00", phone = "2026-03-04 08:20", written = "2026-03-04 08:40", over = "2026-03-04 12:00", expect = { grade = "on-time" } },
    { "e", unit = "南关办", level = "ordinary", happened = "2026-03-04 08:00", expect = { status = "excluded" } },
  },
}
