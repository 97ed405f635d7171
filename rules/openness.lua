-- 政务公示(公开)制度: checks, warnings to the staff, three warnings, the one veto of units. The time limits are in openness-matters.lua.
-- A finding is an event about a unit with the staff member answerable in `liable`, or about that person directly; it is their warning.

scheme {
  id = "openness", format = 1, subjects = "people", units = "单位",
  title  = { zh = "政务公示（公开）制度", en = "Open government" },
  source = { zh = "《局机关工作制度》十、政务公开制；《街道政务公开实施方案》六2",
             en = "Rules of the bureau, 10: open government; plan of the street for open government, 6(2)" },
}

clause "第八条"   -- 每月不定期抽查和每季度一次定期检查
kinds {
  { "spot-check", zh = "抽查",     en = "Spot check" },
  { "full-check", zh = "定期检查", en = "Full check" },
}
of "units"
local cycle  = param { "full_check", choices = { { "quarter", zh = "每季度", en = "every quarter" }, { "half_year", zh = "每半年", en = "every half-year" } }, default = "quarter",   -- 街道方案六2: 每月抽查一次,半年进行集中检查
                       zh = "定期检查周期：quarter 每季度一次（政务公开制第八条），half_year 半年一次（实施方案六2）",
                       en = "a full check every quarter (rules, article 8) or every half_year (plan of the street, 6(2))" }
local months = months_between(period_start(), period_end())
local spots  = step { events "spot-check":in_period():count(), zh = "抽查次数",     en = "Spot checks" }
local checks = step { events "full-check":in_period():count(), zh = "定期检查次数", en = "Full checks" }
local due    = step { (months / choose(cycle, { quarter = 3, half_year = 6 })):rounded(round_down(0)), zh = "应定期检查次数", en = "Full checks due" }
list { "spot-checks-missing", spots:less_than(months), purpose = "follow_up", zh = "抽查少于每月一次", en = "fewer spot checks than one a month" }
list { "full-checks-missing", checks:less_than(due), purpose = "follow_up", zh = "定期检查次数不足", en = "too few full checks" }

clause "第九条"   -- 应该公示而未及时公示以及公示内容不规范的,责令有关责任人及时改正并予以警告,根据情况给予通报批评
kinds {
  { "not-public",  zh = "应公示未及时公示", en = "Not public in time" },
  { "out-of-form", zh = "公示内容不规范",   en = "Not in form" },
}
of "people"
local alone = step { events { "not-public", "out-of-form" }:in_period():count(), zh = "只记在个人名下的问题", en = "Findings about the person alone" }
of "units"
local findings = step { events { "not-public", "out-of-form" }:in_period():count() + across { alone, within = "unit", of = "people" }:sum(),
                        zh = "公开问题", en = "Findings", remark = true }
list { "to-correct", findings:at_least(1), purpose = "follow_up", zh = "责令及时改正", en = "to correct it in time" }
list { "circular", findings:at_least(1), purpose = "decision", zh = "根据情况在《督导简报》上通报批评", en = "criticism in the inspection bulletin, as the case may be" }

of "people"   -- 受到三次警告即视为批评教育无效,提请行政监察部门予以告诫或给予其它行政处分
local found   = events { "not-public", "out-of-form" }:as_either()
local counted = param { "warnings", choices = { { "all", zh = "全部累计", en = "all of them" }, { "period", zh = "只计考评期内", en = "those of the period" } }, default = "all",
                        zh = "警告累计办法（文件未规定起止）：all 全部累计，period 只计考评期内",
                        en = "which warnings add up, which the document leaves open: all, or those of the period" }
local warnings = step { choose(counted, { all = found, period = found:in_period() }):count(), zh = "警告次数", en = "Warnings", remark = true }
list { "to-correct", found:in_period():any(), purpose = "follow_up", zh = "责令及时改正", en = "to correct it in time" }
list { "admonition", warnings:at_least(3), purpose = "decision", zh = "三次警告，批评教育无效，提请告诫或其他行政处分",
       en = "three warnings: criticism has failed; admonition or another sanction is to be proposed" }

clause "第十条"   -- 执行情况作为机关各股室、个人年终考核、考评的一项基本内容; 文件未规定分值
local each_time = param { "points", default = 5, min = 0, max = 100, zh = "每次扣分（文件未规定）", en = "points for each finding, which the document leaves open" }
score { 100 - each_time * found:in_period():count(), not_below = 0, round = half_up(2), zh = "政务公开得分（个人）", en = "Points for open government, of a person" }
of "units"
score { 100 - each_time * findings, not_below = 0, round = half_up(2), zh = "政务公开得分（单位）", en = "Points for open government, of a unit" }
rank { within = "batch", zh = "全部单位排名", en = "Rank among all units" }

clause "六2"   -- 对政务公开工作实行“一票否决制”; 结果纳入年终综合考核成绩
kinds { { "veto", zh = "一票否决", en = "Veto" } }   -- 文件未规定情形：以领导小组认定为准
local vetoed = step { events "veto":in_period():any(), zh = "一票否决", en = "One veto" }
grades {
  { "eligible", zh = "可评先评优", en = "May be commended" },
  { "barred",   zh = "一票否决",   en = "Barred by the veto" },
}
grade_by { when(vetoed, grade "barred", grade "eligible"), zh = "评先评优资格", en = "May the unit be commended" }
list { "no-honour", vetoed, purpose = "no_honour", zh = "政务公开一票否决", en = "one veto for open government" }
