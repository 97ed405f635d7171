-- A unit of eight: 8 × 0.15 = 1.2, rounded down 1. Three reach 90.

case "beyond the quota is the next grade, and the leader decides between equal scores" {
  -- a and b share 95; b has the better leader's ballot and the one place. The batch: 8 × 0.9 = 7.2 → 7 may be competent or
  -- better, and all eight are: h is beyond it and listed. Nobody is basic, so the first from the low end, h, is listed again.
  clause = "5", people = {
    { "a", unit = "股", peer = { { 95 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 2, flags = "quota" } },
    { "b", unit = "股", peer = { { 95 } }, leader = { { 90 } }, expect = { grade = "excellent", rank = 1, flags = "" } },
    { "c", unit = "股", peer = { { 91 } }, leader = { { 99 } }, expect = { grade = "competent", rank = 3 } },
    { "d", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 4 } },
    { "e", unit = "股", peer = { { 79 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 5 } },
    { "f", unit = "股", peer = { { 78 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 6 } },
    { "g", unit = "股", peer = { { 77 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 7 } },
    { "h", unit = "股", peer = { { 76 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 8, flags = "quota" } },
  },
}

case "who ties at the line does not get the grade before people have decided" {
  -- Two equal in everything for one place. Of the others nobody is near 90.
  clause = "5", people = {
    { "a", unit = "股", peer = { { 95 } }, leader = { { 90 } }, expect = { grade = "competent", rank = 1, flags = "tie;quota" } },
    { "b", unit = "股", peer = { { 95 } }, leader = { { 90 } }, expect = { grade = "competent", rank = 1, flags = "tie;quota" } },
    { "c", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { grade = "competent", rank = 3, flags = "" } },
    { "d", unit = "股", peer = { { 79 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "e", unit = "股", peer = { { 78 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "f", unit = "股", peer = { { 77 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "g", unit = "股", peer = { { 65 } }, leader = { { 80 } }, expect = { grade = "basic", flags = "" } },
  },
}

case "small units share one quota, and the larger remainder comes first" {
  -- 5 × 0.15 = 0.75 and 4 × 0.15 = 0.6 are 1.35, rounded down 1: the unit of five gets it.
  -- The batch: 9 × 0.9 = 8.1 → 8 of 9 may be competent or better.
  clause = "5", people = {
    { "a", unit = "小", peer = { { 99 } }, leader = { { 80 } }, expect = { grade = "competent", flags = "quota" } },
    { "b", unit = "小", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "c", unit = "小", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "d", unit = "小", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "e", unit = "大", peer = { { 91 } }, leader = { { 80 } }, expect = { grade = "excellent", flags = "" } },
    { "f", unit = "大", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "g", unit = "大", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "h", unit = "大", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "i", unit = "大", peer = { { 65 } }, leader = { { 80 } }, expect = { status = "assessed" } },
  },
}

case "the head of a unit does not take a place of it" {
  clause = "5", people = {
    { "a", unit = "股", peer = { { 99 } }, leader = { { 80 } }, events = { { "head", from = "2026-01-01" } },
      expect = { grade = "excellent" } },
    { "b", unit = "股", peer = { { 91 } }, leader = { { 80 } }, expect = { grade = "excellent", flags = "" } },
    { "c", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "d", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "e", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "f", unit = "股", peer = { { 80 } }, leader = { { 80 } }, expect = { status = "assessed" } },
    { "g", unit = "股", peer = { { 65 } }, leader = { { 80 } }, expect = { status = "assessed" } },
  },
}

case "the lowest by the leader cannot be excellent" {
  clause = "4", people = {
    { "a", unit = "股", peer = { { 95 } }, leader = { { 40 } }, expect = { grade = "competent", flags = "veto" } },
    { "b", unit = "股", peer = { { 65 } }, leader = { { 80 } }, expect = { grade = "basic" } },
  },
}
