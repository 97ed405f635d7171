case "a role that is misspelt" { clause = "一(二)", per = { { 1, 2 } }, expect = { score = "3" } }
case "an event of no kind" { clause = "一(二)", events = { { "fualt", points = 3 } }, expect = { score = "3" } }
case "a clause of another paper" { clause = "一(三)", expect = { score = "3", figures = { ["本人扣分"] = 3 } } }
case "sound" { clause = "一(二)", peer = { { 1, 2 } }, expect = { score = "3" } }
cas "no such word" { clause = "一(二)" }
