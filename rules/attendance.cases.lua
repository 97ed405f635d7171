-- Worked cases of attendance.lua. March 2026 has 22 working days: 2–6, 9–13, 16–20, 23–27, 30 and 31.

local to_26 = { "02", "03", "04", "05", "06", "09", "10", "11", "12", "13", "16", "17", "18", "19", "20", "23", "24", "25", "26" }   -- 19 of them

-- The days of somebody: signed in and out on the minute up to the 26th and on the days of `more`; with a reason; without one.
local function month(person, more, with_reason, without)
  local rows, n = {}, 0
  local function sign(list)
    for _, d in ipairs(list) do
      n = n + 1
      rows[n] = { person .. d, unit = person, day = "2026-03-" .. d, ["in"] = "2026-03-" .. d .. " 09:30", out = "2026-03-" .. d .. " 18:00",
                  expect = { grade = "present" } }
    end
  end
  sign(to_26)
  sign(more)
  for _, d in ipairs(with_reason) do
    n = n + 1
    rows[n] = { person .. d, unit = person, day = "2026-03-" .. d, reason = "事假", expect = { grade = "excused" } }
  end
  for _, d in ipairs(without) do
    n = n + 1
    rows[n] = { person .. d, unit = person, day = "2026-03-" .. d, expect = { grade = "absent" } }
  end
  return rows
end

case "9:30 is in time, 9:31 is late; 18:00 is the end, 17:59 is early" {
  clause = "4", period = "2026-03", people = {
    { "a", day = "2026-03-02", ["in"] = "2026-03-02 09:30", out = "2026-03-02 18:00", expect = { grade = "present", reasons = "" } },
    { "b", day = "2026-03-02", ["in"] = "2026-03-02 09:31", out = "2026-03-02 18:00", expect = { grade = "late", reasons = "迟到" } },
    { "c", day = "2026-03-02", ["in"] = "2026-03-02 08:29", out = "2026-03-02 17:59", expect = { grade = "early", reasons = "早退" } },
    { "d", day = "2026-03-02", ["in"] = "2026-03-02 10:00", out = "2026-03-02 17:00", expect = { grade = "both" } },
    { "e", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 18:30", expect = { grade = "present" } },
  },
}

case "where signing out from 17:00 is enough, 16:59 is early" {
  clause = "4", period = "2026-03", set = { leave_from = "17:00" }, people = {
    { "a", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 17:00", expect = { grade = "present" } },
    { "b", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 16:59", expect = { grade = "early" } },
  },
}

case "who signs in and not out left early, unless set otherwise" {
  clause = "4", period = "2026-03", day = "2026-03-02", ["in"] = "2026-03-02 09:00", expect = { grade = "early" },
}

case "who signs in and not out, where that is not early" {
  clause = "4", period = "2026-03", set = { no_sign_out = "not_early" }, day = "2026-03-02", ["in"] = "2026-03-02 09:00", expect = { grade = "present" },
}

case "without a sign-in it is an absence, with a verified reason it is none" {
  clause = "4", period = "2026-03", people = {
    { "a", day = "2026-03-02", expect = { grade = "absent" } },
    { "b", day = "2026-03-02", reason = "因公外出", expect = { grade = "excused", reasons = "有正当事由核销" } },
  },
}

case "weekends, holidays and other months do not count, make-up days do" {
  -- Saturday 28 February 2026 is worked, Monday 23 February is a holiday
  clause = "1", period = "2026-02", people = {
    { "saturday", day = "2026-02-07", ["in"] = "2026-02-07 09:00", out = "2026-02-07 18:00", expect = { status = "excluded" } },
    { "made-up",  day = "2026-02-28", ["in"] = "2026-02-28 09:00", out = "2026-02-28 18:00", expect = { grade = "present" } },
    { "holiday",  day = "2026-02-23", expect = { status = "excluded" } },
    { "march",    day = "2026-03-02", expect = { status = "excluded" } },
    { "january",  day = "2026-01-30", expect = { status = "excluded" } },
  },
}

case "times of another day, or in the wrong order, are an error of the input" {
  clause = "1", period = "2026-03", people = {
    { "a", day = "2026-03-02", ["in"] = "2026-03-03 00:00", expect = { status = "refused" } },
    { "b", day = "2026-03-02", ["in"] = "2026-03-01 23:59", expect = { status = "refused" } },
    { "c", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 08:59", expect = { status = "refused" } },
  },
}

case "20 days are full attendance, with 2 for personal matters" {
  -- 19 + 1 signed, 2 with a reason, of 22
  clause = "3", period = "2026-03", people = month("甲", { "27" }, { "30", "31" }, {}),
  units = { { "甲", expect = { score = "20", grade = "full", lists = {},
      figures = { ["本月工作日"] = 22, ["全勤天数"] = 20, ["有正当事由核销天数"] = 2, ["无正当事由未签到天数"] = 0 } } } },
}

case "19 days with reasons for the others are short of full, and no absence" {
  clause = "3", period = "2026-03", people = month("甲", {}, { "27", "30", "31" }, {}),
  units = { { "甲", expect = { score = "19", grade = "short", reasons = "有正当事由核销天数：3", lists = {} } } },
}

case "19 days and one without a reason are an absence" {
  clause = "3", period = "2026-03", people = month("甲", {}, { "27", "30" }, { "31" }),
  units = { { "甲", expect = { score = "19", grade = "absent", reasons = "无正当事由未签到天数：1", lists = { "absent" } } } },
}

case "a day without a row is a day without signing in" {
  -- the 31st is not there
  clause = "3", period = "2026-03", people = month("甲", {}, { "27", "30" }, {}),
  units = { { "甲", expect = { grade = "absent", figures = { ["无正当事由未签到天数"] = 1 } } } },
}

case "somebody with no row at all was absent" {
  clause = "3", period = "2026-03", units = { { "甲", expect = { score = "0", grade = "absent", figures = { ["无正当事由未签到天数"] = 22 } } } },
  people = { { "乙02", unit = "乙", day = "2026-03-02", expect = { grade = "absent" } } },
}

case "who came in the month is on duty from that day" {
  -- in post from Monday 30 March: two working days, both with a reason
  clause = "3", period = "2026-03", units = { { "甲", start = "2026-03-30", expect = { grade = "short", figures = { ["本月工作日"] = 2 } } } },
  people = { { "甲30", unit = "甲", day = "2026-03-30", reason = "培训", expect = { grade = "excused" } },
             { "甲31", unit = "甲", day = "2026-03-31", reason = "培训", expect = { grade = "excused" } } },
}

case "in a short month full attendance is out of reach by the document, and 2 less than the days by the calendar" {
  -- 1–3 April 2026 are three working days; three less two is one
  clause = "3", period = "2026-04-01..2026-04-03", set = { full_by = "calendar" },
  units = { { "甲", expect = { score = "1", grade = "full", figures = { ["全勤天数"] = 1 } } } },
  people = { { "甲1", unit = "甲", day = "2026-04-01", ["in"] = "2026-04-01 09:00", out = "2026-04-01 18:00", expect = { grade = "present" } },
             { "甲2", unit = "甲", day = "2026-04-02", reason = "病假", expect = { grade = "excused" } },
             { "甲3", unit = "甲", day = "2026-04-03", reason = "病假", expect = { grade = "excused" } } },
}

case "by the document the same three days are short of full" {
  clause = "3", period = "2026-04-01..2026-04-03",
  units = { { "甲", expect = { score = "1", grade = "short", figures = { ["全勤天数"] = 20 } } } },
  people = { { "甲1", unit = "甲", day = "2026-04-01", ["in"] = "2026-04-01 09:00", out = "2026-04-01 18:00", expect = { grade = "present" } },
             { "甲2", unit = "甲", day = "2026-04-02", reason = "病假", expect = { grade = "excused" } },
             { "甲3", unit = "甲", day = "2026-04-03", reason = "病假", expect = { grade = "excused" } } },
}

case "21 days and one without a reason: an absence" {
  clause = "4", period = "2026-03", people = month("甲", { "27", "30" }, {}, { "31" }),
  units = { { "甲", expect = { score = "21", grade = "absent", reasons = "无正当事由不签到", lists = { "absent" } } } },
}

case "one such day is let pass where the parameter says so, two are not" {
  clause = "4", period = "2026-03", set = { allowed_days = 1 }, people = month("甲", { "27", "30" }, {}, { "31" }),
  units = { { "甲", expect = { score = "21", grade = "full" } }, },
}

case "two such days, where one is let pass" {
  clause = "4", period = "2026-03", set = { allowed_days = 1 }, people = month("甲", { "27" }, {}, { "30", "31" }),
  units = { { "甲", expect = { score = "20", grade = "absent" } } },
}

case "not back after leave is an absence, whatever the days" {
  clause = "4", period = "2026-03", people = month("甲", { "27", "30", "31" }, {}, {}),
  units = { { "甲", events = { { "overstay", from = "2026-03-05" } }, expect = { score = "22", grade = "absent", reasons = "假满不归", lists = { "absent" } } } },
}

case "late and early days are counted for the person" {
  clause = "4", period = "2026-03-02..2026-03-03",
  units = { { "甲", expect = { score = "2", grade = "short", figures = { ["迟到次数"] = 1, ["早退次数"] = 2 }, lists = { "late-or-early" } } } },
  people = { { "甲2", unit = "甲", day = "2026-03-02", ["in"] = "2026-03-02 09:45", out = "2026-03-02 17:30", expect = { grade = "both" } },
             { "甲3", unit = "甲", day = "2026-03-03", ["in"] = "2026-03-03 09:00", out = "2026-03-03 17:30", expect = { grade = "early" } } },
}

case "a day that is there twice is an error of the input" {
  clause = "3", period = "2026-03-02..2026-03-02",
  units = { { "甲", expect = { status = "refused" } } },
  people = { { "甲2",  unit = "甲", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 18:00", expect = { grade = "present" } },
             { "甲2b", unit = "甲", day = "2026-03-02", ["in"] = "2026-03-02 09:00", out = "2026-03-02 18:00", expect = { grade = "present" } } },
}
