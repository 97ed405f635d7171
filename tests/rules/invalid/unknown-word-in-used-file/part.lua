scheme { id = "part", format = 1, title = { zh = "附件", en = "Annex" } }
clause "4(二)"
require "os"
