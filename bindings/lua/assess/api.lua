-- api.lua: what require "assess" gives: assess.core, with rows, names and exact decimals. README.md shows the way through.
local assess = require "assess.core"
local scheme_methods, batch_methods, result_methods = assess.scheme_methods, assess.batch_methods, assess.result_methods
assess.scheme_methods, assess.batch_methods, assess.result_methods = nil, nil, nil

-- What is known of a batch besides the library: numbers of its people, raters, roles, items. Gone with the batch.
local notes = setmetatable({}, { __mode = "k" })

local function wrong(...) error("assess: " .. string.format(...), 3) end

local function need(value, kind, what)
  if type(value) ~= kind then error("assess: " .. what .. ": expected a " .. kind .. " but found a " .. type(value), 3) end
  return value
end

-- ---- what a scheme names, by number ----

local function positions(table_, key)
  local out = {}
  for number, row in ipairs(table_.rows) do out[row[key]] = number - 1 end
  return out
end

local function item_list(scheme)
  local items, by_id = {}, {}
  for number, row in ipairs(assert(scheme:table("items")).rows) do
    items[number] = { id = row.id, options = row.options ~= "" and row.options ~= "0" and {} or nil, count = 0 }
    by_id[row.id] = items[number]
  end
  for _, row in ipairs(assert(scheme:table("options")).rows) do
    local item = by_id[row.item]
    item.options = item.options or {}
    item.options[row.id] = item.count
    item.count = item.count + 1
  end
  return items
end

local new_batch = scheme_methods.batch

function scheme_methods.batch(scheme, options)
  local batch, err = new_batch(scheme, options)
  if not batch then return nil, err end
  notes[batch] = { roles = positions(assert(scheme:table("roles")), "id"), items = item_list(scheme),
                   subjects = {}, raters = {}, rater_count = 0 }
  return batch
end

-- ---- people ----

-- Days since 1970-01-01, by the Gregorian calendar; years counted from March.
local function day_number(written)
  local year, month, day = string.match(written, "^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if not year then return nil end
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  local longest = ({ 31, (year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)) and 29 or 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 })[month]
  if not longest or day < 1 or day > longest then return nil end
  local from_march, y = (month + 9) % 12, month <= 2 and year - 1 or year
  return y * 365 + y // 4 - y // 100 + y // 400 + (from_march * 153 + 2) // 5 + day - 1 - 719468
end

local function start_of(value, row)
  if value == nil or value == false or value == "" then return false end
  if math.type(value) == "integer" then return value end
  local day = type(value) == "string" and day_number(value)
  return day or wrong("people[%d].start: expected a day such as \"2026-03-04\" but found %s", row, tostring(value))
end

local function text_of(value, what, row)
  if value == nil then return "" end
  return type(value) == "string" and value or
         wrong("people[%d].%s: expected a string but found a %s", row, what, type(value))
end

local function people_as_columns(people)
  local id, name, unit, start = {}, {}, {}, {}
  for i, row in ipairs(people) do
    need(row, "table", "people[" .. i .. "]")
    id[i], name[i], unit[i] = text_of(row.id, "id", i), text_of(row.name, "name", i), text_of(row.unit, "unit", i)
    start[i] = start_of(row.start, i)
  end
  return id, name, unit, start
end

local function people_by_columns(people)
  local start
  if people.start then
    start = {}
    for i = 1, #people.id do start[i] = start_of(need(people.start, "table", "people.start")[i], i) end
  end
  return people.id, people.name, people.unit, start
end

-- Rows { { id = …, name = …, unit = …, start = "2020-03-01" }, … } or columns { id = { … }, name = { … }, … }.
function batch_methods.add_people(batch, people)
  need(people, "table", "people")
  local before = batch:counts().people
  local columns = table.pack((type(people.id) == "table" and people_by_columns or people_as_columns)(people))
  local done, err = batch:people_columns(columns[1], columns[2], columns[3], columns[4])
  if not done then return nil, err end
  local subjects = notes[batch].subjects
  for i, id in ipairs(columns[1]) do subjects[id] = subjects[id] or before + i - 1 end
  return true
end

-- ---- ballots ----

-- The digits of an exact decimal and how many stand behind the point: "9.50" is 950, 2.
local function digits_of(value, where)
  if math.type(value) == "integer" then return value, 0 end
  if math.type(value) == "float" and value == math.floor(value) and math.tointeger(value) then return math.tointeger(value), 0 end
  local sign, whole, part = string.match(type(value) == "string" and value or "", "^(-?)(%d+)%.?(%d*)$")
  if not whole or #part > 9 or #whole + #part > 18 then
    error("assess: " .. where .. ": expected a whole number, or a decimal as a string such as \"9.5\", of at most 9 places but found " ..
          tostring(value), 0)
  end
  return tonumber(sign .. whole .. part), #part
end

local function option_of(item, value, where)
  local number = item.options[value]
  if number then return number end
  error("assess: " .. where .. ": expected the id of an option of the item " .. item.id .. " but found " .. tostring(value), 0)
end

local function cell_of(item, value, where)
  if value == nil or value == false then return false, 0 end
  if item.options then return option_of(item, value, where), nil end
  return digits_of(value, where)
end

local function value_columns(ballots, items)
  local columns, places, most = {}, {}, 0
  for number, item in ipairs(items) do
    local column, behind = {}, {}
    for i, row in ipairs(ballots) do
      local values = need(row.values, "table", "ballots[" .. i .. "].values")
      column[i], behind[i] = cell_of(item, values[item.id], "ballots[" .. i .. "].values." .. item.id)
      most = math.max(most, behind[i] or 0)
    end
    columns[number], places[number] = column, behind
  end
  return columns, places, most
end

-- Brings all figures to as many places as the longest has.
local function to_one_scale(columns, places, scale)
  for number, column in ipairs(columns) do
    for i, value in ipairs(column) do
      local behind = places[number][i]
      if value and behind and behind < scale then
        local factor = tonumber("1" .. string.rep("0", scale - behind))
        if math.abs(value) > math.maxinteger // factor then wrong("ballots[%d]: %d is too large", i, value) end
        column[i] = value * factor
      end
    end
  end
end

local function check_names(ballots, items)
  local known = {}
  for _, item in ipairs(items) do known[item.id] = true end
  for i, row in ipairs(ballots) do
    for id in pairs(row.values) do
      if not known[id] then error("assess: ballots[" .. i .. "].values: the scheme has no item " .. tostring(id), 0) end
    end
  end
end

local function subject_of(note, row, i)
  local number = note.subjects[row.subject]
  if number then return number end
  error("assess: ballots[" .. i .. "].subject: expected the id of somebody added with add_people but found " ..
        tostring(row.subject), 0)
end

local function rater_of(note, row)
  if row.rater == nil or row.rater == false then return false end
  if not note.raters[row.rater] then
    note.raters[row.rater], note.rater_count = note.rater_count, note.rater_count + 1
  end
  return note.raters[row.rater]
end

local function role_of(note, row, i)
  local number = note.roles[row.role]
  if number then return number end
  error("assess: ballots[" .. i .. "].role: the scheme has no role " .. tostring(row.role), 0)
end

-- Rows { subject = "1101", rater = "R1" or nil, role = "peer", values = { virtue = "9.5", … } }; a value that is not there is blank,
-- the value of an item with options is the option's id.
function batch_methods.add_ballots(batch, ballots)
  local note = notes[batch] or wrong("expected a batch")
  local subjects, raters, roles = {}, {}, {}
  need(ballots, "table", "ballots")
  for i, row in ipairs(ballots) do
    need(row, "table", "ballots[" .. i .. "]")
    subjects[i], roles[i] = subject_of(note, row, i), role_of(note, row, i)
    raters[i] = rater_of(note, row)
  end
  local columns, places, scale = value_columns(ballots, note.items)
  check_names(ballots, note.items)
  to_one_scale(columns, places, scale)
  return batch:ballots_columns(subjects, raters, roles, columns, scale)
end

-- ---- results ----

-- for number, row in result:rows("en") do … end
function result_methods.rows(result, language)
  local number, count = 0, result:count()
  return function()
    number = number + 1
    if number > count then return nil end
    return number, assert(result:row(number, language))
  end
end

-- The whole way in one call: { rules, folders, settings, period, inputs = { paths }, ignore, threads, hash_inputs, progress }.
-- The result; or nil, the error and, when the tables are wrong, the problems.
function assess.run(about)
  need(about, "table", "options")
  local scheme <close>, err = assess.load(about.rules, about)
  if not scheme then return nil, err end
  local batch <close>, batch_err = scheme:batch(about)
  if not batch then return nil, batch_err end
  local done, why = batch:read(about.inputs)
  if done then done, why = batch:finish() end
  if not done then return nil, why, batch:problems() end
  return batch:run(about)
end

return assess
