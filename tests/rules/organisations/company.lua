-- 某国有企业经营业绩考核办法（虚构）。 A state-owned company: subsidiaries by targets, managers and staff; an invented regulation.

scheme {
  id = "company", format = 1, subjects = "people", units = "子企业", effective = "2024-01-01",
  title  = { zh = "国有企业经营业绩考核办法", en = "Business results of a state-owned company" },
  source = { zh = "示例办法（2024）", en = "An invented regulation (2024)" },
}

clause "第一条"  -- 对子企业考核利润总额、营业收入、资产负债率；子企业分为竞争类、公益类
attributes {
  { "type", words = { "competitive", "public" }, zh = "企业类别", en = "Type of company", optional = true },
  { "duty", words = { "chief", "deputy", "staff" }, zh = "职务", en = "Duty", optional = true },
}
measures {
  { "profit",  zh = "利润总额", en = "Profit", optional = true },
  { "revenue", zh = "营业收入", en = "Revenue", optional = true },
  { "debt",    zh = "资产负债率", en = "Debt ratio", lower_is_better = true, optional = true },
}

clause "第二条"  -- 利润总额基本分40分。完成目标得40分；每超1%加0.5分，最多加10分；每低1%扣1分，最多扣20分
of "units"
local done = measure "profit":value() / measure "profit":target() * 100 - 100
local profit = step { 40 + when(done:at_least(0), (done * 0.5):not_above(10), done:not_below(-20)), zh = "利润得分", en = "Points for profit" }

clause "第三条"  -- 营业收入：完成率120%以上得40分，100%得30分，80%得15分，60%得0分，其间按直线插入
local ratio = measure "revenue":value() / measure "revenue":target() * 100
local revenue = step { steps(ratio, { { from = 120, gives = 40 }, { from = 100, gives = 30 }, { from = 80, gives = 15 }, { from = 60, gives = 0 }, { otherwise = 0 }, linear = true }),
                       zh = "收入得分", en = "Points for revenue" }

clause "第四条"  -- 资产负债率完成目标得20分，否则不得分
local debt = step { when(measure "debt":met(), 20, 0), zh = "负债率得分", en = "Points for the debt ratio" }

clause "第五条"  -- 竞争类权重 0.5/0.3/0.2 …：得分 = 利润×系数
local unit_score = score { by(attribute "type", { competitive = 1.2, public = 1 }) * (profit + revenue) + debt, not_above = 130, round = half_up(2),
                           zh = "企业得分", en = "Score of the company" }
grades {
  { "A", zh = "A级", en = "A", from = 110 },
  { "B", zh = "B级", en = "B", from = 90 },
  { "C", zh = "C级", en = "C", from = 70 },
  { "D", zh = "D级", en = "D", from = 0 },
}
local unit_grade = grade()

clause "第六条"  -- 发生较大以上安全责任事故的，企业降一级
kinds { { "accident", zh = "安全责任事故", en = "Accident at fault" },
        { "waste", zh = "违规投资", en = "Irregular investment" } }
ceiling { events "accident":in_period():any(), at_most = "C", zh = "发生安全责任事故", en = "an accident at fault" }
rank { within = "type", zh = "同类企业排名", en = "Rank among its type" }

clause "第七条"  -- 负责人：企业得分80%、评价20%；副职：企业60%、评价40%；职工：企业20%、评价80%
of "people"
items { { "all", zh = "综合评价", en = "Overall", points = 100 } }
roles { "leader", "peer" }
local review = step { weighted { { ballots "leader":total():mean(), 0.6 }, { ballots "peer":total():mean(), 0.4 }, missing = "reweight" }, zh = "评价", en = "Review" }
local duty = attribute "duty"
local blend = step { weighted {
  { of_unit(unit_score), by(duty, { chief = 0.8, deputy = 0.6, staff = 0.2 }) },
  { review, by(duty, { chief = 0.2, deputy = 0.4, staff = 0.8 }) } }, zh = "综合得分", en = "Weighted" }

clause "第八条"  -- 企业发生责任事故的，负责人扣5分、副职扣3分；违规投资的负责人本人每次扣10分
local accidents = of_unit(events "accident":in_period():count())
local fine = step { when(accidents:at_least(1), by(duty, { chief = 5, deputy = 3, staff = 0 }), 0) + events "waste":count() * 10, zh = "追责扣分", en = "Points for liability", remark = true }
refuse { unless(of_unit(unit_score):known()), zh = "没有本人所在子企业的得分", en = "no score of the company" }
local score_ = score { blend - fine, round = half_up(2), zh = "个人得分", en = "Score of the person" }

clause "第九条"  -- 个人等次：95以上优秀，80以上称职，60以上基本称职，其余不称职
grades {
  { "excellent", zh = "优秀", en = "Excellent", from = 95 },
  { "competent", zh = "称职", en = "Competent", from = 80 },
  { "basic",     zh = "基本称职", en = "Basic", from = 60 },
  { "failed",    zh = "不称职", en = "Failed", from = 0 },
}

clause "第十条"  -- 企业D级的，负责人不得高于基本称职；企业为A级的，优秀比例25%，B级15%，C级10%，D级不设优秀
ceiling { all_of { of_unit(unit_grade):is "D", duty:is "chief" }, at_most = "basic", zh = "企业为D级", en = "the company is graded D" }
quota { "excellent", rate = by(of_unit(unit_grade), { A = 0.25, B = 0.15, C = 0.1, D = 0 }), within = "unit", round = half_up(0),
        tie = "all_in", over = "next_grade", zh = "优秀比例随企业等级", en = "share of excellent by the company's grade" }
