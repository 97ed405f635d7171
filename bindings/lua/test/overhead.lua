-- overhead.lua: what one call costs, as tests/bench/call_bench.c measures it; bindings/README.md has the figures.
--
--     lua5.4 overhead.lua RULES INPUT      (rules and examples/year-end)
local assess = require "assess"
local scheme = assert(assess.load("bureau", { folders = { arg[1] }, period = "2026" }))

local function run()
  local batch <close> = assert(scheme:batch { threads = 1 })
  assert(batch:read(arg[2]) and batch:finish())
  return assert(batch:run { threads = 1 })
end
local result = run()

local function measure(name, times, f)
  local best = math.huge
  for _ = 1, 5 do
    local start = os.clock()
    for k = 1, times do f(k) end
    best = math.min(best, (os.clock() - start) / times)
  end
  print(string.format("%-40s %12.0f ns", name, best * 1e9))
end

measure("a function of Lua that does nothing", 1000000, function() end)
measure("count: a number", 1000000, function() return result:count() end)
measure("row: nine fields", 200000, function(k) return result:row(k % #result + 1) end)
measure("row that is not there: an error", 50000, function() return result:row(0) end)
measure("explain: a text", 2000, function() return result:explain "1602" end)
measure("run: 180 people from 14 files", 20, function() run():close() end)
