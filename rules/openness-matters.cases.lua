-- Worked cases of openness-matters.lua. A row of people is a matter; the units are the sections that answer for it.

case "what was decided is public within three days" {
  -- 2026-03-02 + 3 days = 03-05
  clause = "五(三)", people = {
    { "two",   manner = "prompt", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-02", expect = { grade = "in-time", lists = {} } },
    { "three", manner = "prompt", since = "2026-03-02", published = "2026-03-05", reviewed = "2026-03-02",
      expect = { grade = "in-time", reasons = "", figures = { ["公开期限"] = "2026-03-05", ["按时公开"] = true, ["逾期天数"] = 0 } } },
    { "four",  manner = "prompt", since = "2026-03-02", published = "2026-03-06", reviewed = "2026-03-02",
      expect = { grade = "late", lists = { "late" }, reasons = "逾期天数：1" } },
  },
}

case "what people ask for is public within a week" {
  -- 2026-03-02 + 7 days = 03-09
  clause = "五(三)", people = {
    { "six",   manner = "hot", since = "2026-03-02", published = "2026-03-08", reviewed = "2026-03-05", expect = { grade = "in-time" } },
    { "seven", manner = "hot", since = "2026-03-02", published = "2026-03-09", reviewed = "2026-03-05", expect = { grade = "in-time" } },
    { "eight", manner = "hot", since = "2026-03-02", published = "2026-03-10", reviewed = "2026-03-05",
      expect = { grade = "late", figures = { ["逾期天数"] = 1 } } },
  },
}

case "regular matters change every month, fixed ones every year" {
  -- 01-31 + 1 month = 02-28; 2025-03-10 + 12 months = 2026-03-10
  clause = "五(三)", people = {
    { "a", manner = "regular", since = "2026-01-31", published = "2026-02-28", reviewed = "2026-02-20", expect = { grade = "in-time" } },
    { "b", manner = "regular", since = "2026-01-31", published = "2026-03-01", reviewed = "2026-02-20", expect = { grade = "late" } },
    { "c", manner = "fixed", since = "2025-03-10", published = "2026-03-09", reviewed = "2026-03-01", expect = { grade = "in-time" } },
    { "d", manner = "fixed", since = "2025-03-10", published = "2026-03-10", reviewed = "2026-03-01", expect = { grade = "in-time" } },
    { "e", manner = "fixed", since = "2025-03-10", published = "2026-03-11", reviewed = "2026-03-01", expect = { grade = "late" } },
  },
}

case "what is not public at the end of the period is late when it was due" {
  -- due on 12-31, compared with 2027-01-01: a day late. What is due on 2027-01-01 belongs to the next period.
  clause = "六2", people = {
    { "due",  manner = "prompt", since = "2026-12-28", reviewed = "2026-12-28", expect = { grade = "late", figures = { ["逾期天数"] = 1 } } },
    { "next", manner = "prompt", since = "2026-12-29", reviewed = "2026-12-29", expect = { status = "excluded", grade = "", reasons = "尚未到公开期限" } },
    { "done", manner = "prompt", since = "2026-12-29", reviewed = "2026-12-29", published = "2026-12-31", expect = { status = "assessed", grade = "in-time" } },
  },
}

case "the review takes ten working days" {
  -- Monday 2026-03-02: the tenth working day after it is Monday 03-16
  clause = "第五条2", people = {
    { "nine",   manner = "prompt", since = "2026-03-20", published = "2026-03-20", proposed = "2026-03-02", reviewed = "2026-03-13", expect = { lists = {} } },
    { "ten",    manner = "prompt", since = "2026-03-20", published = "2026-03-20", proposed = "2026-03-02", reviewed = "2026-03-16",
      expect = { lists = {}, figures = { ["审查期限"] = "2026-03-16" } } },
    { "eleven", manner = "prompt", since = "2026-03-20", published = "2026-03-20", proposed = "2026-03-02", reviewed = "2026-03-17",
      expect = { grade = "in-time", lists = { "review-late" } } },
  },
}

case "holidays and make-up days are counted as the State Council says" {
  -- Friday 2026-02-13; working days after it: 02-14 (made up), 24, 25, 26, 27, 28 (made up), 03-02, 03, 04, 05
  clause = "第五条2", people = {
    { "a", manner = "prompt", since = "2026-03-05", published = "2026-03-05", proposed = "2026-02-13", reviewed = "2026-03-05",
      expect = { lists = {}, figures = { ["审查期限"] = "2026-03-05" } } },
  },
}

case "a review that is still open at the end is late once it was due" {
  -- Thursday 2026-12-17: working days after it 18, 21, 22, 23, 24, 25, 28, 29, 30, 31 → due 12-31, compared with 2027-01-01
  clause = "第五条2", manner = "regular", since = "2026-11-20", published = "2026-12-18", proposed = "2026-12-17",
  expect = { grade = "in-time", lists = { "not-reviewed", "review-late" }, figures = { ["审查期限"] = "2026-12-31" } },
}

case "nothing is made public before its review" {
  clause = "第五条3", people = {
    { "before", manner = "prompt", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-05", expect = { lists = { "not-reviewed" } } },
    { "same",   manner = "prompt", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-04", expect = { lists = {} } },
    { "never",  manner = "prompt", since = "2026-03-02", published = "2026-03-04", expect = { lists = { "not-reviewed" }, grade = "in-time" } },
  },
}

case "without its manner or the day it counts from nothing is decided" {
  clause = "五(三)", people = {
    { "a", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-04", expect = { status = "incomplete", grade = "" } },
    { "b", manner = "hot", published = "2026-03-04", reviewed = "2026-03-04", expect = { status = "incomplete", grade = "" } },
  },
}

case "a unit's score is the share of its matters that were in time" {
  -- 2 of 3 = 66.666… → 66.67; the matter that is not due yet does not count
  clause = "六2", units = { { "综合办", expect = { score = "66.67", rank = 2 } }, { "社区", expect = { score = "100.00", rank = 1 } } },
  people = {
    { "a", unit = "综合办", manner = "prompt", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-03", expect = { grade = "in-time" } },
    { "b", unit = "综合办", manner = "hot", since = "2026-03-02", published = "2026-03-04", reviewed = "2026-03-03", expect = { grade = "in-time" } },
    { "c", unit = "综合办", manner = "regular", since = "2026-03-02", published = "2026-05-04", reviewed = "2026-03-03", expect = { grade = "late" } },
    { "d", unit = "综合办", manner = "prompt", since = "2026-12-30", expect = { status = "excluded" } },
    { "e", unit = "社区", manner = "regular", since = "2026-03-02", published = "2026-04-02", reviewed = "2026-03-03", expect = { grade = "in-time" } },
  },
}

case "a unit without a matter has no score" {
  clause = "六2", units = { { "综合办", expect = { status = "incomplete", score = "" } }, { "社区", expect = { score = "100.00" } } },
  people = { { "e", unit = "社区", manner = "regular", since = "2026-03-02", published = "2026-04-02", reviewed = "2026-03-03", expect = { grade = "in-time" } } },
}
