-- assess_rules.lua: unit tests of rule files in plain Lua 5.3 or 5.4, without the library.
--
--     local rules = require "assess_rules"
--     local file = assert(rules.load("my.lua"))
--     assert(#file:all "quota" == 2)
--     assert(tostring(file.functions[1]:call { p = "92.5", n = 4 }) == "23.125")
--
-- It knows the words of the rule language and what they look like, not what they mean: it loads a file, collects its statements
-- with clause and line, and runs the functions of `each` with exact figures. README.md says what it cannot see. The real
-- check is `assess rules check`, the real test `assess rules test`.
local rules = {}

if not math.tointeger then error("assess_rules: expected Lua 5.3 or 5.4 but this is " .. _VERSION, 0) end

-- ---- exact figures: fractions of two whole numbers of 64 bits ----

local exact = {}
exact.__index = exact

local function too_large() error("assess_rules: a figure leaves 64 bits; the library itself has 128", 0) end

local function times(a, b)
  if a ~= 0 and b ~= 0 and math.abs(a) > math.maxinteger // math.abs(b) then too_large() end
  return a * b
end

local function plus(a, b)
  local sum = a + b
  if (a >= 0) == (b >= 0) and (sum >= 0) ~= (a >= 0) then too_large() end
  return sum
end

local function common(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

local function fraction(top, bottom)
  if bottom == 0 then error("assess_rules: division by zero", 0) end
  if bottom < 0 then top, bottom = -top, -bottom end
  local divisor = common(math.abs(top), bottom)
  return setmetatable({ top = top // divisor, bottom = bottom // divisor }, exact)
end

local function from_text(text)
  local sign, whole, part = string.match(text, "^([+-]?)(%d+)%.?(%d*)$")
  local top = whole and #whole + #part <= 18 and tonumber(whole .. part)
  if not top then error("assess_rules: expected a decimal of at most 18 digits but found " .. text, 0) end
  return fraction(sign == "-" and -top or top, tonumber("1" .. string.rep("0", #part)))
end

-- 0.4 as it is written in the file, not the binary fraction that Lua made of it.
local function exactly(value)
  if getmetatable(value) == exact then return value end
  if math.type(value) == "integer" then return fraction(value, 1) end
  if math.type(value) == "float" then return from_text((string.format("%.14f", value):gsub("%.?0+$", ""))) end
  if type(value) == "string" then return from_text(value) end
  error("assess_rules: expected a figure but found a " .. type(value), 0)
end

function exact.__add(a, b)
  a, b = exactly(a), exactly(b)
  return fraction(plus(times(a.top, b.bottom), times(b.top, a.bottom)), times(a.bottom, b.bottom))
end
function exact.__unm(a) return fraction(-a.top, a.bottom) end
function exact.__sub(a, b) return exactly(a) + -exactly(b) end
function exact.__mul(a, b)
  a, b = exactly(a), exactly(b)
  return fraction(times(a.top, b.top), times(a.bottom, b.bottom))
end
function exact.__div(a, b)
  a, b = exactly(a), exactly(b)
  return fraction(times(a.top, b.bottom), times(a.bottom, b.top))
end
function exact.__lt(a, b) return (exactly(a) - exactly(b)).top < 0 end
function exact.__le(a, b) return (exactly(a) - exactly(b)).top <= 0 end
function exact.__eq(a, b) return a.top == b.top and a.bottom == b.bottom end

-- A decimal where one is exact, else the fraction: "87.5", "15/7".
function exact.__tostring(a)
  local left, twos, fives = a.bottom, 0, 0
  while left % 2 == 0 do left, twos = left // 2, twos + 1 end
  while left % 5 == 0 do left, fives = left // 5, fives + 1 end
  local places = math.max(twos, fives)
  if left ~= 1 or places > 18 then return a.top .. "/" .. a.bottom end
  if places == 0 then return tostring(a.top) end
  local whole, rest = math.abs(a.top) // a.bottom, math.abs(a.top) % a.bottom
  local digits = {}
  for k = 1, places do
    rest = times(rest, 10)
    digits[k], rest = rest // a.bottom, rest % a.bottom
  end
  return (a.top < 0 and "-" or "") .. whole .. "." .. table.concat(digits)
end

rules.exact = exactly

local function round_units(units, mode)
  local below, rest = units.top // units.bottom, units.top % units.bottom
  if rest == 0 then return below end
  local negative = units.top < 0
  if mode == "round_down" then return negative and below + 1 or below end
  if mode == "round_up" then return negative and below or below + 1 end
  local twice = times(rest, 2)
  if twice ~= units.bottom then return twice > units.bottom and below + 1 or below end
  if mode == "half_even" then return below % 2 == 0 and below or below + 1 end
  return negative and below or below + 1
end

local function rounded(figure, how)
  if type(how) ~= "table" or not how.mode then error("assess_rules: rounded: expected half_up(2) or the like", 0) end
  return fraction(round_units(exactly(figure) / how.unit, how.mode), 1) * how.unit
end

-- ---- values of a plan: they stand for what the library would compute ----

local methods = {}
for name in string.gmatch([[
  after all any amount as_either as_liable at at_least at_most baseline before between chosen count days exactly grade highest
  in_a_row in_last in_period invalid is is_one_of item known lasting last_share less_than lowest mean median met months more_than most_chosen
  not_above not_after not_before not_below not_counted of_raters only or_else place place_from_low plus_days plus_months
  plus_working_days points rounded score share span_days span_working_days sum target top_share total trimmed value way working_days
]], "%S+") do methods[name] = true end
methods.all = nil

local value = {}
local function new_value(word) return setmetatable({ word = word }, value) end

function value.__index(self, name)
  if not methods[name] then error("there is no " .. tostring(name) .. " of what " .. rawget(self, "word") .. " gives", 2) end
  return function(of)
    if getmetatable(of) ~= value then error("call " .. name .. " with a colon: " .. rawget(self, "word") .. ":" .. name .. "(…)", 2) end
    return new_value(name)
  end
end
for _, operation in ipairs { "add", "sub", "mul", "div", "unm" } do
  value["__" .. operation] = function() return new_value "arithmetic" end
end
for _, operation in ipairs { "lt", "le", "concat", "len", "mod", "idiv", "pow", "newindex", "call" } do
  value["__" .. operation] = function()
    error("a figure of a rule file has no value yet: use at_least, more_than, when … instead of " .. operation, 2)
  end
end

-- ---- the words ----

local statements = {}
for name in string.gmatch([[
  scheme clause items roles kinds sheets param attributes measures of use step score grades grade_by exclude refuse veto ceiling
  floor force no_grade quota rank list
]], "%S+") do statements[name] = true end

local plain = {}
for name in string.gmatch([[
  attribute measure of_unit ballots events months_in_post past past_years takes_part across weighted least most sum abs clamp by
  steps matrix all_of any_of unless when day moment period_start period_end months_between days_between working_days_between
  minutes_between grade top last draw
]], "%S+") do plain[name] = true end

local loader = {}
loader.__index = loader

-- The line of the rule file that is being carried out.
local function here(self)
  local level = 2
  while true do
    local info = debug.getinfo(level, "Sl")
    if not info then return 0 end
    if info.source == "@" .. self.path then return info.currentline end
    level = level + 1
  end
end

function loader:add(word, about)
  local one = { word = word, about = about, clause = self.clause, line = here(self), file = self.path }
  self.file.statements[#self.file.statements + 1] = one
  return one
end

local function rounding(mode)
  return function(how)
    local step = type(how) == "table" and exactly(how.to) or fraction(1, tonumber("1" .. string.rep("0", how)))
    return { mode = mode, unit = step }
  end
end

local function param(self, about)
  self:add("param", about)
  local name = about[1]
  local set = self.settings[name]
  local out = new_value "param"
  local choices = {} -- "yes", or { "half", zh = …, en = … }
  for i, choice in ipairs(about.choices or {}) do choices[i] = type(choice) == "table" and choice[1] or choice end
  rawset(out, "choices", choices)
  rawset(out, "setting", set == nil and about.default or set)
  return out
end

local function choose(by, values)
  for _, choice in ipairs(rawget(by, "choices") or {}) do
    if values[choice] == nil then error("choose: there is nothing for " .. choice, 3) end
  end
  return values[rawget(by, "setting")]
end

-- The version in force on the day, the last one when no day is given.
local function dated(self, versions)
  local best
  for from in pairs(versions) do
    if (not self.day or from <= self.day) and (not best or from > best) then best = from end
  end
  if not best then error("dated: nothing is in force on " .. self.day, 3) end
  return versions[best]
end

local call = {}
call.__index = call

-- Calls a function of `each` with figures: whole numbers, or decimals as strings. What it gives is exact.
function call:call(inputs)
  local given = {}
  for name in pairs(self.inputs) do
    if inputs[name] == nil then error("assess_rules: the function takes " .. tostring(name) .. " as well", 2) end
    given[name] = exactly(inputs[name])
  end
  local out = self.run(given)
  return out == nil and nil or type(out) == "boolean" and out or exactly(out)
end

local function each(self, run, inputs)
  local one = self:add("each", inputs)
  self.file.functions[#self.file.functions + 1] =
    setmetatable({ run = run, inputs = inputs, clause = one.clause, line = one.line, file = one.file }, call)
  return new_value "each"
end

local function words(self)
  local env = { ipairs = ipairs, choose = choose, rounded = rounded }
  for name in pairs(plain) do env[name] = function() return new_value(name) end end
  for name in pairs(statements) do
    env[name] = function(about) self:add(name, about) return new_value(name) end
  end
  for _, mode in ipairs { "half_up", "half_even", "round_down", "round_up" } do env[mode] = rounding(mode) end
  env.eq = function(a, b) return exactly(a) == exactly(b) end
  env.param = function(about) return param(self, about) end
  env.dated = function(versions) return dated(self, versions) end
  env.each = function(run, inputs) return each(self, run, inputs) end
  env.clause = function(number) self.clause = number self:add("clause", number) end
  env.scheme = function(about)
    self:add("scheme", about)
    self.file.scheme = self.file.scheme or about
  end
  env.use = function(name)
    self:add("use", name)
    self:part(name)
  end
  return setmetatable(env, {
    __index = function(_, name) error("the rule language has no word " .. tostring(name), 2) end,
    __newindex = function(_, name) error("write local before " .. tostring(name), 2) end })
end

local function text_of(path)
  local file, why = io.open(path, "rb")
  if not file then return nil, why end
  local text = file:read "a"
  file:close()
  return text
end

-- Loads one text, statements and clause going into the same file; the parts of `use` keep their own clauses.
function loader:run(path)
  local text, why = text_of(path)
  if not text then error(why, 0) end
  local chunk, wrong = load(text, "@" .. path, "t", words(self))
  if not chunk then error(wrong, 0) end
  local outer_path, outer_clause = self.path, self.clause
  self.path, self.clause = path, nil
  chunk()
  self.path, self.clause = outer_path, outer_clause
end

function loader:part(name)
  local beside = string.match(self.path, "^(.*/)") or ""
  for _, folder in ipairs { beside, table.unpack(self.folders) } do
    local path = folder .. (folder ~= "" and string.sub(folder, -1) ~= "/" and "/" or "") .. name .. ".lua"
    local file = io.open(path, "rb")
    if file then
      file:close()
      return self:run(path)
    end
  end
  error("use: there is no " .. name .. ".lua beside the file or in the folders", 3)
end

local loaded = {}
loaded.__index = loaded

-- All statements of one word: file:all "quota".
function loaded:all(word)
  local out = {}
  for _, one in ipairs(self.statements) do
    if one.word == word then out[#out + 1] = one end
  end
  return out
end

-- The clauses in the order of the document.
function loaded:clauses()
  local out = {}
  for _, one in ipairs(self:all "clause") do out[#out + 1] = one.about end
  return out
end

-- Loads a rule file. options: settings { NAME = value }, folders for `use`, day "2026-12-31" for `dated`.
-- { scheme, statements, functions }; or nil and a sentence with file and line.
function rules.load(path, options)
  options = options or {}
  local file = setmetatable({ statements = {}, functions = {} }, loaded)
  local self = setmetatable({ file = file, settings = options.settings or {}, folders = options.folders or {}, day = options.day }, loader)
  local done, why = pcall(loader.run, self, path)
  if not done then return nil, tostring(why) end
  local first = file.statements[1]
  if not first or first.word ~= "scheme" then return nil, path .. ": a rule file begins with scheme { … }" end
  return file
end

-- For the test that no word is forgotten.
rules.words = function()
  local out = {}
  local env = words(setmetatable({ file = { statements = {}, functions = {} }, settings = {}, folders = {} }, loader))
  for name in pairs(env) do out[name] = true end
  return out, methods
end

return rules
