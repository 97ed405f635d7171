-- results.lua: writes results.csv as the module gives it. Arguments: what to do, then what it takes.
local assess = require "assess"
local write = function(text) io.stdout:write(text) end
local ways = {}

-- SCHEME PERIOD LANGUAGE RULES INPUT [NAME=VALUE …]
function ways.files(scheme, period, language, rules, input, ...)
  local settings = {}
  for _, one in ipairs { ... } do
    local name, value = one:match "^(.-)=(.*)$"
    settings[name] = value
  end
  local result <close> = assert(assess.run { rules = scheme, folders = { rules }, period = period, settings = settings,
                                             inputs = { input } })
  local text = assert(result:csv(language))
  local path = os.tmpname()
  assert(result:write_csv(path, { language = language, force = true }))
  local file = assert(io.open(path, "rb"))
  assert(file:read "a" == text, "the file and the text are the same bytes")
  file:close()
  os.remove(path)
  assert(#result == result:count() and #result:table("results").rows == #result)
  for number, row in result:rows() do
    local cells = result:table("results").rows[number]
    assert(row.score == nil or type(row.score) == "string", "a score is a text, exactly")
    assert(cells.id == row.id and cells.score == (row.score or ""))
    if number == 3 then break end
  end
  write(text)
end

-- SCHEME RULES DATA: a Lua file that returns people and ballots
function ways.rows(scheme, rules, data)
  local loaded = assert(assess.load(scheme, { folders = { rules }, period = "2026" }))
  local batch = assert(loaded:batch())
  local tables = dofile(data)
  assert(batch:add_people(tables.people))
  assert(batch:add_ballots(tables.ballots))
  local done = batch:finish()
  if not done then error(batch:report "en") end
  local counts = batch:counts()
  assert(counts.people == #tables.people and counts.ballots == #tables.ballots)
  loaded:close()
  local result = assert(batch:run())
  batch:close() -- any order: a child keeps its parent alive
  write(assert(result:csv()))
end

-- RULES INPUT FOLDER: seals, verifies, replays, compares
function ways.sealed(rules, input, folder)
  local about = { rules = "bureau", folders = { rules }, period = "2026", inputs = { input }, hash_inputs = true }
  local result = assert(assess.run(about))
  local path = folder .. "/sealed.db"
  local anchor = assert(result:seal(path))
  assert(anchor == assert(assess.anchor(path)))
  local _, err = result:seal(path)
  assert(err.status == 2 and err.file == path, tostring(err))
  local report = assert(assess.verify(path, { anchor = anchor, language = "en" }))
  assert(report:find "verified", report)
  local _, wrong, why = assess.verify(path, { anchor = "1:" .. string.rep("0", 64), language = "en" })
  assert(wrong.status == 1 and why:find "anchor", tostring(wrong))
  local again, language = assert(assess.replay(path))
  assert(language == "zh" and again:csv() == result:csv(), "a replay gives the same bytes")
  about.settings = { rounding = "whole" }
  local other = assert(assess.run(about))
  local none, moved = assess.diff(result, again, { format = "csv" })
  assert(none and moved == 0)
  local text, more = assess.diff(result, other, { format = "json", language = "en" })
  assert(more > 0 and text:find("assess.diff/1", 1, true))
  write(assert(assess.diff(result, other, { format = "csv", language = "en" })))
end

-- RULES: the worked cases of a rule file
function ways.cases(rules)
  local passed, failed, report = assess.test("bureau", { folders = { rules }, language = "en" })
  assert(passed > 10 and failed == 0, report)
  local _, err = assess.test("no-such-rules", { folders = { rules } })
  assert(err.status == 2 and err.id ~= "" and err.zh ~= err.en)
  write(passed .. "\n")
end

-- RULES INPUT: texts and tables
function ways.texts(rules, input)
  local scheme = assert(assess.load("bureau", { folders = { rules }, period = "2026" }))
  assert(scheme:id() == "bureau" and scheme:period() == "2026" and scheme:title "en":find "bureau staff")
  assert(scheme:describe("en", "json"):find "assess.scheme/1" and #scheme:describe "zh" > 500)
  for _, id in ipairs(scheme:tables()) do assert(scheme:table(id, "en").id == id) end
  local batch = assert(scheme:batch { hash_inputs = true })
  assert(batch:read(input) and batch:finish())
  local list, open = assert(batch:readiness("en", "text"))
  assert(#list > 0 and math.type(open) == "integer")
  assert(#batch:problems() == batch:counts().problems and batch:report("zh", "json"):find "assess.check/1")
  local result = assert(batch:run())
  assert(result:summary("en", "json"):find "assess.result/1")
  for _, id in ipairs(result:tables()) do
    local t = assert(result:table(id, "en"))
    assert(t.id == id and #t.columns > 0)
    for _, row in ipairs(t.rows) do assert(#row == #t.columns) end
  end
  write(assert(result:explain("1403", { language = "zh" })))
end

local way = table.remove(arg, 1)
ways[way](table.unpack(arg))
