-- 机关效能建设工作考评: 64 units of the zone in three classes, 100 points, ranked within the class.

scheme {
  id = "unit-target", format = 1, subjects = "units",
  title  = { zh = "机关效能建设工作考评", en = "Assessment of the units' efficiency work" },
  source = { zh = "《机关效能建设工作考评实施方案》", en = "Plan for the assessment of efficiency work in the offices of the zone" },
}

clause "三"   -- 以上单位共64个,根据工作性质划分为以下三个类别
attributes {
  { "category", zh = "类别", en = "Class", needed = true, words = {
      { "department", zh = "区属部门和两院", en = "Departments, court and procuratorate" },
      { "vertical",   zh = "区垂直管理单位", en = "Vertically managed units" },
      { "town",       zh = "乡镇办",         en = "Towns and sub-district offices" } } },
}
local class = attribute "category"
local listed = step { by(class, { department = 42, vertical = 18, town = 4 }),   -- (一)42个 (二)18个; 其余4个
                      zh = "方案所列本类单位数", en = "Units of the class in the plan" }

clause "四"   -- 总分为100分: 目标任务完成情况(工作效果)20分,机关效能建设50分,领导评价20分,社会评议10分
attributes {
  { "duties",     zh = "履职尽责",     en = "Duties and targets", number = true, min = 0, max = 20 },
  { "efficiency", zh = "机关效能建设", en = "Efficiency work",    number = true, min = 0, max = 50 },
}
items { { "evaluation", zh = "评价", en = "Evaluation", points = 100 } }   -- 文件未规定评价表样式：一票百分制，折为20分、10分
roles { "leader", "public" }
local duties     = step { attribute "duties",     zh = "履职尽责得分（满分20）",     en = "Points for duties and targets, of 20" }
local efficiency = step { attribute "efficiency", zh = "机关效能建设得分（满分50）", en = "Points for efficiency work, of 50" }
local leaders    = step { ballots "leader":item "evaluation":mean() * 20 / 100, zh = "领导评价得分（满分20）", en = "Points from the leaders, of 20" }
local society    = step { ballots "public":item "evaluation":mean() * 10 / 100, zh = "社会评议得分（满分10）", en = "Points from the public, of 10" }
score { sum { duties, efficiency, leaders, society }, round = half_up(2), zh = "考评总分", en = "Total" }

clause "三"   -- 为便于考核,划分为三个类别
rank { within = "category", zh = "本类排名", en = "Rank in the class" }
local present = step { across { takes_part(), within = "category" }:count(), zh = "本类参评单位数", en = "Units of the class in this assessment" }
local roster = param { "roster", choices = { { "checked", zh = "核对名单", en = "checked" }, { "free", zh = "不核对名单", en = "not checked" } }, default = "checked",
                       zh = "名单与方案单位数核对：checked 核对，free 不核对（名单每年可调整时）", en = "whether the number of units is checked against the plan: checked, or free where the list has changed" }
list { "roster", unless(present:exactly(choose(roster, { checked = listed, free = present }))), purpose = "follow_up",
       zh = "本类参评单位数与方案所列不符，请核对名单", en = "the units of the class are not as many as the plan lists: check the table" }
