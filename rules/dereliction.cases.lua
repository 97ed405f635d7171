-- Worked cases of dereliction.lua. The points of an event say how grave it is: 1 较轻, 2 较重, 3 严重, 4 涉嫌犯罪.

case "whoever did nothing has nothing to answer for" {
  clause = "3", expect = { status = "assessed", score = "0", grade = "none", reasons = "", lists = {} },
}

case "each of the nine kinds of conduct is answered for" {
  clause = "3", people = {
    { "1", events = { { "no-effect-given", points = 1 } }, expect = { score = "1", grade = "admonished", reasons = "3(1) " } },
    { "2", events = { { "accident", points = 1 } },        expect = { score = "1", grade = "admonished", reasons = "3(2) " } },
    { "3", events = { { "shuffling", points = 1 } },       expect = { score = "1", grade = "admonished", reasons = "3(3) " } },
    { "4", events = { { "task-late", points = 1 } },       expect = { score = "1", grade = "admonished", reasons = "3(4) " } },
    { "5", events = { { "duty-not-done", points = 1 } },   expect = { score = "1", grade = "admonished", reasons = "3(5) " } },
    { "6", events = { { "rudeness", points = 1 } },        expect = { score = "1", grade = "admonished", reasons = "3(6) " } },
    { "7", events = { { "dishonesty", points = 1 } },      expect = { score = "1", grade = "admonished", reasons = "3(7) " } },
    { "8", events = { { "bad-environment", points = 1 } }, expect = { score = "1", grade = "admonished", reasons = "3(8) " } },
    { "9", events = { { "other", points = 1 } },           expect = { score = "1", grade = "admonished", reasons = "3(9) " } },
  },
}

case "minor conduct: the head admonishes, self-criticism in writing, on record" {
  clause = "4(一)", events = { { "rudeness", points = 1 } },
  expect = { grade = "admonished", reasons = "情节较轻", lists = { "admonition", "record" } },
}

case "graver conduct: the leading group decides, the caution is given in writing and filed" {
  clause = "4(一)", events = { { "shuffling", points = 2 } },
  expect = { grade = "cautioned", lists = { "caution", "notice" } },
}

case "serious conduct goes by the rules of discipline" {
  clause = "4(三)", events = { { "dishonesty", points = 3 } },
  expect = { grade = "disciplined", lists = { "discipline" } },
}

case "a suspected crime is referred" {
  clause = "4(三)", events = { { "accident", points = 4 } },
  expect = { grade = "referred", lists = { "referral" } },
}

case "of several kinds the gravest decides, and each has its own consequence" {
  -- 2 + 1 = 3 derelictions, the gravest is 2
  clause = "4", events = { { "task-late", points = 1 }, { "duty-not-done", points = 2 }, { "other", points = 1 } },
  expect = { score = "3", grade = "cautioned", figures = { ["情节较轻"] = 2, ["情节较重"] = 1, ["最重的情节"] = 2 },
             lists = { "admonition", "caution", "record", "notice" } },
}

case "how grave it is goes from 1 to 4, in whole steps" {
  clause = "3", people = {
    { "a", events = { { "other", points = 0 } },   expect = { status = "refused" } },
    { "b", events = { { "other", points = 1.5 } }, expect = { status = "refused" } },
    { "c", events = { { "other", points = 4 } },   expect = { grade = "referred" } },
    { "d", events = { { "other", points = 5 } },   expect = { status = "refused" } },
  },
}

case "a head answers with those of the section" {
  -- 贾主任 is liable for a minor and a graver one of others, and has none of the own
  clause = "4(一)", people = {
    { "staff", events = { { "rudeness", points = 1, liable = "head" }, { "shuffling", points = 2, liable = "head" } },
      expect = { score = "2", grade = "cautioned" } },
    { "head", expect = { score = "0", grade = "none", lists = { "answerable" }, figures = { ["作为相关责任人的情形数"] = 2, ["其中情节严重的情形数"] = 0 } } },
  },
}

case "a leader answers for what is serious, not for what is graver" {
  clause = "4(三)", people = {
    { "staff", events = { { "dishonesty", points = 3, liable = "leader" }, { "task-late", points = 2, liable = "head" } }, expect = { score = "2" } },
    { "leader", expect = { grade = "none", lists = { "answerable", "leadership" } } },
    { "head",   expect = { grade = "none", lists = { "answerable" } } },
  },
}

case "a veto bars honours and is no dereliction of its own" {
  clause = "4(二)", events = { { "veto", ref = "效能办通报〔2026〕3号" } },
  expect = { score = "0", grade = "none", lists = { "no-honour" }, reasons = "一票否决" },
}

case "what is found and not verified bars nothing yet" {
  clause = "4(二)", events = { { "finding" } }, expect = { grade = "none", lists = { "verify" } },
}

case "one who is found out, verified, by inspection answers for the conduct and has the veto" {
  clause = "4(二)", events = { { "bad-environment", points = 2 }, { "veto" } },
  expect = { score = "1", grade = "cautioned", lists = { "caution", "no-honour", "notice" } },
}

case "an admonition is on record, a caution filed; neither without the other" {
  clause = "4(四)", people = {
    { "a", events = { { "other", points = 1 } }, expect = { lists = { "admonition", "record" } } },
    { "b", events = { { "other", points = 2 } }, expect = { lists = { "caution", "notice" } } },
    { "c", events = { { "other", points = 3 } }, expect = { lists = { "discipline" } } },
  },
}
