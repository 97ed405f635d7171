scheme {
  id = "case", format = 1,
  title  = { zh = "方案", en = "Scheme" },
  source = { zh = "文件", en = "Paper" },
}
clause "1"
score { 1, round = half_up(0), zh = "得分", en = "Score" }
step { months_in_post(), zh = "第1步", en = "Step 1", hint = 1 }
step { months_in_post(), zh = "第2步", en = "Step 2", hint = 2 }
step { months_in_post(), zh = "第3步", en = "Step 3", hint = 3 }
step { months_in_post(), zh = "第4步", en = "Step 4", hint = 4 }
step { months_in_post(), zh = "第5步", en = "Step 5", hint = 5 }
step { months_in_post(), zh = "第6步", en = "Step 6", hint = 6 }
step { months_in_post(), zh = "第7步", en = "Step 7", hint = 7 }
step { months_in_post(), zh = "第8步", en = "Step 8", hint = 8 }
step { months_in_post(), zh = "第9步", en = "Step 9", hint = 9 }
step { months_in_post(), zh = "第10步", en = "Step 10", hint = 10 }
step { months_in_post(), zh = "第11步", en = "Step 11", hint = 11 }
step { months_in_post(), zh = "第12步", en = "Step 12", hint = 12 }
step { months_in_post(), zh = "第13步", en = "Step 13", hint = 13 }
step { months_in_post(), zh = "第14步", en = "Step 14", hint = 14 }
step { months_in_post(), zh = "第15步", en = "Step 15", hint = 15 }
step { months_in_post(), zh = "第16步", en = "Step 16", hint = 16 }
step { months_in_post(), zh = "第17步", en = "Step 17", hint = 17 }
step { months_in_post(), zh = "第18步", en = "Step 18", hint = 18 }
step { months_in_post(), zh = "第19步", en = "Step 19", hint = 19 }
step { months_in_post(), zh = "第20步", en = "Step 20", hint = 20 }
step { months_in_post(), zh = "第21步", en = "Step 21", hint = 21 }
step { months_in_post(), zh = "第22步", en = "Step 22", hint = 22 }
step { months_in_post(), zh = "第23步", en = "Step 23", hint = 23 }
step { months_in_post(), zh = "第24步", en = "Step 24", hint = 24 }
step { months_in_post(), zh = "第25步", en = "Step 25", hint = 25 }
step { months_in_post(), zh = "第26步", en = "Step 26", hint = 26 }
step { months_in_post(), zh = "第27步", en = "Step 27", hint = 27 }
step { months_in_post(), zh = "第28步", en = "Step 28", hint = 28 }
step { months_in_post(), zh = "第29步", en = "Step 29", hint = 29 }
step { months_in_post(), zh = "第30步", en = "Step 30", hint = 30 }
step { months_in_post(), zh = "第31步", en = "Step 31", hint = 31 }
step { months_in_post(), zh = "第32步", en = "Step 32", hint = 32 }
step { months_in_post(), zh = "第33步", en = "Step 33", hint = 33 }
step { months_in_post(), zh = "第34步", en = "Step 34", hint = 34 }
step { months_in_post(), zh = "第35步", en = "Step 35", hint = 35 }
step { months_in_post(), zh = "第36步", en = "Step 36", hint = 36 }
step { months_in_post(), zh = "第37步", en = "Step 37", hint = 37 }
step { months_in_post(), zh = "第38步", en = "Step 38", hint = 38 }
step { months_in_post(), zh = "第39步", en = "Step 39", hint = 39 }
step { months_in_post(), zh = "第40步", en = "Step 40", hint = 40 }
step { months_in_post(), zh = "第41步", en = "Step 41", hint = 41 }
step { months_in_post(), zh = "第42步", en = "Step 42", hint = 42 }
step { months_in_post(), zh = "第43步", en = "Step 43", hint = 43 }
step { months_in_post(), zh = "第44步", en = "Step 44", hint = 44 }
step { months_in_post(), zh = "第45步", en = "Step 45", hint = 45 }
step { months_in_post(), zh = "第46步", en = "Step 46", hint = 46 }
step { months_in_post(), zh = "第47步", en = "Step 47", hint = 47 }
step { months_in_post(), zh = "第48步", en = "Step 48", hint = 48 }
step { months_in_post(), zh = "第49步", en = "Step 49", hint = 49 }
step { months_in_post(), zh = "第50步", en = "Step 50", hint = 50 }
step { months_in_post(), zh = "第51步", en = "Step 51", hint = 51 }
