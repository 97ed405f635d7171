-- assess.lua: who is asking? The library brings Lua 5.4 with it, and inside another Lua it computes wrong or crashes. This file is
-- one that every Lua can read; assess/api.lua is not.
if jit or _VERSION ~= "Lua 5.4" then
  error("assess: expected PUC Lua 5.4 but this is " .. (jit and jit.version or _VERSION) ..
        "; run it with lua5.4, or call the command line: assess run --json", 0)
end

return require "assess.api"
