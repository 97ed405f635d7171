-- 出勤签到制度: signing in and out, a month at a time. A row of people is one person's day (签到日); a row of the category 人员 is the
-- person, whom the days name in the column 单位. A day without a sign-in has a row with an empty 签到时间, or no row at all.

scheme {
  id = "attendance", format = 1, subjects = "people", units = "人员",
  called = { people = { "matter", zh = "签到日", en = "days" }, units = { "person", zh = "人员", en = "people" } },
  title  = { zh = "出勤签到制度", en = "Attendance by signing in" },
  source = { zh = "《出勤签到制度》1 至 4", en = "Rules on attendance by signing in, 1 to 4" },
}

clause "1"   -- 周一至周五必须出勤、签到。国家法定假日休假
attributes {
  { "day", day = true, needed = true, zh = "日期", en = "Day" },
  { "in",  time = true, zh = "签到时间", en = "Signed in at" },
  { "out", time = true, zh = "签退时间", en = "Signed out at" },
  { "reason", text = true, optional = true, zh = "核销事由", en = "Verified reason" },
}
local today, came, went = attribute "day", attribute "in", attribute "out"
local works = step { working_days_between(today:plus_days(-1), today):exactly(1), zh = "工作日（按放假和调休安排）", en = "A working day, by the calendar" }
exclude { unless(works), zh = "休息日、法定假日，不计签到", en = "no working day: signing in does not count" }
exclude { any_of { today:before(period_start()), today:after(period_end()) }, zh = "不在考评月内", en = "not in the month" }
refuse  { any_of { came:before(today:at "00:00"), came:not_before(today:plus_days(1):at "00:00") }, zh = "签到时间不在当日", en = "signed in on another day" }
refuse  { went:before(came), zh = "签退早于签到", en = "signed out before signing in" }

clause "4"   -- 迟于9:30签到为迟到,早于下午6点离岗为早退
local signed = step { came:known(), zh = "已签到", en = "Signed in" }
local late   = step { all_of { signed, came:after(today:at "09:30") }, remark = true, zh = "迟到", en = "Late" }
local leave  = param { "leave_from", choices = { "18:00", "17:00" }, default = "18:00",
                       zh = "早于几点离岗为早退：文件第 2 条 17:00 起可签退，第 4 条早于 18:00 为早退，以第 4 条为准",
                       en = "leaving before this is early: clause 2 lets people sign out from 17:00, clause 4 says 18:00 and is followed" }
local unseen = param { "no_sign_out", choices = { { "early", zh = "计早退", en = "counted as early" }, { "not_early", zh = "不计早退", en = "not counted" } }, default = "early",
                       zh = "文件未规定：签到而未签退的，按早退计或不计", en = "the document is silent: who signed in and not out left early, or not" }
local before_end = when(went:known(), went:before(choose(leave, { ["18:00"] = today:at "18:00", ["17:00"] = today:at "17:00" })),
                        choose(unseen, { early = signed, not_early = unless(signed) }))
local early  = step { all_of { signed, before_end }, remark = true, zh = "早退", en = "Left early" }

clause "4"   -- 无正当事由不签到的
local excused = step { all_of { unless(signed), attribute "reason":known() }, remark = true, zh = "未签到，有正当事由核销", en = "Not signed in, with a verified reason" }
grades {
  { "present",   zh = "出勤", en = "Present" },
  { "excused",   zh = "核销", en = "Excused" },
  { "late",      zh = "迟到", en = "Late" },
  { "early",     zh = "早退", en = "Left early" },
  { "both",      zh = "迟到又早退", en = "Late and left early" },
  { "absent",    zh = "缺勤", en = "Absent" },
}
grade_by { when(signed, when(late, when(early, grade "both", grade "late"), when(early, grade "early", grade "present")),
                when(excused, grade "excused", grade "absent")), zh = "当日出勤情况", en = "How the day went" }

clause "3"   -- 每人每月出勤签到达20天以上的为全勤(全勤为22天,扣除事假因素2天)
of "units"
attributes { { "start", day = true, optional = true, zh = "到岗日期", en = "In post since" } }
local first = when(attribute "start":after(period_start()), attribute "start", period_start()):or_else(period_start())
local duty  = step { working_days_between(first:plus_days(-1), period_end()), zh = "本月工作日", en = "Working days of the month" }
local full_by = param { "full_by", choices = { { "document", zh = "按文件天数", en = "as the document says" }, { "calendar", zh = "按当月工作日", en = "by the working days of the month" } }, default = "document",
                        zh = "全勤按文件的 20 天，或按当月实际工作日减 2 天（如春节当月不足 20 个工作日）",
                        en = "full attendance is the document's 20 days, or the month's working days less 2 (in a month with fewer than 20)" }
local line  = step { choose(full_by, { document = 20, calendar = duty - 2 }), zh = "全勤天数", en = "Days of full attendance" }
local days  = step { across { signed, within = "unit", of = "people" }:sum():or_else(0), zh = "出勤签到天数", en = "Days signed in" }
local cause = step { across { excused, within = "unit", of = "people" }:sum():or_else(0), remark = true, zh = "有正当事由核销天数", en = "Days with a verified reason" }
local none  = step { (duty - days - cause):not_below(0), remark = true, zh = "无正当事由未签到天数", en = "Days without signing in or a reason" }
refuse { (days + cause):more_than(duty), zh = "签到日多于本月工作日，有重复登记", en = "more days than the month has working days: some are there twice" }
score { days, round = half_up(0), zh = "出勤签到天数", en = "Days signed in" }

clause "3"   -- 少于20天又无正当事由核销签到的为缺勤
grades {
  { "full",   zh = "全勤",     en = "Full attendance" },
  { "short",  zh = "未满勤，均有正当事由", en = "Short of full, with reasons" },
  { "absent", zh = "缺勤",     en = "Absent" },
}
grade_by { when(days:at_least(line), grade "full", when(none:more_than(0), grade "absent", grade "short")), zh = "当月出勤情况", en = "How the month went" }

clause "4"   -- 迟到、早退
local lates   = step { across { late,  within = "unit", of = "people" }:sum():or_else(0), remark = true, zh = "迟到次数", en = "Times late" }
local earlies = step { across { early, within = "unit", of = "people" }:sum():or_else(0), remark = true, zh = "早退次数", en = "Times left early" }
list { "late-or-early", any_of { lates:more_than(0), earlies:more_than(0) }, purpose = "follow_up", zh = "迟到、早退", en = "late or left early" }

clause "4"   -- 无正当事由不签到的或假满不归者
kinds { { "overstay", zh = "假满不归", en = "Not back after leave" } }
local allowed = param { "allowed_days", default = 0, min = 0, max = 31,
                        zh = "文件未规定：签到已满全勤天数的，当月可有几日无正当事由未签到而不为缺勤",
                        en = "the document is silent: days without a reason that somebody with the days of full attendance may have" }
ceiling { none:more_than(allowed), at_most = "absent", zh = "无正当事由不签到", en = "did not sign in and had no reason" }
ceiling { events "overstay":in_period():any(), at_most = "absent", zh = "假满不归", en = "not back after leave" }
list { "absent", grade():is "absent", purpose = "follow_up", zh = "缺勤", en = "absent" }
