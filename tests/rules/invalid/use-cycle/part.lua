scheme { id = "part", format = 1, title = { zh = "附件", en = "Annex" } }
use "part"
