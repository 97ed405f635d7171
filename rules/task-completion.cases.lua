-- Worked cases of task-completion.lua. One row is one task.

local done, undone, silent = { "done", from = "2026-03-31" }, { "undone", from = "2026-03-31" }, { "undone-unexplained", from = "2026-03-31" }
local report = { "report", from = "2026-03-30" }

case "two of three tasks of the month" {
  -- 2 / 3 × 100 = 66.666… → 66.67
  clause = "(三)2(1)", period = "2026-03", people = {
    { "甲", events = { done, done, undone }, expect = { status = "assessed", score = "66.67", reasons = "未完成任务：1", lists = {} } },
    { "乙", events = { done, done }, expect = { score = "100.00", reasons = "" } },
    { "丙", events = { undone }, expect = { score = "0.00" } },
    { "丁", expect = { status = "excluded", score = "", reasons = "本期没有任务" } },
  },
}

case "1 of 6 is 16.67, 1 of 8 is 12.50" {
  clause = "(三)2(1)", period = "2026-03", people = {
    { "甲", events = { done, undone, undone, undone, undone, undone }, expect = { score = "16.67" } },
    { "乙", events = { done, undone, undone, undone, undone, undone, undone, undone }, expect = { score = "12.50" } },
  },
}

case "or whole per cent, rounded half up, when the parameter says so" {
  -- 16.67 → 17; 12.5 → 13
  clause = "(三)2(1)", period = "2026-03", set = { rounding = "whole" }, people = {
    { "甲", events = { done, undone, undone, undone, undone, undone }, expect = { score = "17" } },
    { "乙", events = { done, undone, undone, undone, undone, undone, undone, undone }, expect = { score = "13" } },
  },
}

case "a task not done without a reason is to be explained" {
  -- 1 / 2; both kinds are not done
  clause = "(三)2(1)", period = "2026-03", people = {
    { "甲", events = { done, silent }, expect = { score = "50.00", lists = { "reason" }, figures = { ["未注明原因"] = 1, ["未完成任务"] = 1 } } },
    { "乙", events = { done, undone }, expect = { score = "50.00", lists = {} } },
  },
}

case "a month has its own tasks, from its first to its last day" {
  -- in March 1 of 2; the rows of 28 February and 1 April are outside
  clause = "(三)1(2)(3)", period = "2026-03", people = {
    { "甲", events = { { "done", from = "2026-03-01" }, { "undone", from = "2026-03-31" }, { "done", from = "2026-02-28" }, { "done", from = "2026-04-01" } },
      expect = { score = "50.00" } },
  },
}

case "the half-year and the year take all their months together" {
  -- January to June 2 of 3
  clause = "(三)2(2)", period = "2026H1", people = {
    { "甲", events = { { "done", from = "2026-01-31" }, { "undone", from = "2026-05-31" }, { "done", from = "2026-06-30" }, { "done", from = "2026-07-01" } },
      expect = { score = "66.67" } },
  },
}

case "the year" {
  -- 3 of 4
  clause = "(三)2(2)", people = {
    { "甲", events = { { "done", from = "2026-01-31" }, { "undone", from = "2026-05-31" }, { "done", from = "2026-06-30" }, { "done", from = "2026-12-31" } },
      expect = { score = "75.00" } },
  },
}

case "a section's rate counts every task of its people and its own, not the mean of their rates" {
  -- people 3 of 4 and 0 of 1, own 1 of 1: 4 of 6 = 66.67; the mean of 75 and 0 would be 37.5
  clause = "(三)2(1)", period = "2026-03",
  units = {
    { "信访室", events = { report, done }, expect = { status = "assessed", score = "66.67", lists = {},
      figures = { ["本室完成任务"] = 4, ["本室未完成任务"] = 2, ["本室全部任务"] = 6 } } },
    { "办公室", events = { report }, expect = { score = "100.00" } },
    { "审理室", events = { report }, expect = { status = "excluded", reasons = "本室本期没有任务" } },
    { "宣教室", events = { report, silent }, expect = { score = "0.00", lists = { "unit_reason" } } },
  },
  people = {
    { "甲", unit = "信访室", events = { done, done, done, undone }, expect = { score = "75.00" } },
    { "乙", unit = "信访室", events = { silent }, expect = { score = "0.00" } },
    { "丙", unit = "办公室", events = { done }, expect = { score = "100.00" } },
    { "丁", unit = "审理室", expect = { status = "excluded" } },
  },
}

case "a section reports every month" {
  clause = "(三)2(1)", period = "2026Q1", units = {
    { "三次", events = { done, { "report", from = "2026-01-30" }, { "report", from = "2026-02-27" }, report }, expect = { lists = {} } },
    { "两次", events = { done, { "report", from = "2026-02-27" }, report }, expect = { lists = { "report" }, reasons = "未逐月向常委会汇报" } },
  },
}

case "a review is due from six months on, not for a quarter" {
  -- six months: six reports
  clause = "(三)2(2)", period = "2026H1", units = {
    { "有", events = { done, { "report", from = "2026-01-30" }, { "report", from = "2026-02-27" }, report, { "report", from = "2026-04-29" },
      { "report", from = "2026-05-29" }, { "report", from = "2026-06-30" }, { "review", from = "2026-06-30" } }, expect = { lists = {} } },
    { "无", events = { done, { "report", from = "2026-01-30" }, { "report", from = "2026-02-27" }, report, { "report", from = "2026-04-29" },
      { "report", from = "2026-05-29" }, { "report", from = "2026-06-30" } }, expect = { lists = { "review" }, reasons = "未作半年或年终总结" } },
  },
}

case "five months are no half-year" {
  clause = "(三)2(2)", period = "2026-01-01..2026-05-31", units = { { "无", events = { done }, expect = { lists = { "report" } } } },
}
