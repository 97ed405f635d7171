rockspec_format = "3.0"
package = "assess"
version = "0.1.0-1"
source = { url = "file://assess-0.1.0.tar.gz" } -- beside this file: `git archive` makes it (README.md); `luarocks make` does not look at it
description = {
  summary = "Performance assessments of people, exact and explained, by rules written in Lua",
  detailed = "Runs rule files of libassess over tables of people, ballots and events; every figure is an exact decimal and can be explained.",
  license = "Apache-2.0",
}
supported_platforms = { "linux" }
dependencies = { "lua ~> 5.4" }
external_dependencies = { ASSESS = { header = "assess/assess.h", library = "assess" } }
build = {
  type = "builtin",
  modules = {
    ["assess"] = "assess.lua",
    ["assess.api"] = "assess/api.lua",
    ["assess_rules"] = "assess_rules.lua",
    ["assess.core"] = {
      sources = { "src/batch.c", "src/binding.c", "src/module.c", "src/result.c", "src/scheme.c", "src/table.c" },
      libraries = { "assess" },
      incdirs = { "$(ASSESS_INCDIR)" },
      libdirs = { "$(ASSESS_LIBDIR)" },
    },
  },
}
