-- Ballots: { teaching, care, duty }.

case "a teacher of a primary school without parents' ballots" {
  -- pupils (4 + 4 + 8) × 5 = 80; peers 90: (0.2 × 80 + 0.4 × 90) / 0.6 = 86.666…; no first half: 86.5
  clause = "三", post_type = "teacher", stage = "primary", age = 30, start = "2020-09-01",
  pupil = { { 4, 4, 8 } }, peer = { { 4.5, 4.5, 9 } }, events = { { "hours", amount = 72 } },
  expect = { score = "86.5", grade = "good", figures = { ["评议分"] = "260/3" } },
}

case "a head needs all three" {
  clause = "三", people = {
    { "a", post_type = "head", stage = "middle", age = 50, start = "2020-09-01", peer = { { 4, 4, 8 } }, parent = { { 5, 5, 10 } }, office = { { 4, 4, 8 } },
      expect = { score = "84.0" } }, -- 0.3 × 80 + 0.2 × 100 + 0.5 × 80
    { "b", post_type = "head", stage = "middle", age = 50, start = "2020-09-01", peer = { { 4, 4, 8 } }, parent = { { 5, 5, 10 } }, expect = { status = "incomplete", missing = "District office" } },
  },
}

case "the first half of the year, and the bonus" {
  -- 0.7 × 80 + 0.3 × 90 = 83; mentor 6 → 5, contest 2: 7 → 6: 89
  clause = "四", post_type = "teacher", stage = "middle", age = 30, start = "2020-09-01",
  pupil = { { 4, 4, 8 } }, parent = { { 4, 4, 8 } }, peer = { { 4, 4, 8 } }, history = { { "2026H1", score = 90 } },
  events = { { "mentor", points = 6 }, { "contest", points = 2 } }, expect = { score = "89.0", figures = { ["加分"] = 6 } },
}

case "training, violence, and a second poor year" {
  clause = "五", people = {
    { "a", post_type = "teacher", stage = "middle", age = 30, start = "2020-09-01", pupil = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } },
      events = { { "hours", amount = 71 } }, expect = { score = "95.0", grade = "good" } },
    { "b", post_type = "teacher", stage = "middle", age = 30, start = "2020-09-01", pupil = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } },
      events = { { "violence" } }, expect = { score = "95.0", grade = "fail" } },
    { "c", post_type = "teacher", stage = "middle", age = 30, start = "2020-09-01", pupil = { { 3, 3, 8 } }, parent = { { 3, 3, 8 } }, peer = { { 3, 3, 8 } },
      history = { { "2025", grade = "pass" } }, expect = { score = "70.0", grade = "fail" } },
  },
}

case "a model school of seven: the head takes no place" {
  -- base 6, 6 × 0.3 = 1.8 → 2; h is head; a and b tie in points and colleagues, a joined first; c is third
  clause = "七",
  units = { { "一小", measures = { { "level", value = 92 } }, post_type = "teacher", stage = "primary", age = 30, start = "2020-09-01", expect = { grade = "model" } } },
  people = {
    { "h", unit = "一小", post_type = "head", stage = "primary", age = 50, start = "2000-09-01", peer = { { 5, 5, 10 } }, parent = { { 5, 5, 10 } }, office = { { 5, 5, 10 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "excellent" } },
    { "a", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2010-09-01", pupil = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "excellent" } },
    { "b", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2011-09-01", pupil = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "excellent" } },
    { "c", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2012-09-01", pupil = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "good" } },
    { "d", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2012-09-01", pupil = { { 3, 5, 9 } }, parent = { { 3, 5, 9 } }, peer = { { 3, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "good" } },
    { "e", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2012-09-01", pupil = { { 2, 5, 9 } }, parent = { { 2, 5, 9 } }, peer = { { 2, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "good" } },
    { "f", unit = "一小", post_type = "teacher", stage = "primary", age = 30, start = "2012-09-01", pupil = { { 2, 5, 9 } }, parent = { { 2, 5, 9 } }, peer = { { 2, 5, 9 } },
      events = { { "hours", amount = 80 } }, expect = { grade = "good" } },
  },
}

case "away for half a year and more" {
  clause = "八", post_type = "teacher", stage = "primary", age = 30, start = "2020-09-01", pupil = { { 5, 5, 9 } }, peer = { { 5, 5, 9 } }, parent = { { 5, 5, 9 } },
  events = { { "leave", from = "2026-01-01", to = "2026-07-02" } }, expect = { status = "excluded" },
}
