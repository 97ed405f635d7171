-- 某物流公司绩效方案（虚构）。 A logistics firm: drivers and depots, company style; an invented regulation.

scheme {
  id = "logistics", format = 1, subjects = "people", effective = "2025-01-01",
  title  = { zh = "物流公司司机绩效方案", en = "Performance of a logistics firm's drivers" },
  source = { zh = "示例方案（2025）", en = "An invented scheme (2025)" },
}

clause "1"  -- 司机须填工号年龄（21—63）、车型、入职日期
attributes {
  { "age", number = true, min = 21, max = 63, needed = true, zh = "年龄", en = "Age" },
  { "truck", words = { "light", "heavy" }, needed = true, zh = "车型", en = "Truck" },
  { "joined", day = true, needed = true, zh = "入职日期", en = "Joined" },
  { "licence", day = true, optional = true, zh = "从业资格有效期", en = "Licence valid until" },
}
measures {
  { "on_time", zh = "准点率", en = "Share on time" },
  { "fuel",    zh = "百公里油耗", en = "Fuel per 100 km", lower_is_better = true },
  { "tonnage", zh = "运量", en = "Tonnage" },
}

clause "2"  -- 准点率：98%以上100分；95%以上90分；90%以上70分；低于90%每低1个百分点再减5分，可为负
local punctual = measure "on_time":value()
local on_time = step { steps(punctual, { { from = 98, gives = 100 }, { from = 95, gives = 90 }, { from = 90, gives = 70 }, { otherwise = 70 - (90 - punctual) * 5 } }),
                       zh = "准点得分", en = "Points for time" }

clause "3"  -- 油耗：达到目标80分，每节约1%加2分，每超1%减4分，最高120分，最低0分
local fuel_ = measure "fuel"
local over = (fuel_:value() - fuel_:target()) / fuel_:target() * 100
local fuel = step { (80 - when(over:more_than(0), over * 4, over * 2)):not_below(0):not_above(120), zh = "油耗得分", en = "Points for fuel" }

clause "4"  -- 运量：完成率乘100，重型车最高150分，轻型车最高130分
local tonnage = step { (measure "tonnage":value() / measure "tonnage":target() * 100):not_above(by(attribute "truck", { heavy = 150, light = 130 })), zh = "运量得分", en = "Points for tonnage" }

clause "5"  -- 权重：重型车0.375/0.225/0.4，轻型车0.425/0.175/0.4
local blend = step { weighted { { on_time, by(attribute "truck", { heavy = 0.375, light = 0.425 }) }, { fuel, by(attribute "truck", { heavy = 0.225, light = 0.175 }) }, { tonnage, 0.4 } },
                     zh = "绩效分", en = "Weighted" }

clause "6"  -- 客户评价（1至5星）：平均4.5星以上加3分，不足3星减5分，少于5票不计
items { { "stars", zh = "星级", en = "Stars", points = 5 } }
roles { { "client", zh = "客户", en = "Clients" } }
local stars = ballots "client":item "stars":mean { least = 5 }
local clients = step { steps(stars, { { from = 4.5, gives = 3 }, { from = 3, gives = 0 }, { otherwise = -5 } }):or_else(0), zh = "客户评价加减分", en = "Points for stars" }

clause "7"  -- 事故：一般扣5分，较大扣20分；在两年内第二起的加倍；夜间违章每次2分最多10分
kinds { { "minor", zh = "一般事故", en = "Minor accident" }, { "major", zh = "较大事故", en = "Major accident" }, { "offence", zh = "违章", en = "Offence" },
        { "absent", zh = "缺勤", en = "Absent" } }
local factor = when(events { "minor", "major" }:in_last { years = 2 }:count():at_least(2), 2, 1)
local accidents = step { (events "minor":in_period():count() * 5 + events "major":in_period():count() * 20) * factor, zh = "事故扣分", en = "Points for accidents", remark = true }
local offences = step { (events "offence":count() * 2):not_above(10), zh = "违章扣分", en = "Points for offences", remark = true }

clause "8"  -- 缺勤按工作日计，超过5个工作日的部分每日扣1分；超过60个工作日的不参加考核
local absent = step { events "absent":working_days(), zh = "缺勤工作日", en = "Working days absent" }
local away = step { (absent - 5):not_below(0), zh = "缺勤扣分", en = "Points for absence", remark = true }
exclude { absent:more_than(60), zh = "缺勤超过60个工作日", en = "absent for more than 60 working days" }
local score_ = score { blend + clients - accidents - offences - away, round = half_up(1), zh = "得分", en = "Score" }

clause "9"  -- 前20%为A，后5%为D，其余中得分高于中位数的为B，其他为C
local among = across { score_, within = "truck" }
grades { { "A", zh = "A", en = "A" }, { "B", zh = "B", en = "B" }, { "C", zh = "C", en = "C" }, { "D", zh = "D", en = "D" } }
grade_by { when(among:top_share():at_most(0.2), grade "A", when(among:last_share():at_most(0.05), grade "D",
           when(score_:at_least(among:median()), grade "B", grade "C"))), zh = "按百分位定级", en = "grade by percentile" }

clause "10"  -- 从业资格已过期的，考核数据退回
refuse { attribute "licence":before(period_end()), zh = "从业资格已过期", en = "the licence has run out" }

clause "11"  -- 排名：得分、事故少者、准点率、入职早者
rank { within = "truck", by = { score_, { accidents, low_first = true }, on_time, { attribute "joined", low_first = true } }, zh = "同车型排名", en = "Rank among the same trucks" }
