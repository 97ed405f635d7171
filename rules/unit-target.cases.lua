-- Worked cases of unit-target.lua. A ballot is one mark from 0 to 100.

case "20, 50, 20 and 10 points" {
  -- 18 + 45.5 + (90 + 80) / 2 × 0.20 + 70 × 0.10 = 18 + 45.5 + 17 + 7 = 87.5
  clause = "四", category = "department", duties = 18, efficiency = 45.5, leader = { { 90 }, { 80 } }, public = { { 70 } },
  expect = { status = "assessed", score = "87.50", rank = 1, flags = "", figures = { ["领导评价得分（满分20）"] = 17, ["社会评议得分（满分10）"] = 7 } },
}

case "the whole of everything is 100" {
  clause = "四", category = "town", duties = 20, efficiency = 50, leader = { { 100 } }, public = { { 100 } }, expect = { score = "100.00" },
}

case "the score is rounded once, half up" {
  -- public (80 + 80 + 81) / 3 × 0.10 = 8.03333…; 10 + 20 + 10 + 8.03333… = 48.03333…
  -- b: 10 + 20 + 10 + 80.05 × 0.10 = 48.005 → 48.01
  clause = "四", people = {
    { "a", category = "town", duties = 10, efficiency = 20, leader = { { 50 } }, public = { { 80 }, { 80 }, { 81 } }, expect = { score = "48.03" } },
    { "b", category = "town", duties = 10, efficiency = 20, leader = { { 50 } }, public = { { 80.05 } }, expect = { score = "48.01" } },
  },
}

case "a part that is missing leaves the unit incomplete" {
  clause = "四", people = {
    { "a", category = "town", duties = 20, leader = { { 90 } }, public = { { 90 } }, expect = { status = "incomplete", score = "" } },
    { "b", category = "town", duties = 20, efficiency = 40, public = { { 90 } }, expect = { status = "incomplete" } },
    { "c", category = "town", duties = 20, efficiency = 40, leader = { { 90 } }, expect = { status = "incomplete", rank = "" } },
    { "d", category = "town", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } }, expect = { score = "87.00", rank = 1 } },
  },
}

case "every class has its own ranking, and equal scores share a rank" {
  -- 20 + 40 + 18 + 9 = 87; with 41: 88; with 39: 86
  clause = "三", people = {
    { "a", category = "department", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } }, expect = { score = "87.00", rank = 2, flags = "tie" } },
    { "b", category = "department", duties = 20, efficiency = 41, leader = { { 90 } }, public = { { 90 } }, expect = { score = "88.00", rank = 1 } },
    { "c", category = "department", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } }, expect = { rank = 2, flags = "tie" } },
    { "d", category = "department", duties = 20, efficiency = 39, leader = { { 90 } }, public = { { 90 } }, expect = { rank = 4 } },
    { "e", category = "vertical", duties = 20, efficiency = 39, leader = { { 90 } }, public = { { 90 } }, expect = { score = "86.00", rank = 1, flags = "" } },
  },
}

case "four towns are what the plan lists, one vertically managed unit is not" {
  clause = "三", people = {
    { "a", category = "town", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } }, expect = { lists = {} } },
    { "b", category = "town", duties = 20, efficiency = 39, leader = { { 90 } }, public = { { 90 } }, expect = { lists = {} } },
    { "c", category = "town", duties = 20, efficiency = 38, leader = { { 90 } }, public = { { 90 } }, expect = { lists = {} } },
    { "d", category = "town", duties = 20, efficiency = 37, leader = { { 90 } }, public = { { 90 } },
      expect = { lists = {}, rank = 4, figures = { ["方案所列本类单位数"] = 4, ["本类参评单位数"] = 4 } } },
    { "e", category = "vertical", duties = 20, efficiency = 37, leader = { { 90 } }, public = { { 90 } },
      expect = { lists = { "roster" }, figures = { ["方案所列本类单位数"] = 18, ["本类参评单位数"] = 1 } } },
    { "f", category = "department", duties = 20, efficiency = 37, leader = { { 90 } }, public = { { 90 } },
      expect = { lists = { "roster" }, figures = { ["方案所列本类单位数"] = 42 } } },
  },
}

case "a town too many is not what the plan lists either" {
  clause = "三", people = {
    { "a", category = "town", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } }, expect = { lists = { "roster" } } },
    { "b", category = "town", duties = 20, efficiency = 39, leader = { { 90 } }, public = { { 90 } }, expect = { lists = { "roster" } } },
    { "c", category = "town", duties = 20, efficiency = 38, leader = { { 90 } }, public = { { 90 } }, expect = { lists = { "roster" } } },
    { "d", category = "town", duties = 20, efficiency = 37, leader = { { 90 } }, public = { { 90 } }, expect = { lists = { "roster" } } },
    { "e", category = "town", duties = 20, efficiency = 36, leader = { { 90 } }, public = { { 90 } }, expect = { lists = { "roster" }, rank = 5 } },
  },
}

case "where the list of units has changed, nobody checks their number" {
  clause = "三", set = { roster = "free" }, category = "vertical", duties = 20, efficiency = 40, leader = { { 90 } }, public = { { 90 } },
  expect = { lists = {} },
}
