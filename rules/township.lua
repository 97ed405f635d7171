-- 莲塘镇绩效考核制: staff of a township, 100 points, from self, leader and assessment group.
-- The text names five items and an order of three, and no weights: they are parameters.

scheme {
  id = "township", format = 1, subjects = "people",
  title  = { zh = "镇机关绩效考核制", en = "Performance assessment of township staff" },
  source = { zh = "《莲塘镇机关效能建设制度》绩效考核制", en = "Rules of Liantang for an efficient office: performance assessment" },
}

clause "二"   -- 考核的内容：目标、重点及中心工作；承诺；效率；群众投诉；临时性工作
items {
  { "goals",       zh = "目标任务",   en = "Goals and key tasks", points = 100 },
  { "commitments", zh = "承诺履行",   en = "Commitments kept",    points = 100 },
  { "efficiency",  zh = "工作效率",   en = "Efficiency",          points = 100 },
  { "complaints",  zh = "群众投诉情况", en = "Complaints from the public", points = 100 },
  { "ad-hoc",      zh = "临时性工作", en = "Ad hoc tasks",        points = 100 },
}
local goals       = param { "goals_weight",       default = 0.2, min = 0, max = 1, zh = "文件未规定：目标任务权重",   en = "not in the text: weight of goals and key tasks" }
local commitments = param { "commitments_weight", default = 0.2, min = 0, max = 1, zh = "文件未规定：承诺履行权重",   en = "not in the text: weight of commitments kept" }
local efficiency  = param { "efficiency_weight",  default = 0.2, min = 0, max = 1, zh = "文件未规定：工作效率权重",   en = "not in the text: weight of efficiency" }
local complaints  = param { "complaints_weight",  default = 0.2, min = 0, max = 1, zh = "文件未规定：群众投诉情况权重",   en = "not in the text: weight of complaints" }
local ad_hoc      = param { "ad_hoc_weight",      default = 0.2, min = 0, max = 1, zh = "文件未规定：临时性工作权重",
                            en = "not in the text: weight of ad hoc tasks" }

clause "四"   -- 考核的程序：本人自评、主管领导评分、考核组综合评定
local signed = param { "signed", choices = { "no", "yes" }, default = "no",
                       zh = "主管领导、考核组署名评分，其评分可对本人公开", en = "leaders and group sign their ballots, which may be shown to the person" }
local by_name = choose(signed, { no = false, yes = true })
roles { "self", { "leader", signed = by_name }, { "committee", signed = by_name } }

-- 考核采取百分制（三）: each item out of 100, and so is what they make together
local function points_of(role)
  local ballots_ = ballots(role)
  return weighted {
    { ballots_:item "goals":mean(),       goals },
    { ballots_:item "commitments":mean(), commitments },
    { ballots_:item "efficiency":mean(),  efficiency },
    { ballots_:item "complaints":mean(),  complaints },
    { ballots_:item "ad-hoc":mean(),      ad_hoc },
  }
end
local self   = step { points_of "self",      zh = "本人自评",     en = "Self-assessment" }
local leader = step { points_of "leader",    zh = "主管领导评分", en = "Leader's points" }
local group  = step { points_of "committee", zh = "考核组评分",   en = "Group's points" }

local self_weight   = param { "self_weight",      default = 0, min = 0, max = 1, zh = "文件未规定：本人自评权重，默认只作参考",
                              en = "not in the text: weight of the self-assessment, for reference only by default" }
local leader_weight = param { "leader_weight",    default = 1, min = 0, max = 1, zh = "文件未规定：主管领导评分权重",
                              en = "not in the text: weight of the leader's points" }
local group_weight  = param { "committee_weight", default = 0, min = 0, max = 1, zh = "文件未规定：考核组评分权重，默认只作参考",
                              en = "not in the text: weight of the group's points, for reference only by default" }
local blend = step { weighted { { self, self_weight }, { leader, leader_weight }, { group, group_weight } },
                     zh = "各方评分", en = "Points of all sides" }

kinds { { "group-decision", zh = "考核组综合评定", en = "Decision of the group" } }   -- 分值：评定的分数；说明：理由
local decisions = events "group-decision"
local decided   = step { decisions:points():highest(), zh = "考核组综合评定分（代替各方评分，理由见该事项）",
                         en = "Points decided by the group, in place of those of all sides (for the reason see the event)", remark = true }
refuse { decisions:count():more_than(1),             zh = "考核组对一人只能有一个综合评定", en = "the group decides once on a person" }
refuse { decisions:points():highest():more_than(100), zh = "综合评定不得超过100分", en = "the group decides on 100 points at most" }

clause "三"   -- 考核采取百分制，结合年终考核一并进行
score { when(decisions:any(), decided, blend), not_below = 0, not_above = 100, round = half_up(2), zh = "绩效考核得分", en = "Score of the assessment" }

clause "五"   -- 考核结果作为对奖惩的重要依据
rank { within = "batch", zh = "全镇名次", en = "Rank in the township" }
