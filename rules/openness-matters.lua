-- 政务公开事项时限: every matter that is to be public, in time or late; the units by the share of their matters that were in time.
-- A row of people is a matter and names its unit; a row of the category 单位 is a unit.

scheme {
  id = "openness-matters", format = 1, subjects = "people", units = "单位",
  called = { people = { "matter", zh = "公开事项", en = "matters" } },
  title  = { zh = "政务公开事项时限", en = "Time limits of open government" },
  source = { zh = "《政务公示制度》第五条；《街道政务公开实施方案》五(二)(三)、六2",
             en = "Rules for making government affairs public, article 5; plan of the street for open government, 5(2), 5(3) and 6(2)" },
}

clause "五(三)"
attributes {
  { "manner", zh = "公开类型", en = "Manner", words = {
      { "fixed",   zh = "固定公开", en = "Fixed" },
      { "regular", zh = "定期公开", en = "Regular" },
      { "prompt",  zh = "随时公开", en = "Prompt" },
      { "hot",     zh = "热点难点", en = "Hot topic" } } },
  { "since",     zh = "起算日期", en = "Counted from", day = true },   -- 形成决定之日、群众诉求之日、上次更换之日
  { "published", zh = "公开日期", en = "Published",    day = true },   -- 空白：尚未公开
  { "proposed",  zh = "提出日期", en = "Proposed",     day = true },   -- 提请审查之日
  { "reviewed",  zh = "审查日期", en = "Reviewed",     day = true },   -- 空白：尚未审查
}
local after_period = period_end():plus_days(1)   -- 期末仍未公开、未审查的，按期末次日比较
local published = step { attribute "published":or_else(after_period), zh = "公开日（尚未公开的按期末次日）", en = "Published, or the day after the period" }
local reviewed  = step { attribute "reviewed":or_else(after_period), zh = "审查日（尚未审查的按期末次日）", en = "Reviewed, or the day after the period" }

clause "第五条2"   -- 在10个工作日内作出审查结论,并及时予以反馈
local review_due  = step { attribute "proposed":plus_working_days(10), zh = "审查期限", en = "Day the review is due" }
list { "review-late", reviewed:after(review_due), purpose = "follow_up", zh = "审查超过10个工作日", en = "the review took more than 10 working days" }

clause "第五条3"   -- 未经审查许可,任何单位和个人均不得向社会发布
list { "not-reviewed", reviewed:after(attribute "published"), purpose = "decision", zh = "未经审查即公开", en = "made public before its review" }

clause "五(三)"   -- 固定公开一年换一次;定期公开每月更换一次;随时公开3天内;热点难点问题在群众诉求后一周内
local due = step { by(attribute "manner", {
  fixed   = attribute "since":plus_months(12),
  regular = attribute "since":plus_months(1),
  prompt  = attribute "since":plus_days(3),
  hot     = attribute "since":plus_days(7),
}), zh = "公开期限", en = "Day it is to be public" }
local in_time = step { published:not_after(due), zh = "按时公开", en = "Public in time" }
step { when(in_time, 0, days_between(due, published)), zh = "逾期天数", en = "Days late", remark = true }
grades {
  { "in-time", zh = "按时", en = "In time" },
  { "late",    zh = "逾期", en = "Late" },
}
grade_by { when(in_time, grade "in-time", grade "late"), zh = "公开时限", en = "Time limit" }
list { "late", unless(in_time), purpose = "follow_up", zh = "应公开未及时公开", en = "not public in time" }

clause "六2"   -- 每月抽查一次,半年进行集中检查; 文件未规定跨期事项：期限在期末之后的归下期
exclude { all_of { published:not_before(after_period), due:not_before(after_period) }, zh = "期末尚未到公开期限", en = "not due within the period" }

of "units"   -- 结果纳入年终综合考核成绩
score { across { in_time, within = "unit", of = "people" }:share() * 100, round = half_up(2), zh = "按时公开率(%)", en = "Share public in time (%)" }
rank { within = "batch", zh = "全部单位排名", en = "Rank among all units" }
