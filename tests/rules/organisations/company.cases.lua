case "ten per cent over, revenue between the steps" {
  -- profit 110 %: 40 + 5 = 45; revenue 110 %: 35; 1.2 × 80 + 20 = 116; chief 0.8 × 116 + 0.2 × 90 = 110.8
  clause = "第三条",
  units = { { "甲", type = "competitive", measures = { { "profit", value = 110, target = 100 }, { "revenue", value = 110, target = 100 }, { "debt", value = 60, target = 65 } },
              expect = { score = "116.00", grade = "A", rank = 1 } } },
  people = { { "c", unit = "甲", duty = "chief", leader = { { 90 } }, expect = { score = "110.80", grade = "competent", flags = "quota" } } },
}

case "a third between the steps, and a target missed by far" {
  -- profit 70 %: 40 − 20 = 20; revenue 65 %: 15 / 4 = 3.75; 23.75
  clause = "第二条",
  units = { { "乙", type = "public", measures = { { "profit", value = 70, target = 100 }, { "revenue", value = 65, target = 100 }, { "debt", value = 66, target = 65 } },
              expect = { score = "23.75", grade = "D" } } },
  people = { { "c", unit = "乙", duty = "chief", leader = { { 90 } }, peer = { { 90 } }, expect = { score = "37.00", grade = "failed" } },
             { "s", unit = "乙", duty = "staff", leader = { { 90 } }, peer = { { 80 } }, expect = { score = "73.55" } } },
}

case "above the last step" {
  -- 40 + 10 + 40 = 90 × 1.2 + 20 = 128
  clause = "第三条",
  units = { { "甲", type = "competitive", measures = { { "profit", value = 200, target = 100 }, { "revenue", value = 300, target = 100 }, { "debt", value = 60, target = 65 } },
              events = { { "accident", from = "2026-03-01" } }, expect = { score = "128.00", grade = "C" } } },
  people = { { "d", unit = "甲", duty = "deputy", leader = { { 90 } }, peer = { { 90 } }, events = { { "waste" } },
             expect = { score = "99.80" } } },
}

case "somebody of a company that nobody knows" {
  clause = "第八条", people = { { "x", unit = "丙", duty = "staff", leader = { { 90 } }, expect = { status = "refused" } } },
}
