-- fuzz.lua: calls in any order, with what they want and with what they do not: values or errors, never a crash.
-- Arguments: RULES INPUT FOLDER STEPS SEED
local assess = require "assess"
local core = require "assess.core"
local rules, input, folder, steps, seed = arg[1], arg[2], arg[3], tonumber(arg[4]), tonumber(arg[5])
math.randomseed(seed)

local function pick(list) return list[math.random(#list)] end

local about = { folders = { rules }, period = "2026" }
local scheme = assert(assess.load("bureau", about))
local function full()
  local batch = assert(scheme:batch { hash_inputs = true })
  assert(batch:read(input) and batch:finish())
  return batch
end
local pool = { scheme = { scheme }, batch = { full(), assert(scheme:batch()) }, result = { assert(full():run()) } }

local junk = { false, true, -1, 0, 1, 2, 3, 0.5, 0 / 0, math.maxinteger, math.mininteger, 1e300, "", "zh", "text", "\0", "\xff", "人员", {}, { {} }, { 1 }, { "a" }, { "\0" },
               { id = 1 }, { format = "json" }, { folders = 1 }, { progress = 1 }, print, coroutine.create(print), io.stdout, setmetatable({}, { __index = error, __len = error }) }

local function value(kind)
  if math.random() < 0.1 then return pick(junk) end
  if math.random() < 0.05 then return nil end
  if pool[kind] then return pick(pool[kind]) end
  local makes = {
    language = { "zh", "en" }, format = { "text", "json", "csv" }, id = { "001", "002", "nobody" }, number = { 0, 1, 2, 3, 7 },
    name = { "results", "items", "roles", "grades", "nothing" }, rules = { "bureau", "five-star", "nothing", "a/b.lua" }, paths = { input, { input }, "/nowhere", {} },
    path = { folder .. "/a.db", folder .. "/b.db", input }, load = { about, { folders = { rules } }, { folders = { rules }, period = "x" } },
    options = { {}, { language = "en", format = "json" }, { force = true }, { threads = 2 }, { anchor = "1:" .. string.rep("0", 64) }, { hash_inputs = true },
                { progress = function() return true end }, { progress = function() error "mine" end }, { progress = function() pick(pool.batch):close() end },
                { progress = function() collectgarbage() return false end } },
    people = { {}, { { id = "a" } }, { { id = "a", name = "b", start = "2020-01-01" } }, { id = { "a", "b" } }, { id = { "a" }, start = { "x" } } },
    ballots = { {}, { { subject = "a", role = "peer", values = { virtue = "9.5" } } }, { { subject = "a", role = "x", values = {} } } },
    list = { { "a", "b" }, { 0, 1 }, { false, false }, {} }, columns = { { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } }, { {}, {}, {}, {}, {} } },
  }
  return pick(makes[kind])
end

-- object or module, function, what it takes, what it gives
local calls = {
  { core, "version", {} }, { assess, "load", { "rules", "load" }, "scheme" }, { assess, "test", { "rules", "load" } }, { assess, "diff", { "result", "result", "options" } },
  { assess, "verify", { "path", "options" } }, { assess, "replay", { "path" }, "result" }, { assess, "anchor", { "path" } }, { assess, "run", { "load" }, "result" },
}
local takes = {
  scheme = { id = {}, title = { "language" }, period = {}, describe = { "language", "format" }, tables = {}, table = { "name", "language" }, batch = { "options" }, close = {} },
  batch = { read = { "paths" }, add_people = { "people" }, add_ballots = { "ballots" }, people_columns = { "list", "list", "list", "list" },
            ballots_columns = { "list", "list", "list", "columns", "number" }, finish = {}, counts = {}, problems = {}, report = { "language", "format" },
            readiness = { "language", "format" }, run = { "options" }, close = {} },
  result = { count = {}, row = { "number", "language" }, rows = { "language" }, csv = { "language" }, write_csv = { "path", "options" }, summary = { "language", "format" },
             explain = { "id", "options" }, tables = {}, table = { "name", "language" }, seal = { "path", "options" }, close = {} },
}
local gives = { batch = "batch", run = "result" }
local meta = {}
for kind, methods in pairs(takes) do
  meta[kind] = getmetatable(pool[kind][1])
  for name in pairs(meta[kind].__index) do assert(methods[name], kind .. "." .. name .. " is never called") end
  for name, kinds in pairs(methods) do calls[#calls + 1] = { meta[kind].__index, name, { kind, table.unpack(kinds) }, gives[name] } end
  for _, event in ipairs { "__gc", "__close", "__len" } do
    if meta[kind][event] then calls[#calls + 1] = { meta[kind], event, { kind } } end
  end
end

local done = { values = 0, failures = 0, errors = 0 }
for step = 1, steps do
  local where, name, kinds, made = table.unpack(pick(calls))
  local arguments, count = {}, #kinds
  for k = 1, count do arguments[k] = value(kinds[k]) end
  if math.random() < 0.02 then count = math.random(0, count) end
  local fine, first, err = pcall(where[name], table.unpack(arguments, 1, count))
  if not fine then
    done.errors = done.errors + 1
    assert(first ~= nil)
  elseif first == nil and type(err) == "table" then
    done.failures = done.failures + 1
    assert(err.status >= 1 and err.status <= 4 and err.id ~= "" and err.zh ~= "" and err.en ~= "", name)
  else
    done.values = done.values + 1
    local list = made and type(first) == "userdata" and pool[made]
    if list then list[#list < 4 and #list + 1 or math.random(#list)] = first end
  end
  if step % 200 == 0 then -- most objects are closed by then
    scheme = assert(assess.load("bureau", about))
    pool.scheme[1], pool.batch[1], pool.batch[2], pool.result[1] = scheme, full(), assert(scheme:batch()), assert(full():run())
    collectgarbage()
  end
end
for what, count in pairs(done) do assert(count > steps / 50, what .. ": " .. count) end
assert(#assert(full():run()) == 2) -- tests/conformance/tables/small has two people
print "nothing crashed"
