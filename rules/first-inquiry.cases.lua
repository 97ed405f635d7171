-- Worked cases of first-inquiry.lua.

case "who does the duty has nothing to fear" {
  clause = "九", expect = { status = "assessed", score = "0", grade = "kept", reasons = "", lists = {} },
}

case "a duty not done, without harm: talk and admonition" {
  clause = "九1", events = { { "no-harm" } }, expect = { score = "1", grade = "talk", lists = { "talk" } },
}

case "without harm it stays a talk however often it happens" {
  clause = "九1", events = { { "no-harm", from = "2026-03-02" }, { "no-harm", from = "2026-05-11" }, { "no-harm", from = "2026-09-01" } },
  expect = { score = "3", grade = "talk", lists = { "talk" }, figures = { ["未尽首问责任、无不良后果的次数"] = 3 } },
}

case "harm, verified: criticism and education" {
  clause = "九2", events = { { "harm", ref = "信访查实〔2026〕2号" } },
  expect = { score = "1", grade = "criticism", lists = { "criticism" }, reasons = "九2 产生不良后果的次数：1" },
}

case "serious or vile: by the rules in force" {
  clause = "九2", events = { { "serious" } }, expect = { score = "1", grade = "regulations", lists = { "regulations" } },
}

case "nothing follows from a complaint before it is verified" {
  clause = "九2", events = { { "unverified" } }, expect = { score = "0", grade = "kept", lists = { "verify" } },
}

case "the gravest decides, and each is dealt with" {
  -- 1 + 1 + 1 = 3
  clause = "九", people = {
    { "a", events = { { "no-harm" }, { "harm" }, { "serious" } }, expect = { score = "3", grade = "regulations", lists = { "talk", "criticism", "regulations" } } },
    { "b", events = { { "no-harm" }, { "harm" } }, expect = { score = "2", grade = "criticism", lists = { "talk", "criticism" } } },
  },
}
