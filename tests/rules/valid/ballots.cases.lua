-- Each peer's ballot: work, conduct, opinion. The same share in all three is refused, so is a blank.

case "the mean of two roles together" {
  -- (80 + 90 + 70) / 3 = 80; two of the three that count chose A or B
  clause = "3", peer = { { 80, 30, "B" }, { 90, 40, "A" } }, leader = { { 70, 20, "C" } },
  expect = { status = "assessed", score = "80.00" },
}

case "a uniform ballot does not count" {
  -- 80 of 100, 40 of 50, 80 of 100 points; without it (90 + 70) / 2 = 80
  clause = "2", peer = { { 80, 40, "B" }, { 90, 30, "A" } }, leader = { { 70, 20, "B" } },
  expect = { score = "80.00" },
}

case "fewer than two ballots give no mean" {
  clause = "3", peer = { { 80, 40, "B" } }, leader = { { 70, 20, "B" } }, expect = { status = "incomplete" },
}

case "fewer than half competent" {
  -- one of three
  clause = "5", leader = { { 80, 30, "B" }, { 90, 40, "C" }, { 70, 10, "C" } }, expect = { status = "excluded" },
}

case "an option that is not counted is no part of the share" {
  -- one of two
  clause = "4", leader = { { 80, 30, "B" }, { 90, 40, "C" }, { 70, 10, "D" } }, expect = { status = "assessed", score = "80.00" },
}
