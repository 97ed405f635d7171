case "a senior of the basic track" {
  -- papers 20 of 20: 100; funds 300: 80 + 100 / 15 = 86.666…; experts 92 of A, A, A: 0.425 × 100 + 0.125 × 86.666… + 0.45 × 92 = 42.5 + 10.8333… + 41.4 = 94.7333…
  -- bonus 5 + 2 = 7 → 6; a warning − 3: 97.7333…
  clause = "6", track = "basic", level = "senior", born = "1970-01-01", promoted = "2015-01-01", expert = { "A", "A", "A", "N" },
  events = { { "paper", points = 20 }, { "fund", amount = 300 }, { "patent", points = 8 }, { "talk", points = 2 }, { "warning", from = "2026-01-01" } },
  expect = { score = "97.7", figures = { ["加分"] = 6 } },
}

case "before July 2025" {
  -- 0.4 × 100 + 0.2 × 60 + 0.4 × 80 = 84
  clause = "5", period = "2024", track = "basic", level = "senior", born = "1970-01-01", expert = { "B", "B", "B" },
  events = { { "paper", points = 20 }, { "fund", amount = 50 } }, expect = { score = "84.0", grade = "good" },
}

case "half of the best, and about to retire" {
  clause = "2", people = {
    { "a", track = "applied", level = "junior", born = "1990-01-01", expert = { "A", "A", "A" }, events = { { "paper", points = 20 } }, expect = { figures = { ["论文相对分"] = 100 } } },
    { "b", track = "applied", level = "junior", born = "1990-01-01", expert = { "A", "A", "A" }, events = { { "paper", points = 10 } }, expect = { figures = { ["论文相对分"] = 50 } } },
    { "c", track = "applied", level = "junior", born = "1967-01-01", expert = { "A", "A", "A" }, expect = { status = "excluded" } },
  },
}

case "the last of twenty is talked to" {
  clause = "7", people = {
    { "01", track = "basic", level = "junior", born = "1990-01-01", expert = { "C", "C", "C" }, expect = { lists = { "talk" } } },
    { "02", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "03", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "04", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "05", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "06", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "07", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "08", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "09", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "10", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "11", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "12", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "13", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "14", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "15", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "16", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "17", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "18", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "19", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
    { "20", track = "basic", level = "junior", born = "1990-01-01", expert = { "B", "B", "B" }, expect = { lists = {} } },
  },
}
