-- year_end.lua: runs a batch, prints who is excellent, and explains the first of them.
--
--     lua5.4 year_end.lua RULES_FOLDER INPUT_FOLDER
local assess = require "assess"

local result, err, problems = assess.run { rules = "bureau", folders = { arg[1] }, period = "2026", inputs = { arg[2] } }
if not result then
  for _, problem in ipairs(problems or {}) do io.stderr:write(problem.file, ":", problem.row, ": ", problem.en, "\n") end
  error(tostring(err), 0)
end

local first
for _, row in result:rows "en" do
  if row.grade == "excellent" then
    print(string.format("%-8s %s %s (rank %d)", row.id, row.score, row.name, row.rank))
    first = first or row.id
  end
end
if first then print("\n" .. assert(result:explain(first, { language = "en" }))) end
