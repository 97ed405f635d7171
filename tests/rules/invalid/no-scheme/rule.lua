-- 什么也没有说明
score { 1, round = half_up(0), zh = "得分", en = "Score" }
