case "every pair of letters" {
  clause = "2", people = {
    { "aa", peer = { { 95 } }, leader = { { 90 } }, expect = { grade = "good" } },
    { "ab", peer = { { 95 } }, leader = { { 89.9 } }, expect = { grade = "fair" } },
    { "ac", peer = { { 95 } }, leader = { { 59 } }, expect = { grade = "fair" } },
    { "bb", peer = { { 60 } }, leader = { { 60 } }, expect = { grade = "fair" } },
    { "bc", peer = { { 60 } }, leader = { { 59 } }, expect = { grade = "poor" } },
    { "ca", peer = { { 0 } },  leader = { { 100 } }, expect = { grade = "poor" } },
    { "none", leader = { { 100 } }, expect = { status = "incomplete" } },
  },
}
