-- overhead.lua: what one call costs, for README.md. Run by hand: lua5.4 overhead.lua RULES INPUT
local assess = require "assess"
local result = assert(assess.run { rules = "bureau", folders = { arg[1] }, period = "2026", inputs = { arg[2] } })

local function measure(name, times, f)
  local best = math.huge
  for _ = 1, 5 do
    local start = os.clock()
    for k = 1, times do f(k) end
    best = math.min(best, (os.clock() - start) / times)
  end
  print(string.format("%-44s %8.3f µs", name, best * 1e6))
end

measure("an empty loop with a call in Lua", 1000000, function() end)
measure("result:count(), a number", 1000000, function() return result:count() end)
measure("assess.version(), a text", 1000000, function() return assess.version() end)
measure("result:row(k), a table of nine", 100000, function(k) return result:row(k % #result + 1) end)
measure("result:row(0), an error table", 20000, function() return result:row(0) end)
