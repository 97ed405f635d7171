-- 五星机关: five stars for offices, each won when all its criteria hold; an office with all five is a five-star office.
-- Each lead department judges the criteria of its star only and leaves the others blank.

scheme {
  id = "five-star", format = 1, subjects = "units",
  title  = { zh = "“五星”机关(科、室)创建", en = "Five-star offices" },
  source = { zh = "《关于开展“五星”机关(科、室)创建活动的实施方案》二、创建标准",
             en = "Plan for the five-star offices, 2: standards" },
}

clause "四(二)"   -- 学习星由区委宣传部、文明星由区文明办、廉政星由区纪委(监察局)、服务星由区直机关党工委、清洁星由区爱卫办牵头
roles {
  { "study-lead",     signed = true, zh = "宣传部",     en = "Publicity Department" },
  { "civility-lead",  signed = true, zh = "文明办",     en = "Civility Office" },
  { "integrity-lead", signed = true, zh = "纪委监察局", en = "Discipline Inspection" },
  { "service-lead",   signed = true, zh = "机关党工委", en = "Party Committee of Offices" },
  { "clean-lead",     signed = true, zh = "爱卫办",     en = "Health Campaign Office" },
}

clause "二"
local function judged(id, zh, en)
  return { id, zh = zh, en = en, invalid = "counted_apart", options = {
    { "met",   zh = "达到",   en = "Met",     points = 1 },
    { "unmet", zh = "未达到", en = "Not met", points = 0 } } }
end
items {
  judged("study-content",    "学习内容丰富",         "Rich content of study"),
  judged("study-forms",      "学习方式多样",         "Varied forms of study"),
  judged("study-system",     "学习制度健全",         "Sound system of study"),
  judged("study-results",    "学用成效明显",         "Study put to use"),
  judged("civil-campaign",   "文明创建扎实开展",     "Solid work for civility"),
  judged("civil-conduct",    "文明素质明显提高",     "Better conduct"),
  judged("civil-premises",   "环境面貌整洁优美",     "Tidy premises"),
  judged("civil-drive",      "创建活动成效显著",     "Visible results of the drive"),
  judged("duty",             "廉政责任落实",         "Duty of integrity carried out"),
  judged("prevention",       "惩防体系健全",         "Sound prevention"),
  judged("workstyle",        "机关作风优良",         "Good style of work"),
  judged("law-abiding",      "法纪遵守严明",         "Law and discipline kept"),
  judged("service-idea",     "服务理念先进",         "Service first"),
  judged("service-conduct",  "服务行为规范",         "Service by the rules"),
  judged("service-open",     "服务过程透明",         "Open service"),
  judged("public-floors",    "大厅走廊楼梯",         "Hall, corridors, stairs"),
  judged("public-walls",     "公共门窗墙壁标牌",     "Windows, walls, signs of the premises"),
  judged("public-washrooms", "洗漱池厕所",           "Basins and toilets"),
  judged("public-bins",      "垃圾箱纸篓",           "Bins"),
  judged("room-windows",     "室内门窗",             "Doors and windows of the rooms"),
  judged("room-walls",       "室内墙壁",             "Walls of the rooms"),
  judged("room-floors",      "室内地面",             "Floors of the rooms"),
  judged("room-desks",       "桌椅",                 "Desks and chairs"),
  judged("room-cupboards",   "办公橱",               "Cupboards"),
  judged("room-machines",    "电脑电话打印机",       "Computers, telephones, printers"),
  judged("room-tools",       "卫生用具",             "Cleaning things"),
  judged("room-corners",     "室内各角落",           "Corners of the rooms"),
}
local agreed = param { "agreed", default = 1, min = 0.5, max = 1,
                       zh = "认为达到的评定票须占的比例（文件未规定牵头部门多人评定时如何认定，按全部）",
                       en = "share of the ballots that must find a criterion met (the document is silent; all of them)" }
local function meets(lead, id) return ballots(lead):item(id):share { "met" }:at_least(agreed) end

clause "二(一)1"   -- 学习内容丰富
local study1 = step { meets("study-lead", "study-content"), zh = "学习内容丰富", en = "Rich content of study" }
clause "二(一)2"   -- 学习方式多样
local study2 = step { meets("study-lead", "study-forms"), zh = "学习方式多样", en = "Varied forms of study" }
clause "二(一)3"   -- 学习制度健全
local study3 = step { meets("study-lead", "study-system"), zh = "学习制度健全", en = "Sound system of study" }
clause "二(一)4"   -- 学用成效明显
local study4 = step { meets("study-lead", "study-results"), zh = "学用成效明显", en = "Study put to use" }
clause "二(一)"
local study  = step { when(all_of { study1, study2, study3, study4 }, 1, 0), zh = "学习星", en = "Star of study" }

clause "二(二)1"   -- 文明创建扎实开展
local civil1 = step { meets("civility-lead", "civil-campaign"), zh = "文明创建扎实开展", en = "Solid work for civility" }
clause "二(二)2"   -- 文明素质明显提高
local civil2 = step { meets("civility-lead", "civil-conduct"), zh = "文明素质明显提高", en = "Better conduct" }
clause "二(二)3"   -- 环境面貌整洁优美
local civil3 = step { meets("civility-lead", "civil-premises"), zh = "环境面貌整洁优美", en = "Tidy premises" }
clause "二(二)4"   -- 创建活动成效显著:参与率达到100%
measures { { "participation", zh = "创建活动参与率(%)", en = "Participation in the drive (%)" } }
local civil4 = step { meets("civility-lead", "civil-drive"), zh = "创建活动成效显著", en = "Visible results of the drive" }
local all_in = step { measure "participation":value():at_least(100), zh = "参与率达到100%", en = "participation of 100 %" }
clause "三(二)3"   -- 每年专题研究创建工作2次以上
kinds { { "special-study", zh = "专题研究创建工作", en = "Meeting on the drive" } }
local twice  = step { events "special-study":in_period():count():at_least(2), zh = "专题研究2次以上", en = "two meetings on the drive or more" }
clause "二(二)"
local civil  = step { when(all_of { civil1, civil2, civil3, civil4, all_in, twice }, 1, 0), zh = "文明星", en = "Star of civility" }

clause "二(三)1"   -- 廉政责任落实
local clear1 = step { meets("integrity-lead", "duty"), zh = "廉政责任落实", en = "Duty of integrity carried out" }
clause "二(三)2"   -- 惩防体系健全
local clear2 = step { meets("integrity-lead", "prevention"), zh = "惩防体系健全", en = "Sound prevention" }
clause "二(三)3"   -- 机关作风优良
local clear3 = step { meets("integrity-lead", "workstyle"), zh = "机关作风优良", en = "Good style of work" }
clause "二(三)4"   -- 法纪遵守严明:机关工作人员无违法违纪行为
kinds { { "breach", zh = "违法违纪", en = "Breach of law or discipline" } }
local clear4 = step { meets("integrity-lead", "law-abiding"), zh = "法纪遵守严明", en = "Law and discipline kept" }
local breach = step { events "breach":in_period():count(), zh = "违法违纪行为", en = "Breaches of law or discipline", remark = true }
clause "二(三)"
local clear  = step { when(all_of { clear1, clear2, clear3, clear4, breach:exactly(0) }, 1, 0), zh = "廉政星", en = "Star of integrity" }

clause "二(四)1"   -- 服务理念先进
local serve1 = step { meets("service-lead", "service-idea"), zh = "服务理念先进", en = "Service first" }
clause "二(四)2"   -- 服务行为规范
local serve2 = step { meets("service-lead", "service-conduct"), zh = "服务行为规范", en = "Service by the rules" }
clause "二(四)3"   -- 服务过程透明
local serve3 = step { meets("service-lead", "service-open"), zh = "服务过程透明", en = "Open service" }
clause "二(四)4"   -- 办理时限在去年基础上压缩30%以上
measures { { "handling-days", zh = "公务事项平均办理天数", en = "Average days to handle a matter", lower_is_better = true } }
local days   = measure "handling-days"
local faster = step { days:value():at_most(days:baseline() * (1 - 0.3)), zh = "办理时限压缩30%以上", en = "time cut by 30 % or more" }
clause "二(四)"
local serve  = step { when(all_of { serve1, serve2, serve3, faster }, 1, 0), zh = "服务星", en = "Star of service" }

clause "二(五)办公区1"   -- 大厅、走廊、楼梯
local clean1 = step { meets("clean-lead", "public-floors"), zh = "大厅走廊楼梯", en = "Hall, corridors, stairs" }
clause "二(五)办公区2"   -- 门窗玻璃、壁、柱、扶手、指示牌
local clean2 = step { meets("clean-lead", "public-walls"), zh = "公共门窗墙壁标牌", en = "Windows, walls, signs of the premises" }
clause "二(五)办公区3"   -- 洗刷池、洗漱池(台)、厕所
local clean3 = step { meets("clean-lead", "public-washrooms"), zh = "洗漱池厕所", en = "Basins and toilets" }
clause "二(五)办公区4"   -- 垃圾箱、纸篓
local clean4 = step { meets("clean-lead", "public-bins"), zh = "垃圾箱纸篓", en = "Bins" }
clause "二(五)室内1"   -- 门窗
local room1  = step { meets("clean-lead", "room-windows"), zh = "室内门窗", en = "Doors and windows of the rooms" }
clause "二(五)室内2"   -- 墙壁
local room2  = step { meets("clean-lead", "room-walls"), zh = "室内墙壁", en = "Walls of the rooms" }
clause "二(五)室内3"   -- 地面
local room3  = step { meets("clean-lead", "room-floors"), zh = "室内地面", en = "Floors of the rooms" }
clause "二(五)室内4"   -- 桌椅
local room4  = step { meets("clean-lead", "room-desks"), zh = "桌椅", en = "Desks and chairs" }
clause "二(五)室内5"   -- 办公橱
local room5  = step { meets("clean-lead", "room-cupboards"), zh = "办公橱", en = "Cupboards" }
clause "二(五)室内6"   -- 电脑、电话、打印机等
local room6  = step { meets("clean-lead", "room-machines"), zh = "电脑电话打印机", en = "Computers, telephones, printers" }
clause "二(五)室内8"   -- 卫生用具(文件无7)
local room8  = step { meets("clean-lead", "room-tools"), zh = "卫生用具", en = "Cleaning things" }
clause "二(五)室内9"   -- 各角落
local room9  = step { meets("clean-lead", "room-corners"), zh = "室内各角落", en = "Corners of the rooms" }
clause "二(五)"
local clean  = step { when(all_of { clean1, clean2, clean3, clean4, room1, room2, room3, room4, room5, room6, room8, room9 }, 1, 0),
                      zh = "清洁星", en = "Star of cleanliness" }

clause "一"   -- 创建“五星”机关(科、室)
score { study + civil + clear + serve + clean, round = half_up(0), zh = "星数", en = "Stars" }
grades {
  { "five-star", zh = "五星机关", en = "Five-star office",   from = 5 },
  { "starred",   zh = "单项星",   en = "Some of the stars",  from = 1 },
  { "none",      zh = "未获星",   en = "No star",            from = 0 },
}
list { "study-star",       study:exactly(1), purpose = "honour", zh = "学习星机关(科、室)", en = "star of study" }
list { "civility-star",    civil:exactly(1), purpose = "honour", zh = "文明星机关(科、室)", en = "star of civility" }
list { "integrity-star",   clear:exactly(1), purpose = "honour", zh = "廉政星机关(科、室)", en = "star of integrity" }
list { "service-star",     serve:exactly(1), purpose = "honour", zh = "服务星机关(科、室)", en = "star of service" }
list { "cleanliness-star", clean:exactly(1), purpose = "honour", zh = "清洁星机关(科、室)", en = "star of cleanliness" }
