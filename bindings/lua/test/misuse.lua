-- misuse.lua: whatever a program does wrong is an error it can read, never a crash. Arguments: RULES INPUT
local assess = require "assess"
local core = require "assess.core"
local rules, input = arg[1], arg[2]
local about = { folders = { rules }, period = "2026" }

local function raises(what, wanted, f, ...)
  local fine, why = pcall(f, ...)
  assert(not fine, what .. ": nothing was raised")
  assert(tostring(why):find(wanted), what .. ": " .. tostring(why))
end

local function refuses(what, status, value, err)
  assert(value == nil, what .. ": it was accepted")
  assert(err.status == status and err.id ~= "" and #err.zh > 0 and #err.en > 0, what .. ": " .. tostring(err))
  assert(tostring(err):find(err.en, 1, true), "tostring is the sentence")
  return err
end

local function batch_of(options) return assert(assert(assess.load("bureau", about)):batch(options)) end
local function full()
  local b = batch_of()
  assert(b:read { input } and b:finish())
  return b
end

-- wrong types
raises("rules that are a number", "expected a string but found a number", assess.load, 5)
raises("rules that are missing", "expected a string but found a n", assess.load)
raises("a zero byte", "without a zero byte", assess.load, "bur\0eau")
raises("folders that are a string", "folders: expected a list", assess.load, "bureau", { folders = rules })
raises("folders with a number", "folders: expected a string", assess.load, "bureau", { folders = { 1 } })
raises("a setting in binary floating point", "settings", assess.load, "bureau", { settings = { share = 0.25 } })
raises("settings in a list", "settings", assess.load, "bureau", { settings = { "a=b" } })
raises("a method of nothing", "assess.result expected, got n", core.diff)
local scheme = assert(assess.load("bureau", about))
raises("a scheme as a batch", "assess.batch expected, got assess.scheme", getmetatable(batch_of()).__index.read, scheme, { input })
raises("a language that is none", "invalid option 'fr'", scheme.title, scheme, "fr")
raises("a period that is a table", "period: expected a string", assess.load, "bureau", { period = {} })
raises("threads below 0", "threads: expected a whole number", scheme.batch, scheme, { threads = -1 })
raises("threads in half", "threads: expected a whole number", scheme.batch, scheme, { threads = 1.5 })
raises("progress that is no function", "function expected", scheme.batch, scheme, { progress = 1 })
raises("paths that are a number", "table expected", batch_of().read, batch_of(), 7)
raises("the collector's function on another object", "assess.scheme expected", getmetatable(scheme).__gc, batch_of())
raises("a foreign table", "assess.result expected, got table", getmetatable(full():run()).__index.csv, {})

-- what the library says
local err = refuses("rules that do not exist", 2, assess.load("nothing", about))
assert(tostring(err):find "nothing")
refuses("a period that is none", 2, assess.load("bureau", { folders = { rules }, period = "last year" }))
refuses("a setting that is unknown", 2, assess.load("bureau", { folders = { rules }, settings = { nothing = "1" } }))
refuses("a batch without a period", 2, assert(assess.load("bureau", { folders = { rules } })):batch())
local path = os.tmpname()
local file = assert(io.open(path, "w"))
file:write 'scheme { id = "x", format = 1, subjects = "people", effective = "2020-01-01", title = { zh = "x", en = "x" }, source = { zh = "x", en = "x" } }\nclause "2"\nnonsense { }\n'
file:close()
err = refuses("a word that is unknown", 3, assess.load(path))
assert(err.line == 3 and err.clause == "2" and err.file, "the place is told: " .. tostring(err))
os.remove(path)

-- the wrong state
refuses("a run before finish", 2, batch_of():run())
local b = full()
refuses("reading after finish", 2, b:read { input })
refuses("finishing twice", 2, b:finish())
refuses("people after finish", 2, b:add_people { { id = "x" } })
refuses("the checklist before finish", 2, batch_of():readiness())
refuses("a path that does not exist", 1, batch_of():read { "/no/such/place" })
local r = assert(b:run())
refuses("row 0", 2, r:row(0))
refuses("row -1", 2, r:row(math.mininteger))
refuses("a row too many", 2, r:row(#r + 1))
refuses("somebody unknown", 2, r:explain "nobody")
refuses("a table unknown", 2, r:table "nothing")
refuses("sealing without hashes", 2, r:seal(path .. ".db"))
refuses("verifying what does not exist", 4, assess.verify "/no/such.db")
refuses("replaying what is no seal", 1, assess.replay(input .. "/人员.csv"))
refuses("the anchor of what is no seal", 1, assess.anchor(input .. "/人员.csv"))

-- after close
r:close()
r:close()
raises("csv after close", "closed", r.csv, r)
raises("the length after close", "closed", function() return #r end)
b:close()
raises("run after close", "closed", b.run, b)
scheme:close()
raises("id after close", "closed", scheme.id, scheme)
raises("diff of what is closed", "closed", assess.diff, r, r)
do
  local kept
  do
    local gone <close> = full()
    kept = gone
  end
  raises("a batch that went out of its block", "closed", kept.run, kept)
end

-- rows that cannot be
local function people(...) return pcall(batch_of().add_people, batch_of(), ...) end
raises("people that are no list", "expected a table", batch_of().add_people, batch_of(), 5)
raises("a day that is none", "people%[1%].start", batch_of().add_people, batch_of(), { { id = "a", start = "2026-02-30" } })
raises("a name that is a number", "people%[1%].name", batch_of().add_people, batch_of(), { { id = "a", name = 1 } })
refuses("an id that is empty", 2, batch_of():add_people { { name = "a" } })
refuses("an id that is not UTF-8", 2, batch_of():add_people { { id = "\xff\xfe" } })
raises("columns of two lengths", "as many as there are ids", batch_of().add_people, batch_of(), { id = { "a", "b" }, name = { "a" } })
local function ballot(row)
  local batch = batch_of()
  assert(batch:add_people { { id = "a" } })
  return batch, pcall(batch.add_ballots, batch, { row })
end
local function bad_ballot(what, wanted, row)
  local _, fine, why = ballot(row)
  assert(not fine and tostring(why):find(wanted), what .. ": " .. tostring(why))
end
bad_ballot("a subject nobody added", "subject: expected the id", { subject = "z", role = "peer", values = {} })
bad_ballot("a role unknown", "no role boss", { subject = "a", role = "boss", values = {} })
bad_ballot("an item unknown", "no item speed", { subject = "a", role = "peer", values = { speed = 1 } })
bad_ballot("a value in binary floating point", "decimal as a string", { subject = "a", role = "peer", values = { virtue = 9.5 } })
bad_ballot("a value that is no number", "decimal as a string", { subject = "a", role = "peer", values = { virtue = "9,5" } })
bad_ballot("ten places", "at most 9 places", { subject = "a", role = "peer", values = { virtue = "1.0123456789" } })
bad_ballot("no values", "values: expected a table", { subject = "a", role = "peer" })
local high, fine, done = ballot { subject = "a", role = "peer", values = { virtue = "10.5", ability = 1, diligence = 1, performance = 1, integrity = 1 } }
assert(fine and done and high:counts().errors == 1, "a value out of range is a problem of the batch")
refuses("finishing with a problem", 1, high:finish())
assert(high:problems()[1].severity == "error" and high:problems()[1].zh ~= "")
raises("too few columns", "expected a list of 5", high.ballots_columns, batch_of(), { 0 }, { 0 }, { 0 }, { { 0 } }, 0)
raises("columns of two lengths", "expected a list of 1", high.ballots_columns, batch_of(), { 0 }, { 0, 0 }, { 0 }, { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } }, 0)
raises("columns of other lengths", "values: expected a list of 1", high.ballots_columns, batch_of(), { 0 }, { 0 }, { 0 }, { { 0 }, {}, { 0 }, { 0 }, { 0 } }, 0)
raises("a role that is none", "role%[1%]: expected a whole number", high.ballots_columns, batch_of(), { 0 }, { 0 }, { 256 }, { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } }, 0)
refuses("columns after finish", 2, high:ballots_columns({ 0 }, { false }, { 1 }, { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } }, 0))

-- progress
local calls = 0
local counting = batch_of { progress = function(d, t) calls = calls + 1 assert(d >= 0 and t >= 0) end }
assert(counting:read { input } and counting:finish())
assert(calls > 0, "progress is told")
local stopping = batch_of { progress = function() return true end }
refuses("a progress function that cancels", 2, stopping:read { input })
local failing = batch_of { progress = function() error("mine", 0) end }
raises("a progress function that raises", "^mine$", failing.read, failing, { input })
local nosy
nosy = batch_of { progress = function() nosy:close() end }
raises("closing from the progress function", "at work", nosy.read, nosy, { input })
nosy = batch_of { progress = function() nosy:read { input } end }
raises("reading from the progress function", "at work", nosy.read, nosy, { input })
local second = full()
refuses("a run that is cancelled", 2, second:run { progress = function() return true end })
raises("a run whose progress raises", "mine", second.run, second, { progress = function() error "mine" end })
assert(second:run(), "and then it can still be run")
local co = coroutine.wrap(function()
  local yielding = batch_of { progress = function() coroutine.yield(1) end }
  return pcall(yielding.read, yielding, { input })
end)
local went, why = co()
assert(went == false and tostring(why):find "yield", "yielding from the progress function is refused")

-- the collector frees in any order
for _ = 1, 20 do
  local s = assert(assess.load("bureau", about))
  local x = assert(s:batch())
  assert(x:read { input } and x:finish())
  local y = assert(x:run { threads = 1 })
  s, x = nil, nil
  collectgarbage()
  assert(y:row(1).id and y:explain(y:row(1).id))
end
collectgarbage()
print "nothing crashed"
