-- 某银行支行员工绩效考核办法（虚构）。 A bank: branches and clerks, company style; an invented regulation.

scheme {
  id = "bank", format = 1, subjects = "people", effective = "2026-01-01",
  title  = { zh = "银行支行员工绩效考核办法", en = "Performance of a bank's branch staff" },
  source = { zh = "示例办法（2026）", en = "An invented regulation (2026)" },
}

clause "1"  -- 按条线（柜员、客户经理、后台）考核
attributes {
  { "line", needed = true, words = { { "teller", zh = "柜员", en = "Teller" }, { "adviser", zh = "客户经理", en = "Adviser" }, { "back", zh = "后台", en = "Back office" } },
    zh = "条线", en = "Line" },
  { "joined", day = true, needed = true, zh = "入行日期", en = "Joined" },
  { "moved", day = true, optional = true, zh = "调入本行日期", en = "Moved to this branch" },
  { "before", number = true, min = 0, max = 150, optional = true, zh = "调出行得分", en = "Points from the branch before" },
}
local line = attribute "line"
measures {
  { "deposits", zh = "存款增量", en = "New deposits", optional = true },
  { "accounts", zh = "新开户数", en = "New accounts", optional = true },
}

clause "2"  -- 存款得分：本条线最高者得100分，其余按与最高者之比；为负的得0分
local deposits = measure "deposits":value():not_below(0)
local best = across { deposits, within = "line" }:highest()
local relative = step { when(best:more_than(0), deposits / best * 100, 0), zh = "存款得分", en = "Points for deposits" }

clause "3"  -- 开户完成率：每完成目标1%得1分，100%以上部分减半，最高120分
local share = measure "accounts":value() / measure "accounts":target() * 100
local accounts = step { (least { share, 100 } + (share - 100):not_below(0) / 2):not_above(120), zh = "开户得分", en = "Points for accounts" }

clause "4"  -- 结果分：存款0.625、开户0.375；后台人员按服务评价
items {
  { "result",  zh = "服务结果", en = "Result", options = {
    { "S", zh = "S", en = "S", points = 120 }, { "A", zh = "A", en = "A", points = 100 }, { "B", zh = "B", en = "B", points = 85 },
    { "C", zh = "C", en = "C", points = 70 }, { "D", zh = "D", en = "D", points = 50 } } },
  { "conduct", zh = "合规行为", en = "Conduct", options = {
    { "high", zh = "高", en = "High", points = 3 }, { "mid", zh = "中", en = "Middle", points = 2 }, { "low", zh = "低", en = "Low", points = 1 } } },
}
roles { { "leader", signed = true } }
local service = ballots "leader":item "result":mean()
local here = step { when(line:is "back", service, weighted { { relative, 0.625 }, { accounts, 0.375 } }), zh = "结果分", en = "Result" }

clause "5"  -- 年中调入的，按在两行的月数加权
local months = step { months_between(attribute "moved", period_end()):or_else(12):not_above(12), zh = "在本行月数", en = "Months at this branch" }
local result = step { when(months:at_least(12), here, (here * months + attribute "before" * (12 - months)) / 12), zh = "全年结果", en = "Result of the year" }

clause "6"  -- 行为：高、中、低
local conduct = step { steps(ballots "leader":item "conduct":mean(), { { from = 2.5, gives = "high" }, { from = 1.5, gives = "mid" }, { otherwise = "low" } }), zh = "行为", en = "Conduct" }
kinds { { "breach", zh = "违规积分", en = "Breach" } }
local fine = step { events "breach":points():sum(), zh = "违规扣分", en = "Points for breaches", remark = true }
local score_ = score { result - fine, round = half_up(1), zh = "得分", en = "Score" }

clause "7"  -- 结果与行为两维定级
grades {
  { "outstanding", zh = "卓越", en = "Outstanding" },
  { "strong",      zh = "优良", en = "Strong" },
  { "sound",       zh = "达标", en = "Sound" },
  { "weak",        zh = "待改进", en = "Weak" },
}
local level = step { steps(score_, { { from = 105, gives = "S" }, { from = 90, gives = "A" }, { from = 75, gives = "B" }, { otherwise = "C" } }), zh = "结果档", en = "Class of the result" }
grade_by { matrix { rows = level, columns = conduct,
  { "S", "high", gives = grade "outstanding" },
  { "S", "mid",  gives = grade "strong" },
  { "A", { "high", "mid" }, gives = grade "strong" },
  { "B", { "high", "mid" }, gives = grade "sound" },
  { { "S", "A" }, "low", gives = grade "sound" },
  otherwise = grade "weak",
}, zh = "结果与行为定级", en = "grade by result and conduct" }

clause "8"  -- 违规积分满6分的，定为待改进；前20%进入人才库，后5%列入观察名单
force { fine:at_least(6), is = "weak", zh = "违规积分满6分", en = "six points for breaches" }
local place = across { score_, within = "line" }
list { "talent", place:top_share():at_most(0.2), purpose = "honour", zh = "前20%", en = "top 20 %" }
list { "watch", across { score_, within = "batch" }:last_share():at_most(0.05), purpose = "follow_up", zh = "后5%", en = "bottom 5 %" }

clause "9"  -- 同条线排名；同分的看违规少、入行早
rank { within = "line", by = { score_, { fine, low_first = true }, { attribute "joined", low_first = true } }, zh = "条线排名", en = "Rank in the line" }
