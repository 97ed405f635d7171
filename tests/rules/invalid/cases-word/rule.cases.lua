-- Line 1 is this one.
step { 1, zh = "一", en = "One" }
