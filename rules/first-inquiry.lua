-- 首问负责制: what becomes of the first-asked person who does not do what the first-asked person must.

scheme {
  id = "first-inquiry", format = 1, subjects = "people",
  title  = { zh = "首问负责制", en = "Responsibility of the first-asked person" },
  source = { zh = "《莲塘镇机关效能建设制度》首问负责制", en = "Rules of Liantang for an efficient office: the first-asked person" },
}

clause "九1"   -- 没有做到首问责任要求，尚未造成不良后果的，予以谈话告诫
kinds { { "no-harm", zh = "未尽首问责任", en = "First-asked duty not done" } }
local no_harm = step { events "no-harm":count(), zh = "未尽首问责任、无不良后果的次数", en = "Times without harm", remark = true }
list { "talk", no_harm:at_least(1), purpose = "follow_up", zh = "谈话告诫", en = "talk and admonition" }

clause "九2"   -- 推诿或刁难群众产生不良后果，一经查实，批评教育；情节严重、影响恶劣的，按有关规定处理
kinds {
  { "harm",       zh = "推诿刁难",       en = "Shuffling or making difficulties" },
  { "serious",    zh = "严重推诿刁难",   en = "Serious or vile shuffling" },
  { "unverified", zh = "推诿刁难待查实", en = "Shuffling not yet verified" },
}
local harm    = step { events "harm":count(),    zh = "产生不良后果的次数",       en = "Times with harm, verified", remark = true }
local serious = step { events "serious":count(), zh = "情节严重、影响恶劣的次数", en = "Times serious or vile, verified", remark = true }
list { "criticism", harm:at_least(1), purpose = "follow_up", zh = "批评教育", en = "criticism and education" }
list { "regulations", serious:at_least(1), purpose = "decision", zh = "按照有关规定处理", en = "dealt with by the rules in force" }
list { "verify", events "unverified":any(), purpose = "follow_up", zh = "待查实，查实前不作处理", en = "to be verified; nothing follows before" }

clause "九"   -- 对首问责任人的处理：几次的，按最重的
score { no_harm + harm + serious, round = half_up(0), zh = "未尽首问责任次数", en = "Times the duty was not done" }
grades {
  { "kept",        zh = "履行首问责任", en = "Duty done" },
  { "talk",        zh = "谈话告诫",     en = "Talk and admonition" },
  { "criticism",   zh = "批评教育",     en = "Criticism and education" },
  { "regulations", zh = "按规定处理",   en = "By the rules in force" },
}
grade_by { when(serious:at_least(1), grade "regulations", when(harm:at_least(1), grade "criticism", when(no_harm:at_least(1), grade "talk", grade "kept"))),
           zh = "对首问责任人的处理", en = "What becomes of the first-asked person" }
