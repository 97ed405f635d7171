/* assess rules new: a rule file to begin with, and its worked cases. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static const option_id options[] = {OPT_SUBJECTS, OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP};

static const char EXAMPLE[] = "rules new office";

enum { NAME_MOST = 64, PATH_SIZE = 1024 };

/* {0} id, {1} people or units, {2} role of those who know them best, {3} {4} who is left out; <Chinese|English> is for
 * whoever writes the file, in the language of the screen. What people will read stands there in both. */
static const char RULES[] =
    "-- {0}: <按制度条款的顺序，逐条写明制度的要求。|what the regulation demands, clause by clause, in the document's order.>\n"
    "-- <以下各条（clause）均为示例，请换成自己的条款，然后运行|Every `clause` below is an example: put your own in its place, then run>\n"
    "--   assess rules check {0}.lua     <有无错误|is it sound?>\n"
    "--   assess rules show {0}.lua      <用文字说明方案，供核对签字|the scheme in words, to be signed>\n"
    "--   assess rules test {0}.lua      <运行 {0}.cases.lua 中的算例|the worked cases of {0}.cases.lua>\n"
    "\n"
    "scheme {\n"
    "  id = \"{0}\", format = 1, subjects = \"{1}\", effective = \"2026-01-01\",  -- <施行日期，更早的考评期不受理|施行日期: a period before it is refused>\n"
    "  title  = { zh = \"考评办法\", en = \"Assessment scheme\" },              -- 标题\n"
    "  source = { zh = \"文件名称及文号\", en = \"Name and number of the document\" },  -- 依据\n"
    "}\n"
    "\n"
    "clause \"一\"  -- <考评内容，即评分表的各项；写明 total，程序就核对合计|考评内容: the lines of a ballot; `total` makes the file check the sum>\n"
    "items {\n"
    "  { \"conduct\", zh = \"履职\", en = \"Conduct\", points = 40 },\n"
    "  { \"work\",    zh = \"实绩\", en = \"Results\", points = 60 },\n"
    "  total = 100,\n"
    "}\n"
    "roles { \"{2}\", \"leader\" }  -- 考评人\n"
    "\n"
    "clause \"二\"  -- <事项，即考评期内登记的情况|事项: what is recorded during the period>\n"
    "kinds {\n"
    "  { \"deduction\", zh = \"扣分\", en = \"Deduction\" },\n"
    "  { \"veto\", zh = \"一票否决\", en = \"One veto\" },\n"
    "}\n"
    "\n"
    "clause \"三\"  -- <计分：先写各个数值并命名，再写得分|计分: figures by name first, then the one score>\n"
    "local {2} = step { ballots \"{2}\":total():mean(), zh = \"民主评议分\", en = \"Ballots\" }\n"
    "local leader = step { ballots \"leader\":total():mean(), zh = \"领导评分\", en = \"Leader\" }\n"
    "local deducted = step { events \"deduction\":points():sum():not_above(10),\n"
    "                        zh = \"扣分\", en = \"Points deducted\", remark = true }  -- <最多扣10分；remark 表示列入理由|最多扣10分; `remark`: stands among the reasons>\n"
    "score { weighted { { {2}, 0.4 }, { leader, 0.6 } } - deducted, not_below = 0, round = half_up(2),\n"
    "        zh = \"得分\", en = \"Score\" }  -- 群众40%、领导60%，四舍五入到两位小数\n"
    "\n"
    "clause \"四\"  -- <等次，从高到低，from 为起点分|等次: best first, each `from` its lower edge>\n"
    "grades {\n"
    "  { \"excellent\", zh = \"优秀\",   en = \"Excellent\", from = 90 },\n"
    "  { \"competent\", zh = \"合格\",   en = \"Competent\", from = 60 },\n"
    "  { \"failed\",    zh = \"不合格\", en = \"Failed\",    from = 0 },\n"
    "}\n"
    "\n"
    "clause \"五\"  -- <不参加考评；unknown = \"keep\" 表示没有到岗日期的仍参加|不参加考评; unknown = \"keep\": who has no start date is assessed>\n"
    "exclude { months_in_post():less_than(6), unknown = \"keep\", zh = \"{3}\", en = \"{4}\" }\n"
    "\n"
    "clause \"六\"  -- 一票否决, 名次\n"
    "veto { events \"veto\":any(), bars = \"excellent\", zh = \"一票否决，不得评为优秀\", en = \"one veto: not to be graded excellent\" }\n"
    "rank { within = \"batch\", zh = \"排名\", en = \"Rank\" }\n";

static const char CASES[] =
    "-- <{0}.lua 的算例：输入什么，应得出什么，验证哪一条款。|Worked cases of {0}.lua: what goes in, what must come out, and the clause each one proves.>\n"
    "-- <评分票写在角色之下，按项目的顺序每项一个值。|Ballots stand under their role, a value for every item in the order of the items.>\n"
    "\n"
    "case \"<群众占0.4、领导占0.6|0.4 of the ballots and 0.6 of the leader>\" {\n"
    "  -- 0.4 × 80 + 0.6 × 90 = 86\n"
    "  clause = \"三\", {2} = { { 30, 50 } }, leader = { { 38, 52 } },\n"
    "  expect = { status = \"assessed\", score = \"86.00\", grade = \"competent\", flags = \"\" },\n"
    "}\n"
    "\n"
    "case \"<最多扣十分|at most ten points are deducted>\" {\n"
    "  -- 86 − min(8 + 7, 10) = 76\n"
    "  clause = \"三\", {2} = { { 30, 50 } }, leader = { { 38, 52 } },\n"
    "  events = { { \"deduction\", points = 8 }, { \"deduction\", points = 7 } },\n"
    "  expect = { score = \"76.00\", figures = { [\"扣分\"] = 10 } },\n"
    "}\n"
    "\n"
    "case \"<刚好90分为优秀，一票否决的不得评为优秀|exactly 90 is excellent, and a veto bars it>\" {\n"
    "  clause = \"六\", {1} = {\n"
    "    { \"a\", {2} = { { 36, 54 } }, leader = { { 36, 54 } }, expect = { grade = \"excellent\", rank = 1 } },\n"
    "    { \"b\", {2} = { { 36, 54 } }, leader = { { 36, 54 } }, events = { { \"veto\" } },\n"
    "      expect = { grade = \"competent\", reasons = \"一票否决\" } },\n"
    "  },\n"
    "}\n"
    "\n"
    "case \"<新来的不参加考评|who is new is left out>\" {\n"
    "  clause = \"五\", start = \"2026-08-01\", {2} = { { 30, 50 } }, leader = { { 38, 52 } },\n"
    "  expect = { status = \"excluded\" },\n"
    "}\n"
    "\n"
    "case \"<没有领导评分就没有得分|without the leader's ballot there is no score>\" {\n"
    "  clause = \"三\", {2} = { { 30, 50 } }, expect = { status = \"incomplete\", missing = \"leader\" },\n"
    "}\n";

/* What stands for {0} … {4}. */
static void fill_words(const char *id, bool units, const char *words[5])
{
    words[0] = id;
    words[1] = units ? "units" : "people";
    words[2] = units ? "public" : "peer";
    words[3] = units ? "成立不满6个月" : "到岗不满6个月";
    words[4] = units ? "established for less than 6 months" : "in post for less than 6 months";
}

typedef struct template_words {
    const char *filled[5];
    assess_language language;
} template_words;

static void put_template(FILE *f, const char *text, const template_words *words)
{
    bool skipped = false;
    for (; *text; text++) {
        if (*text == '<' || *text == '|') {
            skipped = words->language != (*text == '<' ? ASSESS_ZH : ASSESS_EN);
        } else if (*text == '>') {
            skipped = false;
        } else if (skipped) {
            continue;
        } else if (text[0] == '{' && text[1] >= '0' && text[1] <= '4' && text[2] == '}') {
            fputs(words->filled[text[1] - '0'], f);
            text += 2;
        } else {
            putc(*text, f);
        }
    }
}

/* Only where nothing is; 0 or the number of the failure. What was half-written does not stay. */
static int write_file(const char *path, const char *text, const template_words *words)
{
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    FILE *f = handle >= 0 ? fdopen(handle, "w") : NULL;
    int failure = errno;
    if (!f && handle >= 0)
        close(handle);
    if (!f)
        return failure;
    put_template(f, text, words);
    bool written = !ferror(f);
    failure = errno;
    if (fclose(f) == 0 && written)
        return 0;
    failure = written ? errno : failure;
    unlink(path);
    return failure;
}

static bool is_there(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

/* The id of a scheme: "office", or the end of "my/office" and "my/office.lua". */
static bool is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= NAME_MOST && id[0] >= 'a' && id[0] <= 'z' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

typedef struct new_files {
    char rules[PATH_SIZE], cases[PATH_SIZE];
    char id[NAME_MOST + 1];
} new_files;

static int name_files(const cli *c, const char *name, new_files *out)
{
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".lua") == 0)
        length -= 4;
    size_t folder = length;
    while (folder > 0 && name[folder - 1] != '/')
        folder--;
    int copied = snprintf(out->id, sizeof out->id, "%.*s", (int)(length - folder), name + folder);
    if (length + sizeof ".cases.lua" > PATH_SIZE || (size_t)copied >= sizeof out->id || !is_id(out->id))
        return complain(c, ASSESS_E_CALL, WORD_BAD_NAME, ARGS(name, EXAMPLE));
    snprintf(out->rules, sizeof out->rules, "%.*s.lua", (int)length, name);
    snprintf(out->cases, sizeof out->cases, "%.*s.cases.lua", (int)length, name);
    return ASSESS_OK;
}

static int refuse_file(const cli *c, const char *path, int failure)
{
    if (failure == EEXIST)
        return complain(c, ASSESS_E_CALL, WORD_FILE_EXISTS, ARGS(path));
    return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(path, failure_text(c, failure)));
}

static int write_both(const cli *c, const new_files *files, const template_words *words)
{
    if (is_there(files->rules) || is_there(files->cases))
        return refuse_file(c, is_there(files->rules) ? files->rules : files->cases, EEXIST);
    int failure = write_file(files->rules, RULES, words);
    if (failure)
        return refuse_file(c, files->rules, failure);
    failure = write_file(files->cases, CASES, words);
    if (!failure)
        return ASSESS_OK;
    unlink(files->rules);
    return refuse_file(c, files->cases, failure);
}

static void say_next(const cli *c, const new_files *files)
{
    if (c->json) {
        fputs("{\"schema\":\"assess.rules-new/1\",\"files\":[", stdout);
        put_json_text(stdout, files->rules);
        putchar(',');
        put_json_text(stdout, files->cases);
        puts("]}");
    } else if (!c->quiet) {
        say(stdout, c->screen, WORD_NEW_WRITTEN, ARGS(files->rules, files->cases));
        putchar('\n');
        say(stdout, c->screen, WORD_NEW_NEXT, ARGS(files->rules));
        putchar('\n');
    }
}

static int rules_new(cli *c, const arguments *a)
{
    new_files files;
    const char *subjects = a->value[OPT_SUBJECTS];
    template_words words = {.language = c->screen};
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_NEW), EXAMPLE));
    int status = name_files(c, a->operands[0], &files);
    if (status != ASSESS_OK)
        return status;
    fill_words(files.id, subjects && strcmp(subjects, "units") == 0, words.filled);
    status = write_both(c, &files, &words);
    if (status == ASSESS_OK)
        say_next(c, &files);
    return status;
}

const command command_rules_new = {
    .name = "rules new",
    .summary = WORD_RULES_NEW,
    .more = WORD_RULES_NEW_MORE,
    .operands = WORD_OPERANDS_NEW,
    .examples = WORD_RULES_NEW_EXAMPLES,
    .most = 1,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = rules_new,
};
