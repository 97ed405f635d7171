-- Worked cases of democratic-review.lua. A ballot is the letter; "" is a blank one.

case "the score is the mean of the ballots that count" {
  -- (100 + 85 + 70 + 55) / 4 = 77.5
  clause = "五2", public = { "A", "B", "C", "D" }, expect = { status = "assessed", score = "77.50", grade = "", rank = 1 },
}

case "“don't know” is not among the ballots" {
  -- (100 + 85) / 2 = 92.5
  clause = "五1", public = { "A", "B", "F", "F", "F" }, expect = { score = "92.50" },
}

case "a blank ballot is invalid and not among them either" {
  clause = "五1", public = { "A", "", "" }, expect = { score = "100.00" },
}

case "the score is rounded once, half up" {
  -- (100 + 100 + 85) / 3 = 95
  -- eight ballots, seven A and one B: 785 / 8 = 98.125 → 98.13
  clause = "五2", people = {
    { "a", public = { "A", "A", "B" }, expect = { score = "95.00", rank = 2 } },
    { "b", public = { "A", "A", "A", "A", "A", "A", "A", "B" }, expect = { score = "98.13", rank = 1 } },
  },
}

case "without a ballot that counts there is no score" {
  clause = "五2", public = { "F", "" }, expect = { status = "incomplete", score = "", rank = "" },
}
