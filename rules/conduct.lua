-- “十不准”和八项承诺: a checklist; what was verified is counted line by line. The score is the points to take off; the assessment
-- of the year (bureau) reads them as 扣分.

scheme {
  id = "conduct", format = 1, subjects = "people",
  title  = { zh = "“十不准”与廉洁自律八项承诺", en = "Ten prohibitions and eight commitments" },
  source = { zh = "《便民服务效能建设“十不准”》《廉洁自律八项承诺》",
             en = "Ten prohibitions for efficient service to the public; Eight commitments to integrity" },
}

-- One line of the document: an event each time that a breach of it is verified, and how many there were.
local function line(list, number, id, zh, en)
  clause(list .. " " .. number)
  kinds { { id, zh = zh, en = en } }
  return step { events(id):count(), zh = zh .. "次数", en = en .. ": times", remark = true }
end

-- 便民服务效能建设“十不准”
local prohibited = {
  -- 不准上班迟到、早退、旷工，不签到
  line("十不准", "一", "attendance", "迟到早退旷工不签到", "Late, early, absent or not signed in"),
  -- 不准上班时间干与工作无关的事情，严禁赌博，上网打游戏、聊天
  line("十不准", "二", "idling", "上班时间做无关的事", "Private matters in working hours"),
  -- 不准推诿职责，行政不作为
  line("十不准", "三", "inaction", "推诿职责不作为", "Shuffling and inaction"),
  -- 不准对来访群众无礼貌，不接待
  line("十不准", "四", "unkind-reception", "对群众无礼不接待", "Visitors treated rudely or not received"),
  -- 不准延误上级领导交办督办的工作
  line("十不准", "五", "assigned-work-delayed", "延误交办督办的工作", "Assigned work delayed"),
  -- 不准工作不请示、不反馈，越权行事
  line("十不准", "六", "overstepping", "不请示不反馈越权行事", "Acting beyond authority, no report"),
  -- 不准吃、拿、卡、要，乱收费、乱摊派、行为不廉洁
  line("十不准", "七", "extortion", "吃拿卡要行为不廉洁", "Demanding favours, arbitrary charges"),
  -- 不准闲言是非，破坏安定团结
  line("十不准", "八", "gossip", "闲言是非", "Gossip that harms unity"),
  -- 不准环卫不洁
  line("十不准", "九", "untidiness", "环卫不洁", "Untidy premises"),
  -- 不准衣冠不整，作风不检点
  line("十不准", "十", "appearance", "衣冠不整作风不检点", "Improper dress or bearing"),
}

-- 廉洁自律八项承诺
local one_to_three = {
  -- 不准公费接待未经请示批准的任何来人来客
  line("八项承诺", "一", "unasked-reception", "未经批准公费接待", "Guests received at public cost without approval"),
  -- 不准喝瓶装酒
  line("八项承诺", "二", "bottled-wine", "喝瓶装酒", "Bottled liquor"),
  -- 不准发包包烟
  line("八项承诺", "三", "packs-of-cigarettes", "发包包烟", "Cigarettes handed out by the pack"),
}

clause "八项承诺 四"   -- 不准陪客人数超限额（最多不超过三人）；事项的数量为陪客人数
kinds { { "company", zh = "陪客", en = "Hosts at a table" } }
local company = step { events "company":only { amount = { more_than = 3 } }:count(), zh = "陪客超过三人次数", en = "More than three hosts at a table: times", remark = true }

local five_to_eight = {
  -- 不准接待超标准
  line("八项承诺", "五", "reception-standard", "接待超标准", "Reception above the standard"),
  -- 不准未经请示采购任何办公用品
  line("八项承诺", "六", "office-supplies", "未经请示采购办公用品", "Office supplies bought without asking"),
  -- 不准未经请示批准打印任何资料
  line("八项承诺", "七", "printing", "未经请示批准打印资料", "Printing without approval"),
  -- 不准未经请示公费租用车辆
  line("八项承诺", "八", "vehicle-hire", "未经请示公费租车", "Vehicles hired at public cost without asking"),
}

clause "十不准"
local prohibitions = step { sum(prohibited), zh = "违反“十不准”次数", en = "Breaches of the ten prohibitions" }
local each_ten     = param { "prohibition_points", default = 1, min = 0, max = 10, zh = "文件未规定：违反“十不准”每次扣分",
                             en = "not in the text: points for each breach of the ten prohibitions" }

clause "八项承诺"
local commitments  = step { sum(one_to_three) + company + sum(five_to_eight), zh = "违反八项承诺次数", en = "Breaches of the eight commitments" }
local each_eight   = param { "commitment_points", default = 1, min = 0, max = 10, zh = "文件未规定：违反八项承诺每次扣分",
                             en = "not in the text: points for each breach of the eight commitments" }
score { prohibitions * each_ten + commitments * each_eight, round = half_up(2), zh = "计入效能考核的扣分", en = "Points to take off in the assessment of the year" }
