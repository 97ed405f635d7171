-- 突发事件信息报告: reports of incidents in time or late, to the minute. A row of people is an incident (事件); a row of the category
-- 报告单位 is the township, department or office that had to report it.

scheme {
  id = "incident-report", format = 1, subjects = "people", units = "报告单位",
  called = { people = { "matter", zh = "突发事件", en = "incidents" }, units = { "unit", zh = "报告单位", en = "reporting units" } },
  title  = { zh = "重大突发事件信息报告制度", en = "Reporting of incidents" },
  source = { zh = "《机关标准化建设方案》（三）规范机关内部管理制度 8.建立重大突发事件信息报告制度",
             en = "Plan for standard offices, 3: internal rules, 8: reporting of major incidents" },
}

clause "8（首报）"   -- 自事发起算
attributes {
  { "level", needed = true, zh = "事件等级", en = "Level", words = {
      { "ordinary", zh = "一般", en = "Ordinary" }, { "larger", zh = "较大", en = "Larger" },
      { "major", zh = "重大", en = "Major" }, { "gravest", zh = "特别重大", en = "Extremely grave" } } },
  { "sensitive", optional = true, zh = "敏感情形", en = "Sensitive", words = {
      { "no", zh = "无", en = "No" }, { "time", zh = "敏感时段", en = "Sensitive time" }, { "place", zh = "敏感地区", en = "Sensitive place" },
      { "terror", zh = "涉恐", en = "Terror" }, { "explosion", zh = "涉爆", en = "Explosives" }, { "gun", zh = "涉枪", en = "Guns" },
      { "foreign", zh = "涉外", en = "Foreigners" } } },
  { "happened", time = true, needed = true, zh = "事发时间", en = "Happened at" },
  { "received", time = true, optional = true, zh = "接报时间", en = "Word received at" },
  { "phone",    time = true, zh = "电话首报时间", en = "First report by phone" },
  { "written",  time = true, zh = "书面首报时间", en = "First report in writing" },
  { "superior", time = true, optional = true, zh = "向上级主管部门报告时间", en = "Reported to the superior department" },
  { "asked",         time = true, optional = true, zh = "要求核报时间", en = "Verification asked for at" },
  { "asked-phone",   time = true, optional = true, zh = "电话核报时间", en = "Verified by phone" },
  { "asked-written", time = true, optional = true, zh = "书面核报时间", en = "Verified in writing" },
  { "over",     time = true, optional = true, zh = "主要处置结束时间", en = "Main handling over at" },
}
local level, happened, phone, written = attribute "level", attribute "happened", attribute "phone", attribute "written"
local asked = attribute "asked"
local end_  = period_end():plus_days(1):at "00:00"
exclude { any_of { happened:before(period_start():at "00:00"), happened:not_before(end_) }, zh = "不在考评期内发生", en = "did not happen in the period" }
refuse  { any_of { phone:before(happened), written:before(happened), attribute "over":before(happened) }, zh = "报告、处置早于事发", en = "reported or over before it happened" }
refuse  { any_of { attribute "asked-phone":before(asked), attribute "asked-written":before(asked) }, zh = "核报早于要求核报", en = "verified before it was asked for" }

clause "8（敏感信息）"   -- 敏感时段、敏感地区或涉恐、涉爆、涉枪、涉外,不受分级限制,即接即报
local at_once = param { "at_once_phone", default = 10, min = 0, max = 20, zh = "文件未规定“即接即报”的分钟数：自接报起电话报告不超过几分钟",
                        en = "the document gives no minutes for “at once”: those to the phone call, from the word received" }
local at_once_written = param { "at_once_written", default = 20, min = 0, max = 30, zh = "文件未规定“即接即报”的分钟数：自接报起书面报告不超过几分钟",
                                en = "the document gives no minutes for “at once”: those to the report in writing, from the word received" }
local sensitive = step { all_of { attribute "sensitive":known(), unless(attribute "sensitive":is "no") },
                         zh = "敏感信息，即接即报", en = "Sensitive: at once, whatever the level" }
exclude { all_of { level:is "ordinary", unless(sensitive), unless(asked:known()) }, zh = "一般事件，本条未规定报告时限",
          en = "ordinary incident: the clause sets no limit" }

clause "8（首报）"   -- 较大:40分钟内电话、1小时内书面;重大及以上:20分钟内电话、30分钟内书面
local bound = step { any_of { level:is_one_of { "larger", "major", "gravest" }, sensitive }, zh = "须首报", en = "A first report is due" }
local begin = step { when(sensitive, attribute "received":or_else(happened), happened), zh = "时限起算", en = "The minutes run from" }
local phone_limit = step { when(sensitive, at_once, by(level, {
  { "major", "gravest", gives = 20 }, { "larger", "ordinary", gives = 40 } })), zh = "电话首报时限（分钟）", en = "Limit of the phone call, minutes" }
local written_limit = step { when(sensitive, at_once_written, by(level, {
  { "major", "gravest", gives = 30 }, { "larger", "ordinary", gives = 60 } })), zh = "书面首报时限（分钟）", en = "Limit of the report in writing, minutes" }
local phone_minutes   = step { minutes_between(begin, phone),   zh = "电话首报用时（分钟）", en = "Minutes to the phone call" }
local written_minutes = step { minutes_between(begin, written), zh = "书面首报用时（分钟）", en = "Minutes to the report in writing" }
local function over_by(minutes, limit, due)   -- by how many minutes a report that was due and made was late
  return when(all_of { due, minutes:known() }, (minutes - limit):not_below(0), 0)
end
local phone_late   = step { over_by(phone_minutes, phone_limit, bound),     remark = true, zh = "电话首报迟报分钟", en = "Phone call late by minutes" }
local written_late = step { over_by(written_minutes, written_limit, bound), remark = true, zh = "书面首报迟报分钟", en = "Report in writing late by minutes" }
local no_first     = step { all_of { bound, unless(all_of { phone:known(), written:known() }) }, remark = true, zh = "漏首报（电话或书面）", en = "No first report, by phone or in writing" }

clause "8（先行报告）"   -- 向上级主管部门报告的,必须先行向市委、市政府报告
list { "order", attribute "superior":before(phone:or_else(end_)), purpose = "follow_up", zh = "未先行向市委、市政府报告", en = "reported to the superior department first" }

clause "8（核报）"   -- 要求核报的,电话反馈不得超过10分钟,书面报告不得超过20分钟
local due = asked:known()
local answer_phone   = step { minutes_between(asked, attribute "asked-phone"),   zh = "电话核报用时（分钟）", en = "Minutes to the verification by phone" }
local answer_written = step { minutes_between(asked, attribute "asked-written"), zh = "书面核报用时（分钟）", en = "Minutes to the verification in writing" }
local answer_late  = step { over_by(answer_phone, 10, due),   remark = true, zh = "电话核报迟报分钟", en = "Verified by phone late by minutes" }
local answer_late2 = step { over_by(answer_written, 20, due), remark = true, zh = "书面核报迟报分钟", en = "Verified in writing late by minutes" }
local no_answer    = step { all_of { due, unless(all_of { attribute "asked-phone":known(), attribute "asked-written":known() }) }, remark = true,
                            zh = "漏核报（电话或书面）", en = "Not verified, by phone or in writing" }

clause "8（续报）"   -- 须每24小时续报一次,直至主要处置工作结束;紧急重大情况变化,要即刻报告
kinds {
  { "follow-up",   zh = "续报",     en = "Follow-up report" },   -- 数量:距上一次报告的分钟数
  { "change-late", zh = "重大变化未即刻报告", en = "A grave change not reported at once" },
  { "left-out",    zh = "漏报",     en = "Left out" },
  { "concealed",   zh = "瞒报",     en = "Concealed" },
  { "wrong",       zh = "误报",     en = "Reported wrongly" },
}
local gap  = step { events "follow-up":amount():highest():or_else(0), zh = "续报最长间隔（分钟）", en = "Longest minutes between reports" }
local rest = step { (minutes_between(phone, attribute "over":or_else(end_)) - events "follow-up":amount():sum()):or_else(0),
                    zh = "末次报告至处置结束（分钟）", en = "Minutes from the last report to the end of the handling" }
local gap_late  = step { all_of { bound, gap:more_than(24 * 60) },  remark = true, zh = "续报间隔超过24小时", en = "More than 24 hours between reports" }
local no_follow = step { all_of { bound, rest:more_than(24 * 60) }, remark = true, zh = "处置未结束，漏续报超过24小时", en = "No follow-up for more than 24 hours while the handling went on" }

clause "8（严禁）"   -- 严禁一切形式的迟报、漏报、瞒报、误报
local late = step { any_of { phone_late:more_than(0), written_late:more_than(0), answer_late:more_than(0), answer_late2:more_than(0), gap_late,
                             events "change-late":any() }, zh = "迟报", en = "Late" }
local missed    = step { any_of { no_first, no_answer, no_follow, events "left-out":any() }, zh = "漏报", en = "Missing" }
local concealed = step { events "concealed":any(), zh = "瞒报", en = "Concealed" }
local wrong     = step { events "wrong":any(),     zh = "误报", en = "Wrong" }
grades {
  { "on-time",   zh = "按时报告", en = "In time" },
  { "late",      zh = "迟报",     en = "Late" },
  { "wrong",     zh = "误报",     en = "Wrong" },
  { "missing",   zh = "漏报",     en = "Missing" },
  { "concealed", zh = "瞒报",     en = "Concealed" },
}
grade_by { when(concealed, grade "concealed", when(missed, grade "missing", when(wrong, grade "wrong", when(late, grade "late", grade "on-time")))),
           zh = "报告情况（并有数种的取最重）", en = "How it was reported; of several the gravest" }
list { "late",      late,      purpose = "decision", zh = "迟报", en = "late" }
list { "missing",   missed,    purpose = "decision", zh = "漏报", en = "missing" }
list { "concealed", concealed, purpose = "decision", zh = "瞒报", en = "concealed" }
list { "wrong",     wrong,     purpose = "decision", zh = "误报", en = "wrong" }

clause "8（各单位）"   -- 各乡镇(办)、各单位各部门
local fine = step { grade():is "on-time", zh = "按时报告", en = "Reported in time" }
of "units"
local all_   = step { across { fine, within = "unit", of = "people" }:count(), zh = "须报告的事件", en = "Incidents to report" }
local timely = step { across { fine, within = "unit", of = "people" }:sum():or_else(0),   zh = "按时报告的事件", en = "Incidents reported in time" }
step { all_ - timely, remark = true, zh = "迟报、漏报、瞒报、误报的事件", en = "Incidents reported late, wrongly or not" }
exclude { all_:exactly(0), zh = "没有须报告的事件", en = "no incident to report" }
score { timely / all_ * 100, round = half_up(2), zh = "按时报告率（%）", en = "In-time rate (%)" }
rank { within = "batch", zh = "各单位排名", en = "Rank among the units" }
