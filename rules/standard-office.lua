-- 机关标准化督查考核: an unannounced check each week, summed each month, and the winners of the month.
-- A ballot is one check; the rater is its number or date. The period is a month: --period 2026-03.

scheme {
  id = "standard-office", format = 1, subjects = "units",
  title  = { zh = "机关标准化督查考核", en = "Checks of standard offices" },
  source = { zh = "《机关标准化建设方案》篇一", en = "Plan for standard offices, part 1" },
}

clause "(三)强化督查"   -- 由办公室和督查处落实,每周不定期检查一次
roles { { "check", signed = true, zh = "督查", en = "Check" } }

clause "(一)至(七)"   -- 七项内容;文件未规定分值,七项等分,各10分
items {
  { "civility",    zh = "文明办公", en = "Civility",             points = 10 },
  { "conduct",     zh = "行为规范", en = "Conduct",              points = 10 },
  { "order",       zh = "办公秩序", en = "Order of the office",  points = 10 },
  { "discipline",  zh = "作风纪律", en = "Style and discipline", points = 10 },
  { "attendance",  zh = "考勤制度", en = "Attendance",           points = 10 },
  { "duty",        zh = "值班值勤", en = "Duty and guard",       points = 10 },
  { "environment", zh = "环境卫生", en = "Environment, hygiene", points = 10 },
  total = 70,
}
