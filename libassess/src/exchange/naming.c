#include "exchange/naming.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins_with(text t, text word)
{
    if (t.length < word.length)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (lower(t.bytes[i]) != word.bytes[i])
            return false;
    return true;
}

static text file_part(text path)
{
    size_t begin = path.length;
    while (begin > 0 && path.bytes[begin - 1] != '/')
        begin--;
    return (text){path.bytes + begin, path.length - begin};
}

/* Behind the last point: letters and digits, at most five. An empty text when there is no such ending. */
static text ending_of(text name)
{
    enum { LONGEST = 5 };
    size_t at = name.length;
    while (at > 0 && name.length - at < LONGEST + 1 && name.bytes[at - 1] != '.' &&
           (signed char)name.bytes[at - 1] > ' ')
        at--;
    bool found = at > 1 && at < name.length && name.bytes[at - 1] == '.';
    return found ? (text){name.bytes + at, name.length - at} : TEXT("");
}

static bool is_ending(text ending, const char *word)
{
    text w = text_of(word);
    return ending.length == w.length && begins_with(ending, w);
}

static bool is_one_of(text ending, const char *const *words)
{
    for (; *words; words++)
        if (is_ending(ending, *words))
            return true;
    return false;
}

file_format format_of(text name)
{
    static const char *const texts[] = {"csv", "tsv", "txt", NULL};
    static const char *const workbooks[] = {"xlsx", "xls", "xlsm", "xlsb", "et", "ods", "numbers", NULL};
    text ending = ending_of(file_part(name));
    if (is_one_of(ending, texts))
        return FORMAT_TEXT;
    return is_one_of(ending, workbooks) ? FORMAT_WORKBOOK : FORMAT_OTHER;
}

bool is_csv_name(text name)
{
    return is_ending(ending_of(file_part(name)), "csv");
}

bool is_hidden_name(text name)
{
    text part = file_part(name);
    return part.length == 0 || part.bytes[0] == '.' || begins_with(part, TEXT("~$"));
}

static bool is_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

/* A suffix must not make another word of the name: 评分-办公室 and 评分表 are ratings, 评分标准 and “peoples” are not.
 */
static bool is_whole_word(text stem, size_t length)
{
    size_t at = length;
    if (length == stem.length)
        return true;
    uint32_t next = utf8_next(stem.bytes, stem.length, &at);
    if ((unsigned char)stem.bytes[0] < 0x80)
        return !((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'));
    return next == 0x8868 /* 表 */ || !is_han(next);
}

enum { SPELLINGS = 4 };

static const char *const table_words[TABLE_COUNT][SPELLINGS] = {
    [TABLE_PEOPLE] = {"people", "人员"},   [TABLE_RATINGS] = {"ratings", "评分"},
    [TABLE_EVENTS] = {"events", "事项"},   [TABLE_MEASURES] = {"measures", "指标"},
    [TABLE_HISTORY] = {"history", "历年"},   [TABLE_DECISIONS] = {"decisions", "决定", "裁定"},
    [TABLE_RATERS] = {"raters", "考评人", "评分人", "评分安排"},
};

/* 评分人 and 评分安排 begin like 评分, but a Han character goes on there, so none of them is a table of ratings. */
batch_table exchange_table_of(text name)
{
    text stem = file_part(name), ending = ending_of(stem);
    if (utf8_invalid_at(name.bytes, name.length) != name.length)
        return TABLE_COUNT;
    if (ending.length > 0)
        stem.length -= ending.length + 1;
    stem = text_trim(stem);
    for (int table = 0; table < TABLE_COUNT; table++)
        for (int spelling = 0; spelling < SPELLINGS && table_words[table][spelling]; spelling++) {
            text word = text_of(table_words[table][spelling]);
            if (begins_with(stem, word) && is_whole_word(stem, word.length))
                return (batch_table)table;
        }
    return TABLE_COUNT;
}

batch_table exchange_table_named(text name)
{
    for (int table = 0; table < TABLE_COUNT; table++)
        for (int spelling = 0; spelling < SPELLINGS && table_words[table][spelling]; spelling++)
            if (text_equal(name, text_of(table_words[table][spelling])))
                return (batch_table)table;
    return TABLE_COUNT;
}
