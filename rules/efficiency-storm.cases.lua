-- Worked cases of efficiency-storm.lua. A ballot is one mark from 0 to 100.

case "eleven departments: the first three are commended, the last three rectify, their heads are talked to" {
  clause = "11", units = {
    { "公安", public = { { 95 } }, expect = { rank = 1, lists = { "commended" } } },
    { "城管", public = { { 94 } }, expect = { rank = 2, lists = { "commended" } } },
    { "环保", public = { { 93 } }, expect = { rank = 3, lists = { "commended" } } },
    { "税务", public = { { 92 } }, expect = { rank = 4, lists = {  } } },
    { "工商", public = { { 91 } }, expect = { rank = 5, lists = {  } } },
    { "质监", public = { { 90 } }, expect = { rank = 6, lists = {  } } },
    { "卫生", public = { { 89 } }, expect = { rank = 7, lists = {  } } },
    { "国土", public = { { 88 } }, expect = { rank = 8, lists = {  } } },
    { "交通", public = { { 83 } }, expect = { rank = 9, lists = { "rectify" } } },
    { "农业", public = { { 82 } }, expect = { rank = 10, lists = { "rectify" } } },
    { "安监", public = { { 81 } }, expect = { rank = 11, lists = { "rectify" } } },
  },
  people = {
    { "甲", unit = "国土", head = "yes", expect = { status = "assessed", lists = {} } },
    { "乙", unit = "交通", head = "yes", expect = { lists = { "talk" }, reasons = "诫勉谈话" } },
    { "丙", unit = "交通", head = "no", expect = { lists = {} } },
    { "丁", unit = "安监", head = "yes", expect = { lists = { "talk" } } },
  },
}

case "all who tie with the third from last are among the last three" {
  -- third from last is 81, and so are two more: five departments
  clause = "11", units = {
    { "公安", public = { { 95 } }, expect = { rank = 1, lists = { "commended" } } },
    { "城管", public = { { 94 } }, expect = { rank = 2, lists = { "commended" } } },
    { "环保", public = { { 93 } }, expect = { rank = 3, lists = { "commended" } } },
    { "税务", public = { { 92 } }, expect = { rank = 4, lists = {  } } },
    { "工商", public = { { 91 } }, expect = { rank = 5, lists = {  } } },
    { "质监", public = { { 90 } }, expect = { rank = 6, lists = {  } } },
    { "卫生", public = { { 81 } }, expect = { rank = 7, lists = { "rectify" }, flags = "tie" } },
    { "国土", public = { { 81 } }, expect = { rank = 7, lists = { "rectify" }, flags = "tie" } },
    { "交通", public = { { 81 } }, expect = { rank = 7, lists = { "rectify" }, flags = "tie" } },
    { "农业", public = { { 80 } }, expect = { rank = 10, lists = { "rectify" } } },
    { "安监", public = { { 79 } }, expect = { rank = 11, lists = { "rectify" } } },
  },
  people = { { "甲", unit = "卫生", head = "yes", expect = { lists = { "talk" } } }, { "乙", unit = "质监", head = "yes", expect = { lists = {} } } },
}

case "ties above the third from last add nobody" {
  -- 80, 80 and 81 are three; 82 is not among them
  clause = "11", units = {
    { "公安", public = { { 95 } }, expect = { rank = 1, lists = { "commended" } } },
    { "城管", public = { { 94 } }, expect = { rank = 2, lists = { "commended" } } },
    { "环保", public = { { 93 } }, expect = { rank = 3, lists = { "commended" } } },
    { "税务", public = { { 92 } }, expect = { rank = 4, lists = {  } } },
    { "工商", public = { { 91 } }, expect = { rank = 5, lists = {  } } },
    { "质监", public = { { 90 } }, expect = { rank = 6, lists = {  } } },
    { "卫生", public = { { 89 } }, expect = { rank = 7, lists = {  } } },
    { "国土", public = { { 82 } }, expect = { rank = 8, lists = {  } } },
    { "交通", public = { { 81 } }, expect = { rank = 9, lists = { "rectify" } } },
    { "农业", public = { { 80 } }, expect = { rank = 10, lists = { "rectify" }, flags = "tie" } },
    { "安监", public = { { 80 } }, expect = { rank = 10, lists = { "rectify" }, flags = "tie" } },
  },
}

case "all who tie with the third of the leading ones are commended" {
  clause = "11", units = {
    { "公安", public = { { 95 } }, expect = { rank = 1, lists = { "commended" } } },
    { "城管", public = { { 94 } }, expect = { rank = 2, lists = { "commended" } } },
    { "环保", public = { { 93 } }, expect = { rank = 3, lists = { "commended" }, flags = "tie" } },
    { "税务", public = { { 93 } }, expect = { rank = 3, lists = { "commended" }, flags = "tie" } },
    { "工商", public = { { 91 } }, expect = { rank = 5, lists = {  } } },
    { "质监", public = { { 90 } }, expect = { rank = 6, lists = {  } } },
    { "卫生", public = { { 89 } }, expect = { rank = 7, lists = {  } } },
    { "国土", public = { { 88 } }, expect = { rank = 8, lists = {  } } },
    { "交通", public = { { 83 } }, expect = { rank = 9, lists = { "rectify" } } },
    { "农业", public = { { 82 } }, expect = { rank = 10, lists = { "rectify" } } },
    { "安监", public = { { 81 } }, expect = { rank = 11, lists = { "rectify" } } },
  },
}

case "how many are commended is set by the district" {
  clause = "11", set = { commended = 1 }, units = {
    { "公安", public = { { 95 } }, expect = { rank = 1, lists = { "commended" } } },
    { "城管", public = { { 94 } }, expect = { rank = 2, lists = {  } } },
    { "环保", public = { { 93 } }, expect = { rank = 3, lists = {  } } },
    { "税务", public = { { 92 } }, expect = { rank = 4, lists = {  } } },
    { "工商", public = { { 91 } }, expect = { rank = 5, lists = {  } } },
    { "质监", public = { { 90 } }, expect = { rank = 6, lists = {  } } },
    { "卫生", public = { { 89 } }, expect = { rank = 7, lists = {  } } },
    { "国土", public = { { 88 } }, expect = { rank = 8, lists = {  } } },
    { "交通", public = { { 83 } }, expect = { rank = 9, lists = { "rectify" } } },
    { "农业", public = { { 82 } }, expect = { rank = 10, lists = { "rectify" } } },
    { "安监", public = { { 81 } }, expect = { rank = 11, lists = { "rectify" } } },
  },
}

case "the mean of the representatives, rounded once" {
  -- (80 + 85 + 90) / 3 = 85; (80 + 80 + 81) / 3 = 80.333… → 80.33; with three departments all are the last three and nobody is commended
  clause = "11", units = {
    { "公安", public = { { 80 }, { 85 }, { 90 } }, expect = { score = "85.00", rank = 1, lists = { "rectify" } } },
    { "城管", public = { { 80 }, { 80 }, { 81 } }, expect = { score = "80.33", rank = 2, lists = { "rectify" } } },
    { "环保", public = { { 70 } }, expect = { score = "70.00", rank = 3, lists = { "rectify" } } },
  },
}

case "a department without a ballot has no score and no place" {
  clause = "11", units = {
    { "公安", public = { { 80 } }, expect = { score = "80.00", rank = 1 } },
    { "城管", expect = { status = "incomplete", score = "", rank = "", lists = {} } },
  },
}

case "the day by which to rectify" {
  -- 2026-12-31 + 30 days, and + 15 days
  clause = "11", units = { { "公安", public = { { 80 } }, expect = { figures = { ["整改期限"] = "2027-01-30" } } } },
}

case "the limit for rectifying is set by the district" {
  clause = "11", set = { rectify_days = 15 }, units = { { "公安", public = { { 80 } }, expect = { figures = { ["整改期限"] = "2027-01-15" } } } },
}

case "dereliction is admonished, of this period only" {
  clause = "13", people = {
    { "a", events = { { "dereliction", from = "2026-08-01" } }, expect = { lists = { "admonition" } } },
    { "b", events = { { "dereliction", from = "2025-08-01" } }, expect = { lists = {} } },
  },
}

case "weak execution: measures where it is light, discipline where it is serious" {
  clause = "14", people = {
    { "light",   year_grade = "excellent", events = { { "weak-light", from = "2026-08-01" } }, expect = { grade = "excellent", lists = { "measures" } } },
    { "serious", year_grade = "competent", events = { { "weak-serious", from = "2026-08-01" } }, expect = { grade = "competent", lists = { "discipline" } } },
    { "neither", year_grade = "basic", expect = { grade = "basic", lists = {}, reasons = "" } },
    { "worst",   year_grade = "incompetent", expect = { grade = "incompetent" } },
    { "open",    expect = { status = "assessed", grade = "pending" } },
  },
}

case "a grade that is lowered falls by one, and no lower than the last" {
  clause = "14", people = {
    { "a", year_grade = "excellent",   events = { { "weak-light", from = "2026-08-01" }, { "lower-grade", from = "2026-09-01" } },
      expect = { grade = "competent", lists = { "measures" } } },
    { "b", year_grade = "competent",   events = { { "lower-grade", from = "2026-09-01" } }, expect = { grade = "basic" } },
    { "c", year_grade = "basic",       events = { { "lower-grade", from = "2026-09-01" } }, expect = { grade = "incompetent" } },
    { "d", year_grade = "incompetent", events = { { "lower-grade", from = "2026-09-01" } }, expect = { grade = "incompetent" } },
    { "e", year_grade = "excellent",   events = { { "lower-grade", from = "2025-09-01" } }, expect = { grade = "excellent" } },
    { "f", events = { { "lower-grade", from = "2026-09-01" } }, expect = { grade = "pending" } },
  },
}

case "verified complaints are dealt with, and the head answers for grave problems" {
  clause = "18",
  units  = { { "公安", public = { { 80 } }, events = { { "grave-problem", from = "2026-10-01" } }, expect = { figures = { ["作风效能问题严重"] = true } } },
             { "城管", public = { { 80 } }, expect = { figures = { ["作风效能问题严重"] = false } } } },
  people = {
    { "a", unit = "公安", head = "yes", expect = { lists = { "head-answers", "talk" } } },
    { "b", unit = "公安", head = "no", events = { { "complaint", from = "2026-10-01" } }, expect = { lists = { "complaint" } } },
    { "c", unit = "城管", head = "yes", expect = { lists = { "talk" } } },
  },
}

case "a tenth of the score enters the year" {
  -- 85 × 0.1 = 8.5
  clause = "三(四)", units = { { "公安", public = { { 85 } }, expect = { figures = { ["计入全年目标责任制考核的分值"] = 8.5 } } } },
}

case "the weight in the year is set by the district" {
  -- 85 × 0.2 = 17
  clause = "三(四)", set = { year_weight = 0.2 }, units = { { "公安", public = { { 85 } }, expect = { figures = { ["计入全年目标责任制考核的分值"] = 17 } } } },
}
