-- 限时办结制: every matter finished within its limit or late, in working days; the on-time rate of each person and office.
-- A row of people is a matter (事项); a row of the category 办公室 is an office, which answers for its matters.

scheme {
  id = "time-limits", format = 1, subjects = "people", units = "办公室",
  called = { people = { "matter", zh = "事项", en = "matters" }, units = { "unit", zh = "办公室", en = "offices" } },
  title  = { zh = "限时办结制", en = "Finishing matters within their limits" },
  source = { zh = "《限时办结制》三、责任人，四、限时办结的事项及期限，六、责任人的责任追究",
             en = "Rules on finishing within a limit, 3: who is responsible, 4: matters and limits, 6: who answers" },
}

clause "三"   -- 各办公室负责人为限时办结制责任人
attributes {
  { "responsible", text = true, needed = true, zh = "责任人", en = "Person responsible" },
  { "kind", needed = true, zh = "事项类型", en = "Kind of matter", words = {
      { "permit",     zh = "行政许可",   en = "Permit" },
      { "set-limit",  zh = "有时限要求", en = "Matter with a set limit" },
      { "no-limit",   zh = "无时限要求", en = "Matter without a set limit" },
      { "letter",     zh = "来信来访",   en = "Letter or visit, facts plain" },
      { "inquiry",    zh = "来信来访须调查取证", en = "Letter or visit, inquiry needed" },
      { "at-once",    zh = "即办事项",   en = "To be done at once" },
      { "assigned",   zh = "领导交办",   en = "Assigned by a leader" } } },
  { "complete", optional = true, zh = "手续材料齐全", en = "Papers complete",
    words = { { "yes", zh = "是", en = "Yes" }, { "no", zh = "否", en = "No" } } },
  { "received", day = true, needed = true, zh = "受理日期", en = "Day of receipt" },
  { "limit",    number = true, min = 1, max = 999, optional = true, zh = "规定时限", en = "Set limit, working days" },
  { "deadline", day = true, optional = true, zh = "要求办结日期", en = "Day demanded" },
  { "approved", day = true, optional = true, zh = "延期批准日期", en = "Day the supervising leader approved an extension" },
  { "extended", day = true, optional = true, zh = "延期至", en = "Extended to" },
  { "finished", day = true, zh = "办结日期", en = "Day finished" },
}
local kind, received, finished = attribute "kind", attribute "received", attribute "finished"

clause "四"   -- 对于手续完备、材料齐全、符合规定的限时办结事项
exclude { attribute "complete":is "no", unknown = "keep", zh = "手续、材料不齐全，不计时限", en = "papers not complete: no limit runs" }
exclude { received:after(period_end()), zh = "考评期后受理", en = "received after the period" }
exclude { finished:before(period_start()), unknown = "keep", zh = "考评期前已办结", en = "finished before the period" }
refuse  { finished:before(received), zh = "办结日期早于受理日期", en = "finished before it was received" }
refuse  { attribute "extended":before(received), zh = "延期至的日期早于受理日期", en = "extended to a day before the receipt" }

clause "四(一)至(四)"   -- 自受理次日起按工作日计(文件未规定起算日)
local usual = param { "usual_limit", default = 15, min = 1, max = 15,
                      zh = "文件只规定 1 至 15 个工作日：无时限要求、又未承诺时限的事项按几个工作日计",
                      en = "the document says 1 to 15 working days: those of a matter without any limit, set or promised" }
local function within(days) return received:plus_working_days(days) end
local set = attribute "deadline":or_else(within(attribute "limit"))
local limit = step { by(kind, {
  { "permit", "set-limit", "assigned", gives = set },                                -- (一)(二)(四) 按规定、要求的时限
  { "no-limit", gives = within(clamp(attribute "limit":or_else(usual), 1, 15)) },    -- (二) 1个至15个工作日内办结
  { "letter",   gives = within(3) },                                                 -- (三) 无需调查取证的,3个工作日内答复
  { "inquiry",  gives = within(15) },                                                -- (三) 需调查取证的15个工作日内答复
  { "at-once",  gives = received },                                                  -- (四) 即办事项及时办理:当日
}), zh = "办结期限", en = "Last day of the limit" }

clause "四"   -- 不能按时办理的,须经分管领导批准后延期办理:期限届满前(含当日)批准的方为有效
local extends = step { all_of { attribute "approved":known(), attribute "approved":not_after(limit) },
                       zh = "延期有效（期限届满前经分管领导批准）", en = "The extension counts (approved before the limit ran out)" }
local due     = step { when(extends, attribute "extended", limit), zh = "延期后的期限", en = "Last day with the extension" }

clause "四"   -- 截至考评期末日:未办结而期限未到的不计
local done    = step { all_of { finished:known(), finished:not_after(period_end()) }, zh = "考评期内已办结", en = "Finished by the end of the period" }
local until_  = step { when(done, finished, period_end()), zh = "时限计至", en = "The days are counted to" }
local on_time = step { all_of { done, until_:not_after(due) }, zh = "在期限内办结", en = "Finished in time" }
local counted = step { all_of { takes_part(), any_of { done, due:before(period_end()) } },
                       zh = "计入按时办结率（已办结或期限已过）", en = "Counts in the on-time rate (finished, or the limit has run out)" }
local late    = step { all_of { counted, unless(on_time) }, zh = "逾期", en = "Late" }
step { working_days_between(received, until_), zh = "已用工作日", en = "Working days used" }
step { when(late, most { 1, working_days_between(due, until_) }, 0), remark = true,
       zh = "逾期工作日（不足1日按1日计）", en = "Working days late (a part of one is one)" }
grades {
  { "on-time",  zh = "按时办结",     en = "On time" },
  { "extended", zh = "延期内办结",   en = "Within the extension" },
  { "open",     zh = "在办，期限未到", en = "Open, within the limit" },
  { "late",     zh = "逾期办结",     en = "Late" },
  { "overdue",  zh = "逾期未办结",   en = "Overdue" },
}
grade_by { when(on_time, when(until_:not_after(limit), grade "on-time", grade "extended"),
                when(late, when(done, grade "late", grade "overdue"), grade "open")), zh = "办结情况", en = "How it was finished" }

clause "三"   -- 责任人的按时办结率
step { (across { on_time, within = "responsible", among = counted }:share() * 100):rounded(half_up(2)), remark = true,
       zh = "责任人按时办结率（%）", en = "On-time rate of the person responsible (%)" }

clause "六"   -- 有下列情形之一的追究限时办结责任人的责任
kinds {
  { "obstructed", zh = "拖延刁难", en = "Put off or obstructed" },       -- 1、不予以及时办理,或以任何借口拖延和刁难的
  { "loss",       zh = "造成损失", en = "Loss to the client" },          -- 2、不按照办结时限办理,造成服务对象损失的
  { "rude",       zh = "态度不好", en = "Uncivil" },                     -- 3、有不文明言行、服务态度不好的
  { "shirked",    zh = "推诿扯皮", en = "Shirked" },                     -- 4、推诿扯皮延误工作的
}
clause "六1"
list { "obstructed", events "obstructed":any(), purpose = "decision", zh = "拖延、刁难，追究责任人的责任", en = "put off or obstructed: the person responsible answers" }

clause "六2"
local answers = param { "late_answers", choices = { { "always", zh = "一律追究", en = "always" }, { "with_loss", zh = "造成损失的追究", en = "where harm was done" } }, default = "always",
                        zh = "逾期即追究，或逾期并造成服务对象损失的才追究", en = "who is late answers always, or only with a loss to the client" }
local loss = step { events "loss":any(), remark = true, zh = "造成服务对象损失", en = "A loss to the client" }
list { "late", late, purpose = "follow_up", zh = "逾期事项", en = "late matters" }
list { "late-answers", choose(answers, { always = late, with_loss = all_of { late, loss } }), purpose = "decision",
       zh = "不按照办结时限办理，追究责任人的责任", en = "not within the limit: the person responsible answers" }

clause "六3"
list { "rude", events "rude":any(), purpose = "decision", zh = "言行不文明、态度不好，追究责任人的责任", en = "uncivil: the person responsible answers" }

clause "六4"
list { "shirked", events "shirked":any(), purpose = "decision", zh = "推诿扯皮，追究责任人的责任", en = "shirked: the person responsible answers" }

clause "三"   -- 各办公室的按时办结率
of "units"
local of_office = across { on_time, within = "unit", of = "people", among = counted }
local matters = step { of_office:count(), zh = "应办结事项", en = "Matters to be finished" }
local in_time = step { of_office:sum(), zh = "按时办结事项", en = "Matters finished in time" }
step { matters - in_time, remark = true, zh = "逾期事项", en = "Late matters" }
exclude { matters:exactly(0), zh = "没有应办结的事项", en = "no matter to be finished" }
score { in_time / matters * 100, round = half_up(2), zh = "按时办结率（%）", en = "On-time rate (%)" }
rank { within = "batch", zh = "各办公室排名", en = "Rank among the offices" }
