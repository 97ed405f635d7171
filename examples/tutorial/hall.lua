-- The rule file of rules/TUTORIAL.md: staff of a service hall. The regulation is invented.

scheme {
  id = "hall", format = 1, subjects = "people", effective = "2026-01-01",
  title  = { zh = "政务服务大厅工作人员考核办法", en = "Assessment of service hall staff" },
  source = { zh = "示例办法（2026）", en = "An invented regulation (2026)" },
}

clause "一"  -- 考核内容：服务态度40分，业务质量60分
items {
  { "manner",  zh = "服务态度", en = "Manner",  points = 40 },
  { "quality", zh = "业务质量", en = "Quality", points = 60 },
  total = 100,
}
roles { "peer", { "client", zh = "服务对象", en = "Clients" }, { "leader", signed = true } }

clause "二"  -- 同事评议占30%，服务对象评议占30%，分管领导评价占40%
local peer   = step { ballots "peer":total():mean(),   zh = "同事评议", en = "Colleagues" }
local client = step { ballots "client":total():mean(), zh = "服务对象评议", en = "Clients" }
local leader = step { ballots "leader":total():mean(), zh = "领导评价", en = "Leader" }
local blend  = step { weighted { { peer, 0.3 }, { client, 0.3 }, { leader, 0.4 } }, zh = "综合评分", en = "Weighted points" }

clause "三"  -- 有责投诉每次扣2分，迟到早退每次扣0.5分，合计最多扣10分
kinds {
  { "complaint", zh = "有责投诉", en = "Justified complaint" },
  { "late",      zh = "迟到早退", en = "Late or early away" },
}
local deducted = step { clamp(events "complaint":count() * 2 + events "late":count() * 0.5, 0, 10),
                        zh = "扣分", en = "Points deducted", remark = true }
score { blend - deducted, not_below = 0, round = half_up(2), zh = "考核得分", en = "Score" }

clause "四"  -- 90分以上为优秀，75分以上为良好，60分以上为合格，不满60分为不合格
grades {
  { "excellent", zh = "优秀",   en = "Excellent", from = 90 },
  { "good",      zh = "良好",   en = "Good",      from = 75 },
  { "competent", zh = "合格",   en = "Competent", from = 60 },
  { "failed",    zh = "不合格", en = "Failed",    from = 0 },
}

clause "五"  -- 受处分的，当年不得评为优秀
kinds { { "sanction", zh = "处分", en = "Sanction" } }
veto { events "sanction":any(), bars = "excellent", zh = "受处分，不得评为优秀", en = "sanctioned: not to be graded excellent" }

clause "六"  -- 优秀人数不超过参加考核人数的20%，按得分从高到低确定；末位并列的，由考核小组研究
local share = param { "share", default = 0.2, min = 0.1, max = 0.4, zh = "优秀比例", en = "share of excellent" }
quota { "excellent", rate = share, within = "batch", round = round_down(0), at_least = 1, tie = "list", over = "next_grade",
        zh = "优秀不超过规定比例", en = "no more excellent than the share" }

clause "七"  -- 病事假累计超过6个月、到岗不满3个月的，不参加考核
kinds { { "leave", zh = "病事假", en = "Leave" } }
exclude { events "leave":months():more_than(6), zh = "病事假超过6个月", en = "more than 6 months of leave" }
exclude { months_in_post():less_than(3), unknown = "keep", zh = "到岗不满3个月", en = "in post for less than 3 months" }

clause "八"  -- 扣分满5分的，列入整改名单；公布名次
list { "improve", deducted:at_least(5), purpose = "follow_up", zh = "列入整改", en = "to improve" }
rank { within = "batch", zh = "名次", en = "Rank" }
