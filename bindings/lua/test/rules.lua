-- rules.lua: the helper for authors of rules, on the rule files that the tests know. Arguments: RULES VALID FILE …
local rules = require "assess_rules"
local folder, valid = arg[1], arg[2]
for k = 3, #arg do
  local file, why = rules.load(arg[k], { folders = { folder } })
  assert(file, why)
  assert(file.scheme.id and #file:clauses() > 0 or file.scheme.title, arg[k])
end

-- clause 四(二)3 of bureau: 40 and 60 per cent
local bureau = assert(rules.load(folder .. "/bureau.lua"))
assert(bureau.scheme.id == "bureau" and #bureau:all "score" == 1 and #bureau:all "rank" == 1)
assert(bureau:all "score"[1].clause == "四(二)3" and bureau:all "score"[1].line > 0)
assert(#bureau:all "veto" + #bureau:all "ceiling" + #bureau:all "force" > 0, "the statements of the part that it uses are there")

-- functions of each: by hand, 92.5 / 4 = 23.125 → 23.1; below 90 nothing
local language = assert(rules.load(valid .. "/language.lua", { folders = { folder } }))
assert(tostring(language.functions[1]:call { p = "92.5", n = 4 }) == "23.1")
assert(tostring(language.functions[1]:call { p = 90, n = 4 }) == "0")
assert(tostring(language.functions[2]:call { p = "90.0" }) == "1")
assert(not pcall(language.functions[1].call, language.functions[1], { p = 1 }), "an input that is missing is told")

-- exact: 0.1 + 0.2 is 0.3; 15/7 has no decimal; half up goes away from zero
local exact = rules.exact
assert(tostring(exact "0.1" + exact "0.2") == "0.3" and exact "0.1" + 0.2 == exact "0.3")
assert(tostring(exact(15) / 7) == "15/7" and tostring(-exact "0.5" * 3) == "-1.5")
assert(exact "89.995" < exact(90) and exact(2) <= 2 and not (exact(1) > 1))
assert(not pcall(function() return exact(math.maxinteger) * 2 end) and not pcall(function() return exact(1) / 0 end))

local function load_text(text, options)
  local path = os.tmpname()
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  local loaded, why = rules.load(path, options)
  os.remove(path)
  return loaded, why
end
local head = 'scheme { id = "x", format = 1, title = { zh = "x", en = "x" } }\n'
local function refused(wanted, text)
  local loaded, why = load_text(text)
  assert(not loaded and why:find(wanted), tostring(why))
end
refused(":2: the rule language has no word print", head .. "print(1)")
refused(":2: write local before x", head .. "x = 1")
refused(":2: there is no average of what total gives", head .. 'step { ballots "peer":total():average(), zh = "x", en = "x" }')
refused("begins with scheme", 'clause "1"')
refused("no nothing.lua", head .. 'use "nothing"')
refused("call mean with a colon", head .. 'local t = ballots "peer":total() t.mean()')
refused("has no value yet", head .. 'local t = months_in_post() < 6')
refused("nothing for b", head .. 'local c = param { "c", choices = { "a", "b" }, default = "a", zh = "x", en = "x" } choose(c, { a = 1 })')
refused("nothing for b", head .. 'local c = param { "c", choices = { "a", { "b", zh = "乙", en = "second" } }, default = "a", zh = "x", en = "x" } choose(c, { a = 1 })')
refused("near", head .. "step {")
refused("binary", "\27Lua")
local set = load_text(head .. 'local c = param { "c", choices = { "a", "b" }, default = "a", zh = "x", en = "x" }\n' ..
                      'grades { { "g", from = choose(c, { a = 1, b = 2 }) }, { "h", from = dated { ["2020-01-01"] = 3, ["2027-01-01"] = 4 } } }',
                      { settings = { c = "b" }, day = "2026-12-31" })
assert(set:all "grades"[1].about[1].from == 2 and set:all "grades"[1].about[2].from == 3)
local ways = load_text(head .. 'each(function(s) return rounded(s.x, half_up(0)) end, { x = 1 }) each(function(s) return rounded(s.x, half_even(0)) end, { x = 1 })\n' ..
                       'each(function(s) return rounded(s.x, round_down(0)) end, { x = 1 }) each(function(s) return rounded(s.x, round_up { to = 0.5 }) end, { x = 1 })')
-- 四舍五入 of ±2.5 is ±3, 五成双 is ±2, cut off ±2; 2.1 up to the next half is 2.5
local function of(k, x) return tostring(ways.functions[k]:call { x = x }) end
assert(of(1, "2.5") == "3" and of(1, "-2.5") == "-3" and of(1, "2.4") == "2")
assert(of(2, "2.5") == "2" and of(2, "3.5") == "4" and of(2, "-2.5") == "-2")
assert(of(3, "2.9") == "2" and of(3, "-2.9") == "-2" and of(4, "2.1") == "2.5" and of(4, "-2.1") == "-2.5")

local words, methods = rules.words()
for word in pairs(words) do print("word " .. word) end
for method in pairs(methods) do print("method " .. method) end
