-- run.lua: the cases of cases.tsv and the calls of calls.tsv through require "assess"; README.md says what it writes.
--
--     lua5.4 run.lua SOURCE OUT
local assess = require "assess"
local source, out = arg[1], arg[2]
local folders = { source .. "/rules" }

local function read_table(name)
  local rows, names = {}, nil
  for line in io.lines(source .. "/tests/conformance/" .. name) do
    local fields = {}
    for field in (line .. "\t"):gmatch "([^\t]*)\t" do fields[#fields + 1] = field end
    if not names then
      names = fields
    elseif line ~= "" and line:sub(1, 1) ~= "#" then
      local row = {}
      for k, key in ipairs(names) do row[key] = fields[k] end
      rows[#rows + 1] = row
    end
  end
  return rows
end

local function words(text)
  local list = {}
  for word in text:gmatch "%S+" do list[#list + 1] = word end
  return list
end

-- { NAME = VALUE }: a setting named twice cannot be said here.
local function settings_of(...)
  local settings = {}
  for _, text in ipairs { ... } do
    for _, word in ipairs(words(text)) do
      local name, value = word:match "^(.-)=(.*)$"
      settings[name] = value
    end
  end
  return settings
end

local function write(name, ending, bytes)
  local file = assert(io.open(out .. "/" .. name .. "." .. ending, "wb"))
  file:write(bytes)
  file:close()
end

-- ---- the way to a result; what fails is raised as the library's error ----

local function give(value, err, ...)
  if value == nil then error(err, 0) end
  return value, err, ...
end

local function load(case, more)
  return give(assess.load(case.rules, { folders = folders, settings = settings_of(case.settings, more or ""), period = case.period }))
end

-- The batch goes into `seen` before it is filled: its problems are asked for whatever comes.
local function fill(case, scheme, seen, options)
  options = options or {}
  options.ignore = words(case.ignored)
  seen.batch = give(scheme:batch(options))
  local done, err = seen.batch:read(words(case.inputs))
  if not done and err.status == 1 then seen.batch:finish() end
  give(done, err)
  give(seen.batch:finish())
  return seen.batch
end

local function whole(case, more, options) return give(fill(case, load(case, more), {}, options):run()) end

-- ---- cases ----

local function outcome(f)
  local fine, err = pcall(f)
  if fine then return "0 \n" end
  assert(type(err) == "table" and err.status, tostring(err))
  return err.status .. " " .. err.id .. "\n"
end

local function run_case(case)
  local seen, problems = {}, {}
  write(case.name, "outcome.txt", outcome(function()
    local result = give(fill(case, load(case), seen):run())
    write(case.name, "results.csv", give(result:csv(case.language)))
    if case.explain_id ~= "" then
      write(case.name, "explain.json", give(result:explain(case.explain_id, { language = case.language, format = "json" })))
    end
  end))
  for k, problem in ipairs(seen.batch and seen.batch:problems() or {}) do problems[k] = problem.id .. ":" .. problem.row .. "\n" end
  write(case.name, "problems.txt", table.concat(problems))
end

-- ---- calls: each gives the bytes of its output ----

local calls = {}

function calls.problems(case)
  local seen = {}
  local fine, err = pcall(function() fill(case, load(case), seen) end)
  if not seen.batch then error(err, 0) end
  assert(fine or err.status == 1, tostring(err))
  return give(seen.batch:report(case.language, "json"))
end

function calls.readiness(case)
  local text, open = give(fill(case, load(case), {}):readiness(case.language, "json"))
  return open .. "\n" .. text
end

function calls.scheme(case) return give(load(case):describe(case.language, "json")) end

function calls.cases(case)
  local passed, failed, report = give(assess.test(case.rules, { folders = folders, language = case.language }))
  return passed .. " " .. failed .. "\n" .. report
end

function calls.summary(case) return give(whole(case, nil, { hash_inputs = true }):summary(case.language, "json")) end

function calls.explain(case, id) return give(whole(case):explain(id, { language = case.language })) end

function calls.rows(case)
  local lines = {}
  for number, r in whole(case):rows(case.language) do
    lines[number] = table.concat({ r.id, r.name, r.unit, r.status, r.score or "", r.grade or "", r.rank or "", r.flags, r.reasons }, "\t") .. "\n"
  end
  return table.concat(lines)
end

local function table_text(t)
  local lines = { table.concat({ t.id, t.title, t.note }, "\t") }
  for _, column in ipairs(t.columns) do lines[#lines + 1] = table.concat({ column.id, column.title, column.cells }, "\t") end
  for _, row in ipairs(t.rows) do lines[#lines + 1] = table.concat(row, "\t") end
  return table.concat(lines, "\n") .. "\n"
end

function calls.table(case, id) return table_text(give(whole(case):table(id, case.language))) end

function calls.scheme_table(case, id) return table_text(give(load(case):table(id, case.language))) end

function calls.diff(case, settings)
  local text, moved = give(assess.diff(whole(case), whole(case, settings), { language = case.language, format = "json" }))
  return moved .. "\n" .. text
end

function calls.seal(case)
  local result = whole(case, nil, { hash_inputs = true })
  local path = out .. "/sealed.db"
  local anchor = give(result:seal(path, { language = case.language }))
  local same = anchor == give(assess.anchor(path)) and "same" or "other"
  give(assess.verify(path, { anchor = anchor, language = case.language }))
  local _, err = assess.verify(path, { anchor = "1:" .. string.rep("0", 64), language = "en" })
  local replayed, language = give(assess.replay(path))
  os.remove(path)
  return same .. " " .. err.status .. "\n" .. give(replayed:csv(language))
end

function calls.cancel(case)
  whole(case, nil, { progress = function() return true end })
  return ""
end

local by_name = {}
for _, case in ipairs(read_table "cases.tsv") do
  by_name[case.name] = case
  run_case(case)
end
for _, call in ipairs(read_table "calls.tsv") do
  local bytes
  local failed = outcome(function() bytes = calls[call.call](by_name[call.case], call.argument) end)
  write(call.name, "call", bytes or failed)
end
