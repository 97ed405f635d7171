---@meta assess
-- The words of assess rule files and cases files, for editors that run the Lua language server (rules/README.md says how).
-- Nothing here is run: the program knows these words by itself.

---@alias assess.figure assess.number|number|string a figure: a symbol, or a number as the document prints it
---@alias assess.group "batch"|"unit"|string within whom one looks: everybody, the unit, or the id of an attribute
---@alias assess.tie "all_in"|"all_out"|"list"
---@alias assess.astride "end"|"start"|"refuse" what is in force for a period in which another version begins: of its last day, its first day, none

---@class assess.label
---@field zh string the Chinese words that people read
---@field en string the English words that people read

-- ---- what a rule file holds in its hands ----

---@class assess.value
local value = {}
---The second where the first is missing.
---@generic T
---@param self T
---@param other T|number|string|boolean
---@return T
function value:or_else(other) end
---Whether it is not missing.
---@return assess.truth
function value:known() end

---@class assess.ordered: assess.value
local ordered = {}
---以上: not less than; of days and times, not before.
---@param other assess.figure|assess.ordered
---@return assess.truth
function ordered:at_least(other) end
---超过: more than.
---@param other assess.figure|assess.ordered
---@return assess.truth
function ordered:more_than(other) end
---以下: not more than.
---@param other assess.figure|assess.ordered
---@return assess.truth
function ordered:at_most(other) end
---不满: less than.
---@param other assess.figure|assess.ordered
---@return assess.truth
function ordered:less_than(other) end
---The same.
---@param other assess.figure|assess.ordered
---@return assess.truth
function ordered:exactly(other) end

---@class assess.number: assess.ordered
---@operator add(assess.figure): assess.number
---@operator sub(assess.figure): assess.number
---@operator mul(assess.figure): assess.number
---@operator div(assess.figure): assess.number
---@operator unm: assess.number
local number = {}
---The larger of the figure and a floor.
---@param floor assess.figure
---@return assess.number
function number:not_below(floor) end
---The smaller of the figure and a cap.
---@param cap assess.figure
---@return assess.number
function number:not_above(cap) end
---The figure rounded on its way; a score has its own `round`.
---@param rounding assess.rounding
---@return assess.number
function number:rounded(rounding) end

---@class assess.truth: assess.ordered
local truth = {}

---@class assess.word: assess.value
local word = {}
---The same.
---@param other assess.word
---@return assess.truth
function word:exactly(other) end
---Is it this word?
---@param id string
---@return assess.truth
function word:is(id) end
---Is it one of these words?
---@param ids string[]
---@return assess.truth
function word:is_one_of(ids) end

---@class assess.grade: assess.value
local grade_value = {}
---The same.
---@param other assess.grade
---@return assess.truth
function grade_value:exactly(other) end
---Is it this grade?
---@param id string
---@return assess.truth
function grade_value:is(id) end
---Is it one of these grades?
---@param ids string[]
---@return assess.truth
function grade_value:is_one_of(ids) end
---That grade or a better one.
---@param id string
---@return assess.truth
function grade_value:at_least(id) end
---That grade or a worse one.
---@param id string
---@return assess.truth
function grade_value:at_most(id) end

---@class assess.time: assess.ordered
local time = {}
---On that day or later.
---@param other assess.time
---@return assess.truth
function time:not_before(other) end
---Later than that.
---@param other assess.time
---@return assess.truth
function time:after(other) end
---On that day or earlier.
---@param other assess.time
---@return assess.truth
function time:not_after(other) end
---Earlier than that.
---@param other assess.time
---@return assess.truth
function time:before(other) end

---@class assess.day: assess.time
local day_value = {}
---The day so many days later.
---@param days assess.figure
---@return assess.day
function day_value:plus_days(days) end
---The so-manieth working day after it, by the calendar of public holidays.
---@param days assess.figure
---@return assess.day
function day_value:plus_working_days(days) end
---The same day so many months later, or that month's last day.
---@param months assess.figure
---@return assess.day
function day_value:plus_months(months) end
---That minute of the day: attribute "day":at "09:30".
---@param clock string
---@return assess.minute
function day_value:at(clock) end

---@class assess.minute: assess.time
local minute = {}

---@class assess.rounding
local rounding = {}

---@class assess.choice
local choice = {}

---What `param` gives: a figure when it has bounds, a choice when it has choices.
---@class assess.parameter: assess.number, assess.choice
local parameter = {}

-- ---- ballots ----

---@class assess.ballots
local ballot_value = {}
---The sum of all items, per ballot.
---@return assess.points
function ballot_value:total() end
---One item, per ballot.
---@param id string
---@return assess.points
function ballot_value:item(id) end
---Only raters with one of these words in that attribute: { "rank", "senior", "middle" }.
---@param attribute_and_words string[]
---@return assess.ballots
function ballot_value:of_raters(attribute_and_words) end

---@class assess.points
local points_value = {}
---@class assess.least
---@field least integer with fewer counted ballots the figure is missing
---@class assess.trim
---@field from integer from so many counted ballots on
---@field drop? integer so many at each end
---@field high? integer so many of the highest
---@field low? integer so many of the lowest
---@field share? number this part of them at each end, rounded down
---The mean of the ballots that count, exactly.
---@param limits? assess.least
---@return assess.number
function points_value:mean(limits) end
---The sum of the ballots that count.
---@return assess.number
function points_value:sum() end
---The ballot in the middle.
---@param limits? assess.least
---@return assess.number
function points_value:median(limits) end
---The highest ballot.
---@param limits? assess.least
---@return assess.number
function points_value:highest(limits) end
---The lowest ballot.
---@param limits? assess.least
---@return assess.number
function points_value:lowest(limits) end
---Without the highest and lowest: rows by the number of counted ballots.
---@param rows assess.trim|assess.trim[]
---@return assess.points
function points_value:trimmed(rows) end
---How many ballots count.
---@return assess.number
function points_value:count() end
---How many are valid and chose an option that is not counted.
---@return assess.number
function points_value:not_counted() end
---How many are invalid.
---@return assess.number
function points_value:invalid() end
---How many chose one of these options.
---@param options string[]
---@return assess.number
function points_value:chosen(options) end
---The same, divided by the ballots that count.
---@param options string[]
---@return assess.number
function points_value:share(options) end
---The option that most counted ballots have; of a tie the better or the worse one by their points, or none.
---@param how { tie: "better"|"worse"|"missing", least: integer? }
---@return assess.word
function points_value:most_chosen(how) end

-- ---- events ----

---@class assess.events
local event_value = {}
---Those for which the subject is liable (连带责任) instead.
---@return assess.events
function event_value:as_liable() end
---Those about the subject and those for which it is liable.
---@return assess.events
function event_value:as_either() end
---Only those within the period.
---@return assess.events
function event_value:in_period() end
---Only those of the last years or months before the period's last day.
---@param window { years: integer? , months: integer? }
---@return assess.events
function event_value:in_last(window) end
---Each has an effect for so long from its first day on: { months = 12 }; before a window.
---@param span { years: number?, months: number? }
---@return assess.events
function event_value:lasting(span) end
---Only those between two days, both included.
---@param from string
---@param to string
---@return assess.events
function event_value:between(from, to) end
---Only those whose figure is so large: { points = { at_least = 3 } }.
---@param bound { points: table?, amount: table?, span_days: table?, span_working_days: table? }
---@return assess.events
function event_value:only(bound) end
---Their points.
---@return assess.figures
function event_value:points() end
---Their amounts.
---@return assess.figures
function event_value:amount() end
---The days of each one's span.
---@return assess.figures
function event_value:span_days() end
---The working days of each one's span, both ends counted.
---@return assess.figures
function event_value:span_working_days() end
---Their spans, united and cut to the period, in months.
---@return assess.number
function event_value:months() end
---Their spans, united and cut to the period, in days.
---@return assess.number
function event_value:days() end
---Their spans, united and cut to the period, in working days.
---@return assess.number
function event_value:working_days() end
---How many there are.
---@return assess.number
function event_value:count() end
---Whether there is one.
---@return assess.truth
function event_value:any() end

---@class assess.figures
local figures_value = {}
---Together; 0 when there is none.
---@return assess.number
function figures_value:sum() end
---The highest; missing when there is none.
---@return assess.number
function figures_value:highest() end
---The lowest; missing when there is none.
---@return assess.number
function figures_value:lowest() end
---Their mean, or weighed by how long each lasts: { by = "months" }; missing when there is none.
---@param weighed? { by: "months"|"days" }
---@return assess.number
function figures_value:mean(weighed) end

-- ---- cohorts, measures, earlier results ----

---@class assess.across
local across_value = {}
---The mean of the cohort.
---@return assess.number
function across_value:mean() end
---The sum of the cohort.
---@return assess.number
function across_value:sum() end
---The one in the middle.
---@return assess.number
function across_value:median() end
---The highest of the cohort.
---@return assess.number
function across_value:highest() end
---The lowest of the cohort.
---@return assess.number
function across_value:lowest() end
---How many are in the cohort.
---@return assess.number
function across_value:count() end
---Of a condition: for which share of the cohort it holds.
---@return assess.number
function across_value:share() end
---The place, 1 1 3, from high to low.
---@return assess.number
function across_value:place() end
---The place from low to high.
---@return assess.number
function across_value:place_from_low() end
---The place divided by the number in the cohort: 前15% is at_most(0.15).
---@return assess.number
function across_value:top_share() end
---The place from low to high divided by the number in the cohort: 后5% is at_most(0.05).
---@return assess.number
function across_value:last_share() end

---@class assess.measure
local measure_value = {}
---What was reached.
---@return assess.number
function measure_value:value() end
---What was to be reached.
---@return assess.number
function measure_value:target() end
---What it began from.
---@return assess.number
function measure_value:baseline() end
---Whether the target is reached.
---@return assess.truth
function measure_value:met() end
---The part of the way from baseline to target that was gone.
---@return assess.number
function measure_value:way() end

---@class assess.past
local past_value = {}
---The score of that period.
---@return assess.number
function past_value:score() end
---The grade of that period.
---@return assess.grade
function past_value:grade() end

---@class assess.past_years
local past_years_value = {}
---In how many of these years the grade was one of the list.
---@param grades string[]
---@return assess.number
function past_years_value:count(grades) end
---How many years directly before this one, one after the other.
---@param grades string[]
---@return assess.number
function past_years_value:in_a_row(grades) end

-- ---- declarations ----

---What the rows of a level are, and what they are called.
---@alias assess.being { [1]: "person"|"unit"|"matter", zh: string, en: string }

---What the file is; comes first.
---@param about { id: string, format: integer, subjects: "people"|"units"?, units: string?, called: table<"people"|"units", assess.being>?, effective: string?, expires: string?, astride: assess.astride?, title: assess.label, source: assess.label? }
function scheme(about) end
---The clause that the statements behind it come from: clause "四(二)3".
---@param number string
function clause(number) end
---The lines of a ballot: points or options; `roles` are those that judge it, else all; `total` makes the file check the sum.
---@param list table
function items(list) end
---The relations a rater may have to a subject; `signed`: raters answer by name, `announced`: the counts of what they chose are made public.
---@param list table
function roles(list) end
---The kinds of events.
---@param list table
function kinds(list) end
---Which ballots, or which rater's whole sheet, count at all.
---@param rule table
function sheets(rule) end
---A figure or a choice that whoever runs the scheme may set, within its bounds.
---@param about { default: number|string, min: number?, max: number?, choices: (string|{ [1]: string, zh: string, en: string })[]?, zh: string, en: string }
---@return assess.parameter
function param(about) end
---Picks by a choice; every choice must be named.
---@param by assess.choice
---@param values table<string, any>
---@return any
function choose(by, values) end
---Columns of people that the scheme reads: { "rank", words = { … } }, { "age", number = true }.
---@param list table
function attributes(list) end
---The subject's value in that column.
---@param id string
---@return any
function attribute(id) end
---Measures that the scheme reads; `target` and `baseline`: the document's, where the row gives none.
---@param list table
function measures(list) end
---One measure of the subject.
---@param id string
---@return assess.measure
function measure(id) end
---Whom the statements behind it are about: of "units", of "people".
---@param level "people"|"units"
function of(level) end
---The unit's figure, for each of its people. A grade is named behind `of "units"`: local unit_grade = grade().
---@generic T
---@param figure T
---@return T
function of_unit(figure) end
---Brings in the statements of another rule file.
---@param name string
function use(name) end
---Goes through a list that stands in the file.
---@generic T
---@param list T[]
---@return fun(): integer, T
function ipairs(list) end

-- ---- sources ----

---The ballots of a role, or of several.
---@param role string|string[]
---@return assess.ballots
function ballots(role) end
---The events of these kinds about the subject.
---@param kind string|string[]
---@return assess.events
function events(kind) end
---Whole months from `start` to the last day of the period.
---@return assess.number
function months_in_post() end
---The result of an earlier period: past { year = -1 }.
---@param which { year: integer, part: string? }
---@return assess.past
function past(which) end
---The results of earlier years: past_years { 3 }.
---@param years table
---@return assess.past_years
function past_years(years) end
---The condition that no exclude holds, for a cohort that says more than that.
---@return assess.truth
function takes_part() end
---A figure over a cohort: across { figure, within = "unit", among = condition }.
---@param about { within: assess.group, among: assess.truth?, of: string? }
---@return assess.across
function across(about) end

-- ---- figures, tables, conditions ----

---A sum of products that checks its weights: weighted { { peer, 0.4 }, { leader, 0.6 } }.
---@param parts table
---@return assess.number
function weighted(parts) end
---The smallest of several.
---@param figures assess.figure[]
---@return assess.number
function least(figures) end
---The largest of several.
---@param figures assess.figure[]
---@return assess.number
function most(figures) end
---Several together.
---@param figures assess.figure[]
---@return assess.number
function sum(figures) end
---Without its sign.
---@param figure assess.figure
---@return assess.number
function abs(figure) end
---Between two bounds.
---@param figure assess.figure
---@param low assess.figure
---@param high assess.figure
---@return assess.number
function clamp(figure, low, high) end
---The value of a word or grade by a table: by(seniority, { senior = 1, junior = 0.5 }).
---@param key assess.word|assess.grade
---@param rows table
---@return any
function by(key, rows) end
---The value of a figure by edges: steps(amount, { { from = 100, gives = 10 }, { otherwise = 0 } }).
---@param figure assess.number
---@param rows table
---@return any
function steps(figure, rows) end
---The value by two keys, as a table with rows and columns.
---@param about table
---@return any
function matrix(about) end
---All of the conditions hold.
---@param conditions assess.truth[]
---@return assess.truth
function all_of(conditions) end
---One of the conditions holds.
---@param conditions assess.truth[]
---@return assess.truth
function any_of(conditions) end
---The condition does not hold.
---@param condition assess.truth
---@return assess.truth
function unless(condition) end
---The first where the condition holds, else the second.
---@param condition assess.truth
---@param so any
---@param otherwise any
---@return any
function when(condition, so, otherwise) end

---The last resort: a function of the rule file, called for each subject with exact figures. It is slow.
---@param run fun(...): any
---@param inputs table
---@return assess.number
function each(run, inputs) end

---Within a function of `each`: whether two figures are the same.
---@param a assess.figure
---@param b assess.figure
---@return boolean
function eq(a, b) end
---Within a function of `each`: the figure rounded.
---@param figure assess.figure
---@param how assess.rounding
---@return assess.number
function rounded(figure, how) end

-- ---- days and versions ----

---A day: day "2026-03-04".
---@param written string
---@return assess.day
function day(written) end
---A time: moment "2026-03-04 08:30".
---@param written string
---@return assess.minute
function moment(written) end
---The first day of the period.
---@return assess.day
function period_start() end
---The last day of the period.
---@return assess.day
function period_end() end
---Whole months from a day to a later one, both included.
---@param from assess.day
---@param to assess.day
---@return assess.number
function months_between(from, to) end
---Days after the first up to the second.
---@param from assess.day
---@param to assess.day
---@return assess.number
function days_between(from, to) end
---Working days after the first up to the second, by the calendar of public holidays.
---@param from assess.day
---@param to assess.day
---@return assess.number
function working_days_between(from, to) end
---Minutes from one time to another.
---@param from assess.minute
---@param to assess.minute
---@return assess.number
function minutes_between(from, to) end
---What is in force on the last day of the period: dated { ["2020-01-01"] = 4, ["2026-01-01"] = 5 }; `astride = "start"`: on its first day.
---@param versions table<string, any>
---@return any
function dated(versions) end

-- ---- roundings ----

---四舍五入: half_up(2), or half_up { to = 0.5 }.
---@param places integer|{ to: number }
---@return assess.rounding
function half_up(places) end
---四舍六入五成双.
---@param places integer|{ to: number }
---@return assess.rounding
function half_even(places) end
---Cuts off.
---@param places integer|{ to: number }
---@return assess.rounding
function round_down(places) end
---Away from zero.
---@param places integer|{ to: number }
---@return assess.rounding
function round_up(places) end

-- ---- statements ----

---Names a figure: a line of everybody's derivation. `remark = true`: stands among the reasons when it is not 0.
---@param about table
---@return any
function step(about) end
---The one score, with floor, cap and rounding.
---@param about table
---@return assess.number
function score(about) end
---The grades, best first, each `from` its lower edge.
---@param list table
function grades(list) end
---A grade by its id; without one, the grade as it stands at this place of the document.
---@param id? string
---@return assess.grade
function grade(id) end
---The grade of grades without bands.
---@param about table
function grade_by(about) end
---Not to be assessed.
---@param about table
function exclude(about) end
---For whom it holds, the input is wrong.
---@param about table
function refuse(about) end
---Bars a grade and those above it.
---@param about table
function veto(about) end
---At most that grade: `at_most`.
---@param about table
function ceiling(about) end
---At least that grade: `at_least`.
---@param about table
function floor(about) end
---Exactly that grade: `is`.
---@param about table
function force(about) end
---Takes part and gets no grade.
---@param about table
function no_grade(about) end
---How many of a group may have a grade.
---@param about table
function quota(about) end
---Ranks the assessed, 1 1 3, by score or by the chain `by`.
---@param about { within: assess.group, by: table?, among: assess.truth?, zh: string, en: string }
function rank(about) end
---Puts those for whom it holds on a list: list { "rectify", condition, purpose = "follow_up" }.
---@param about table
function list(about) end
---Among the first so many: top { 3, within = "batch", ties = "all_in" }.
---@param about table
---@return assess.truth
function top(about) end
---Among the last so many.
---@param about table
---@return assess.truth
function last(about) end
---Among the first so many of a draw by lot that anybody can repeat.
---@param about table
---@return assess.truth
function draw(about) end

-- ---- cases files ----

---@class assess.expectation
---@field status? "assessed"|"excluded"|"incomplete"|"refused"
---@field score? string|number
---@field grade? string
---@field rank? string|integer
---@field flags? string
---@field reasons? string a part of them, in either language; "" for none
---@field lists? string[] all the lists the subject is on
---@field figures? table<string, string|number|boolean> values of named steps: { ["扣分"] = 3 }
---@field missing? string a part of what is missing; "" for nothing

---A worked case: case "a sentence" { clause = "…", …, expect = { … } }.
---@param name string
---@return fun(about: { clause: string, period: string?, set: table?, refused: string?, people: table?, units: table?, expect: assess.expectation? })
function case(name) end
