-- 失职追究制: nine kinds of conduct, what follows from them by how grave they are, and the one-veto.
-- The one-veto on the grade of the year stands in dereliction-veto.lua, which the scheme of the year brings in.

scheme {
  id = "dereliction", format = 1, subjects = "people",
  title  = { zh = "失职追究制", en = "Accountability for dereliction of duty" },
  source = { zh = "《莲塘镇机关效能建设制度》失职追究制", en = "Rules of Liantang for an efficient office: accountability for dereliction" },
}

clause "3(1)"   -- 对镇党委、镇政府的决定持消极态度，贯彻不力，造成影响
kinds { { "no-effect-given", zh = "贯彻不力", en = "Decisions not carried out" } }
step { events "no-effect-given":count(), zh = "贯彻不力次数", en = "Decisions not carried out, times", remark = true }

clause "3(2)"   -- 不负责任，造成严重事故，财物被盗窃、诈骗、浪费等较大损失
kinds { { "accident", zh = "造成事故", en = "Grave accident, property lost" } }
step { events "accident":count(), zh = "造成事故次数", en = "Grave accident, property lost, times", remark = true }

clause "3(3)"   -- 作风拖拉、办事不力、推诿扯皮，造成经济损失
kinds { { "shuffling", zh = "推诿扯皮", en = "Shuffling that caused a loss" } }
step { events "shuffling":count(), zh = "推诿扯皮次数", en = "Shuffling that caused a loss, times", remark = true }

clause "3(4)"   -- 重大工作任务因主观不努力，不能按时完成
kinds { { "task-late", zh = "任务逾期", en = "Major task not done in time" } }
step { events "task-late":count(), zh = "任务逾期次数", en = "Major task not done in time, times", remark = true }

clause "3(5)"   -- 不履行或不正确履行职责，给服务对象和群众造成延误和损失
kinds { { "duty-not-done", zh = "履职不当", en = "Duty not done, or done wrongly" } }
step { events "duty-not-done":count(), zh = "履职不当次数", en = "Duty not done, or done wrongly, times", remark = true }

clause "3(6)"   -- 态度蛮横粗暴，违反群众纪律，造成不良影响
kinds { { "rudeness", zh = "态度粗暴", en = "Rude and overbearing" } }
step { events "rudeness":count(), zh = "态度粗暴次数", en = "Rude and overbearing, times", remark = true }

clause "3(7)"   -- 违反廉洁从政规定和《国家公务员行为规范》
kinds { { "dishonesty", zh = "违反廉洁规定", en = "Breach of the rules of integrity" } }
step { events "dishonesty":count(), zh = "违反廉洁规定次数", en = "Breach of the rules of integrity, times", remark = true }

clause "3(8)"   -- 被群众投诉、举报，或被明查暗访所发现
kinds { { "bad-environment", zh = "损害发展环境", en = "Harm to the business environment" } }
step { events "bad-environment":count(), zh = "损害发展环境次数", en = "Harm to the business environment, times", remark = true }

clause "3(9)"   -- 其他失职、渎职行为，致使国家、集体和群众利益遭受损失
kinds { { "other", zh = "其他失职渎职", en = "Other dereliction" } }
step { events "other":count(), zh = "其他失职渎职次数", en = "Other dereliction, times", remark = true }

clause "3"   -- 有上列情形之一的，实施责任追究；事项的分值为情节：1 较轻，2 较重，3 严重，4 涉嫌犯罪
local conduct = events { "no-effect-given", "accident", "shuffling", "task-late", "duty-not-done", "rudeness", "dishonesty",
                         "bad-environment", "other" }
local all     = step { conduct:count(), zh = "失职情形数", en = "Derelictions" }
local worst   = step { conduct:points():highest():or_else(0), zh = "最重的情节", en = "How grave the worst is" }
local minor   = step { conduct:only { points = { exactly = 1 } }:count(), zh = "情节较轻", en = "Minor", remark = true }
local graver  = step { conduct:only { points = { exactly = 2 } }:count(), zh = "情节较重", en = "Graver", remark = true }
local serious = step { conduct:only { points = { exactly = 3 } }:count(), zh = "情节严重，违反党纪政纪", en = "Serious, against discipline", remark = true }
local crime   = step { conduct:only { points = { exactly = 4 } }:count(), zh = "涉嫌犯罪", en = "Suspected crime", remark = true }
refuse { unless(all:exactly(minor + graver + serious + crime)),
         zh = "失职情形的分值为情节，只能是 1（较轻）、2（较重）、3（严重）、4（涉嫌犯罪）",
         en = "the points of a dereliction say how grave it is: 1 minor, 2 graver, 3 serious, 4 suspected crime" }

score { all, round = half_up(0), zh = "追究责任的情形数", en = "Derelictions answered for" }

clause "4"   -- 责任追究方式：同一人有几种情形的，按最重的
grades {
  { "none",         zh = "未予追究",       en = "None" },
  { "admonished",   zh = "教育诫勉",       en = "Admonished" },
  { "cautioned",    zh = "告诫或通报批评", en = "Cautioned or criticised" },
  { "disciplined",  zh = "按规定处理",     en = "Dealt with by the rules of discipline" },
  { "referred",     zh = "移送司法机关",   en = "Referred to the authorities" },
}
grade_by { steps(worst, {
  { from = 4, gives = grade "referred" },
  { from = 3, gives = grade "disciplined" },
  { from = 2, gives = grade "cautioned" },
  { from = 1, gives = grade "admonished" },
  { otherwise = grade "none" },
}), zh = "追究方式", en = "How it is answered for" }

clause "4(一)"   -- 情节较轻：部门负责人教育诫勉，本人书面检查；较重：领导小组研究，告诫、通报批评及其他处理
list { "admonition", minor:at_least(1), purpose = "follow_up", zh = "部门负责人教育诫勉，本人作出书面检查",
       en = "admonished by the head of the section, self-criticism in writing" }
list { "caution", graver:at_least(1), purpose = "decision", zh = "领导小组研究：告诫、通报批评或其他行政、组织处理",
       en = "the leading group decides: caution, criticism in a circular or another measure" }
local others  = step { conduct:as_liable():count(), zh = "作为相关责任人的情形数", en = "Derelictions of others to answer with" }   -- 连带责任人一栏写负责人
list { "answerable", others:at_least(1), purpose = "decision", zh = "追究相关责任人的责任", en = "the one liable answers with them" }

clause "4(二)"   -- 上级效能办明查暗访发现、了解核实的，“一票否决”
kinds {
  { "veto",    zh = "一票否决",     en = "Veto" },
  { "finding", zh = "发现问题待核实", en = "Finding not yet verified" },
}
list { "verify", events "finding":any(), purpose = "follow_up", zh = "上级效能办发现的问题，待了解核实", en = "found by the superior office, to be verified" }
list { "no-honour", events "veto":any(), purpose = "no_honour", zh = "一票否决，不得评为当年优秀等次、优秀共产党员等先进个人",
       en = "one veto: no grade of excellent, no model party member or other honour this year" }

clause "4(三)"   -- 情节严重的按相应规定处理；构成犯罪的移送司法机关；追究领导责任
list { "discipline", serious:at_least(1), purpose = "decision", zh = "按公务员条例或党纪、政纪处理", en = "dealt with by the rules for civil servants and of discipline" }
list { "referral", crime:at_least(1), purpose = "decision", zh = "移送司法机关依法追究刑事责任", en = "referred for prosecution" }
local led     = step { conduct:as_liable():only { points = { at_least = 3 } }:count(), zh = "其中情节严重的情形数", en = "Serious ones among these" }
list { "leadership", led:at_least(1), purpose = "decision",
       zh = "按党风廉政建设责任制追究领导责任", en = "answers as the leader" }

clause "4(四)"   -- 诫勉记录备查；告诫书面告知本人，存档备案
list { "record", minor:at_least(1), purpose = "follow_up", zh = "诫勉情况记录备查", en = "the admonition is put on record" }
list { "notice", graver:at_least(1), purpose = "follow_up", zh = "告诫书面告知本人，存档备案", en = "the caution is given in writing and filed" }
