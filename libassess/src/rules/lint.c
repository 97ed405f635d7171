/* lint.c: a look at the words of a rule file before Lua runs it.
 *
 * A rule file is run once, without data. What would decide by data there (if, while, and, or, ==, <) can only decide by
 * accident, so it is refused with the word to use instead; so are operators that leave exact decimals (^, bits) and the
 * two names that reach around the sandbox. Strings and comments are skipped by Lua's own rules, line ends included. */
#include <string.h>

#include "rules/loader.h"

typedef struct scanner {
    const char *bytes;
    size_t length, at;
    uint32_t line;
    bool each;     /* the last word was each */
    unsigned open; /* brackets open since each( : inside, there are figures to decide by */
    void (*say)(void *user, message m, uint32_t line);
    void *user;
    uint32_t said; /* the line of the last mistake */
    bool decides;  /* one of them was an if or repeat: what belongs to it goes with it */
} scanner;

/* One a line: the others that stand there may come of the first, as the comparison behind `if` does. */
static void report(scanner *s, uint32_t line, message m)
{
    if (s->said != line)
        s->say(s->user, m, line);
    s->said = line;
}

static int peek(const scanner *s, size_t ahead)
{
    return s->at + ahead < s->length ? (unsigned char)s->bytes[s->at + ahead] : -1;
}

static bool is_line_end(int c) { return c == '\n' || c == '\r'; }

/* \n, \r, \r\n and \n\r each end one line. */
static void advance(scanner *s)
{
    int c = peek(s, 0), next = peek(s, 1);
    s->at++;
    if (!is_line_end(c))
        return;
    s->line++;
    if (is_line_end(next) && next != c)
        s->at++;
}

static bool is_name(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Level of a long bracket that opens here ("[[" is 0, "[==[" is 2), or -1. */
static int long_bracket(const scanner *s)
{
    if (peek(s, 0) != '[')
        return -1;
    size_t level = 0;
    while (peek(s, 1 + level) == '=')
        level++;
    return peek(s, 1 + level) == '[' ? (int)level : -1;
}

static void skip_long(scanner *s, int level)
{
    for (int i = 0; i < level + 2; i++)
        advance(s);
    while (s->at < s->length) {
        if (peek(s, 0) == ']') {
            int n = 0;
            while (n < level && peek(s, 1 + (size_t)n) == '=')
                n++;
            if (n == level && peek(s, 1 + (size_t)n) == ']') {
                s->at += (size_t)level + 2;
                return;
            }
        }
        advance(s);
    }
}

static void skip_comment(scanner *s)
{
    s->at += 2;
    int level = long_bracket(s);
    if (level >= 0) {
        skip_long(s, level);
        return;
    }
    while (s->at < s->length && !is_line_end(peek(s, 0)))
        s->at++;
}

/* A backslash and what it takes with it: a line end, or with \z all blanks that follow. */
static void skip_escape(scanner *s)
{
    s->at++;
    bool blanks = peek(s, 0) == 'z';
    if (s->at < s->length)
        advance(s);
    for (int c = peek(s, 0); blanks && (c == ' ' || (c >= '\t' && c <= '\r')); c = peek(s, 0))
        advance(s);
}

/* One that the line ends before is Lua's to complain about. */
static void skip_string(scanner *s)
{
    int quote = peek(s, 0);
    s->at++;
    while (s->at < s->length && peek(s, 0) != quote && !is_line_end(peek(s, 0))) {
        if (peek(s, 0) == '\\')
            skip_escape(s);
        else
            s->at++;
    }
    if (peek(s, 0) == quote)
        s->at++;
}

static const struct refused_word {
    const char *word;
    message_id why;
} refused_words[] = {
    {"if", MSG_lint_decides},      {"elseif", MSG_lint_decides}, {"while", MSG_lint_decides},
    {"repeat", MSG_lint_decides},  {"until", MSG_lint_decides},  {"goto", MSG_lint_decides},
    {"and", MSG_lint_logic},       {"or", MSG_lint_logic},       {"not", MSG_lint_logic},
    {"_ENV", MSG_lint_environment}, {"_G", MSG_lint_environment},
};

/* Words and signs that decide have their place in a function of each, but not == : it is false between unlike things. */
static bool may_stand(const scanner *s, message_id why)
{
    return s->open && (why == MSG_lint_decides || why == MSG_lint_logic || why == MSG_lint_compares);
}

static void follow_each(scanner *s, int sign)
{
    if (sign == '(' && (s->each || s->open))
        s->open++;
    if (sign == ')' && s->open)
        s->open--;
    s->each = false;
}

static void check_name(scanner *s)
{
    size_t start = s->at;
    while (is_name(peek(s, 0)))
        s->at++;
    s->each = s->at - start == 4 && memcmp(s->bytes + start, "each", 4) == 0;
    for (size_t i = 0; i < sizeof refused_words / sizeof *refused_words; i++) {
        const char *w = refused_words[i].word;
        bool goes_with = s->decides && (strcmp(w, "elseif") == 0 || strcmp(w, "until") == 0);
        if (goes_with || strlen(w) != s->at - start || memcmp(w, s->bytes + start, s->at - start) != 0 || may_stand(s, refused_words[i].why))
            continue;
        report(s, s->line, message_of1(refused_words[i].why, text_of(w)));
        s->decides |= refused_words[i].why == MSG_lint_decides;
    }
}

static bool stands_here(const scanner *s, const char *token)
{
    size_t n = strlen(token);
    return s->length - s->at >= n && memcmp(s->bytes + s->at, token, n) == 0;
}

static void check_sign(scanner *s)
{
    static const struct refused_sign {
        const char *sign;
        message_id why;
    } refused_signs[] = {
        {"...", MSG_lint_environment}, /* a list that grows with every call is copied with every call, and no budget counts that */
        {"==", MSG_lint_equals},   {"~=", MSG_lint_equals},   {"<<", MSG_lint_operator}, {">>", MSG_lint_operator},
        {"&", MSG_lint_operator},  {"|", MSG_lint_operator},  {"~", MSG_lint_operator},  {"^", MSG_lint_operator},
        {"<close>", MSG_lint_environment}, {"<=", MSG_lint_compares}, {">=", MSG_lint_compares}, {"<", MSG_lint_compares},
        {">", MSG_lint_compares},
    };
    if (stands_here(s, "<const>")) {
        s->at += strlen("<const>");
        return;
    }
    for (size_t i = 0; i < sizeof refused_signs / sizeof *refused_signs; i++)
        if (stands_here(s, refused_signs[i].sign) && !may_stand(s, refused_signs[i].why)) {
            report(s, s->line, message_of1(refused_signs[i].why, text_of(refused_signs[i].sign)));
            break;
        }
    if (peek(s, 0) > ' ')
        follow_each(s, peek(s, 0));
    advance(s);
}

/* ---- Chinese signs outside texts ---- */

/* The sign of the keyboard that a full-width one was typed for, or 0. */
static char half_width(uint32_t c)
{
    static const struct pair {
        uint32_t full;
        char half;
    } pairs[] = {
        {0x3001, ','}, {0x3002, '.'}, {0x201C, '"'}, {0x201D, '"'}, {0x2018, '\''}, {0x2019, '\''}, {0x3010, '['},
        {0x3011, ']'}, {0x300A, '"'}, {0x300B, '"'}, {0x300C, '"'}, {0x300D, '"'}, {0x3000, ' '}, {0x00A0, ' '},
    };
    if (c > 0xFF00 && c < 0xFF5F)
        return (char)(c - 0xFEE0);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].full == c)
            return pairs[i].half;
    return 0;
}

/* Outside texts and comments everything is ASCII. What stands there else is a sign of the Chinese keyboard, or a word
 * without its quotes. */
static void check_foreign(scanner *s)
{
    size_t start = s->at, end = s->at;
    uint32_t first = utf8_next(s->bytes, s->length, &end);
    if (first == 0xFEFF) { /* a mark that nobody sees: Lua's to complain about */
        s->at = end;
        return;
    }
    char half[2] = {half_width(first), '\0'};
    message what = message_of2(MSG_lint_full_width, (text){s->bytes + start, end - start}, text_of(half));
    if (half[0] == ' ')
        what = message_of(MSG_lint_full_width_blank);
    if (!half[0]) {
        for (size_t next = end; next < s->length && (unsigned char)s->bytes[next] >= 0x80;) {
            uint32_t c = utf8_next(s->bytes, s->length, &next);
            if (half_width(c))
                break;
            end = next;
        }
        what = message_of1(MSG_lint_unquoted, (text){s->bytes + start, end - start});
    }
    report(s, s->line, what);
    s->at = end;
}

/* A number is skipped whole, so that the sign in 1e-5 is not taken for an operator. */
static void skip_number(scanner *s)
{
    while (is_name(peek(s, 0)) || peek(s, 0) == '.')
        s->at++;
}

static void check_text_length(scanner *s, size_t start, uint32_t line)
{
    if (s->at - start > RULES_TEXT_LENGTH + 2) /* with its quotes */
        report(s, line, message_of(MSG_rules_limit_text));
}

void lint_source(text bytes, void (*say)(void *user, message m, uint32_t line), void *user)
{
    scanner s = {.bytes = bytes.bytes, .length = bytes.length, .line = 1, .say = say, .user = user};
    while (s.at < s.length) {
        int c = peek(&s, 0);
        size_t start = s.at;
        uint32_t line = s.line;
        bool in_quotes = c == '"' || c == '\'', in_brackets = c == '[' && long_bracket(&s) >= 0;
        if (c == '-' && peek(&s, 1) == '-')
            skip_comment(&s);
        else if (in_quotes)
            skip_string(&s);
        else if (in_brackets)
            skip_long(&s, long_bracket(&s));
        else if (c >= '0' && c <= '9')
            skip_number(&s);
        else if (c >= 0x80)
            check_foreign(&s);
        else if (is_name(c))
            check_name(&s);
        else
            check_sign(&s);
        if (in_quotes || in_brackets)
            check_text_length(&s, start, line);
    }
}
