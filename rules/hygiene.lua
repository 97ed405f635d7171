-- 卫生检查评比: once a month, unannounced, each unit is graded by the problems found in what it looks after.
-- The period is a month: --period 2026-03.

scheme {
  id = "hygiene", format = 1, subjects = "units",
  title  = { zh = "卫生检查评比", en = "Hygiene inspection" },
  source = { zh = "《关于开展“五星”机关(科、室)创建活动的实施方案》三(五)3；《机关标准化建设方案》(三)强化督查",
             en = "Plan for the five-star offices, 3(5)3; plan for standard offices, (3) supervision" },
}

clause "三(五)3"   -- 不定期检查,原则上每月检查一次
kinds {
  { "inspection",  zh = "卫生检查",       en = "Visits" },
  { "problem",     zh = "卫生问题",       en = "Hygiene problems" },        -- one row for each place (处)
  { "smoking",     zh = "公共场所未禁烟", en = "Smoking in common rooms" },
}
local visits   = step { events "inspection":in_period():count(), zh = "检查次数", en = "Inspections" }
local problems = step { events "problem":in_period():count(), zh = "检出问题", en = "Problems found", remark = true }
local smoking  = step { events "smoking":in_period():any(), zh = "查见未禁烟", en = "smoking seen" }
exclude { all_of { visits:exactly(0), problems:exactly(0), unless(smoking) }, zh = "本期未检查", en = "not inspected in the period" }

clause "三(五)3"   -- 分为好、合格、差;合格:1处以上;差:3处以上(两者重叠,3处起从严为差);检查成绩列入目标考核
grades {
  { "good", zh = "好",   en = "Good" },
  { "pass", zh = "合格", en = "Pass" },
  { "poor", zh = "差",   en = "Poor" },
}
grade_by {
  steps(problems, { { from = 3, gives = grade "poor" }, { from = 1, gives = grade "pass" }, { otherwise = grade "good" } }),
  zh = "按检出问题定档", en = "the grade by the problems found",
}
ceiling { smoking, at_most = "pass", zh = "公共场所未推行禁烟，不为好", en = "no smoking ban in common rooms: not good" }   -- 好:公共场所推行禁烟
list { "poor", grade():is "poor", purpose = "follow_up", zh = "卫生检查为差，督促整改", en = "poor hygiene, to be put right" }

clause "机关标准化(三)"   -- 每月汇总评比出卫生秩序优胜者,颁发优胜流动红旗
local number = param { "winners", default = 1, min = 1, max = 10,
                       zh = "优胜名额（文件未规定，取问题最少的1名，并列者同获）",
                       en = "how many win (the document is silent: the one with the fewest problems, and all who tie with it)" }
local lowest = param { "winner_from", choices = { { "good", zh = "好", en = "good" }, { "pass", zh = "合格以上", en = "pass or better" } }, default = "good",
                       zh = "优胜者至少应达到的档次（文件未规定，取“好”）",
                       en = "the lowest grade of a winner (the document is silent: good)" }
local eligible = choose(lowest, { good = grade():at_least "good", pass = grade():at_least "pass" })
local winner = step { top { number, by = { { problems, low_first = true } }, within = "batch", among = all_of { takes_part(), eligible },
                            ties = "all_in" },
                      zh = "卫生优胜", en = "Winner of the month" }
list { "banner", winner, purpose = "honour", zh = "优胜流动红旗", en = "red banner of the month" }
