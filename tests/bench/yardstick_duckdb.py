#!/usr/bin/env python3
"""The yearly assessment of the `bureau` scheme for 2026, written for DuckDB (see requirements.txt).

Usage: yardstick_duckdb.py IN_DIR OUT_CSV

Reads people.csv, ratings.csv (wide) and events.csv, checks them, and writes a results.csv.  All figures are
DECIMAL or whole hundredths in BIGINT; nothing passes through binary floating point.  Prints one line of timings.
"""
import pathlib
import sys
import time

STARTED = time.perf_counter()
import duckdb  # noqa: E402  (timed on its own)

IMPORTED = time.perf_counter()

HEADERS = {
    "people.csv": "id,name,unit,category,post,start",
    "ratings.csv": "subject,rater,role,virtue,ability,diligence,performance,integrity",
    "events.csv": "subject,kind,from,to,points,amount,liable,ref,note",
}

TABLES = """
CREATE TYPE role AS ENUM ('self', 'peer', 'leader', 'committee', 'public');
CREATE TYPE kind AS ENUM ('sick-leave', 'personal-leave', 'unassigned-study', 'deduction', 'omitted-deduction',
                          'balancing', 'absence-without-leave', 'veto');
SET VARIABLE first = DATE '2026-01-01';
SET VARIABLE after = DATE '2027-01-01';
CREATE TEMP TABLE people AS
  SELECT row_number() OVER () AS place, id, name, unit, start
  FROM read_csv('{folder}/people.csv', header = true, auto_detect = false, columns = {{
    'id': 'VARCHAR', 'name': 'VARCHAR', 'unit': 'VARCHAR', 'category': 'VARCHAR', 'post': 'VARCHAR', 'start': 'DATE'}});
CREATE TEMP TABLE events AS
  SELECT subject, kind, "from" AS since, coalesce("to", "from") AS until, points, liable
  FROM read_csv('{folder}/events.csv', header = true, auto_detect = false, columns = {{
    'subject': 'VARCHAR', 'kind': 'kind', 'from': 'DATE', 'to': 'DATE', 'points': 'DECIMAL(9,2)',
    'amount': 'VARCHAR', 'liable': 'VARCHAR', 'ref': 'VARCHAR', 'note': 'VARCHAR'}});
"""

BALLOTS = """
CREATE TEMP TABLE ballots AS
  SELECT subject, rater, role,
         (100 * (virtue + ability + diligence + performance + integrity))::INTEGER AS total,
         coalesce(virtue BETWEEN 0 AND 10 AND ability BETWEEN 0 AND 10 AND diligence BETWEEN 0 AND 10
                  AND performance BETWEEN 0 AND 60 AND integrity BETWEEN 0 AND 10, false) AS valid
  FROM read_csv('{folder}/ratings.csv', header = true, auto_detect = false, columns = {{
    'subject': 'VARCHAR', 'rater': 'VARCHAR', 'role': 'role', 'virtue': 'DECIMAL(4,2)', 'ability': 'DECIMAL(4,2)',
    'diligence': 'DECIMAL(4,2)', 'performance': 'DECIMAL(4,2)', 'integrity': 'DECIMAL(4,2)'}});
CREATE TEMP TABLE sums AS
  SELECT subject,
         sum(total) FILTER (role = 'peer') AS peer_sum, count(*) FILTER (role = 'peer') AS peers,
         sum(total) FILTER (role = 'leader') AS leader_sum, count(*) FILTER (role = 'leader') AS leaders,
         count(*) FILTER (NOT valid) AS invalid,
         count(*) FILTER (role IS NULL OR role NOT IN ('self', 'peer', 'leader')) AS unknown_roles
  FROM ballots GROUP BY subject;
"""

PROBLEMS = """
SELECT 'people that occur twice', count(*) - count(DISTINCT id) FROM people
UNION ALL SELECT 'subjects of ratings not in people', count(*) FROM sums ANTI JOIN people ON id = subject
UNION ALL SELECT 'values out of range or missing', sum(invalid) FROM sums
UNION ALL SELECT 'ballots in a role that is not used', sum(unknown_roles) FROM sums
UNION ALL SELECT 'second ballots of a rater', coalesce(sum(n - 1), 0) FROM (
  SELECT count(*) AS n FROM ballots WHERE rater IS NOT NULL GROUP BY subject, rater, role HAVING count(*) > 1)
UNION ALL SELECT 'subjects of events not in people', count(*) FROM events ANTI JOIN people ON id = subject
UNION ALL SELECT 'liable people not in people', count(*)
  FROM (FROM events WHERE liable IS NOT NULL) ANTI JOIN people ON id = liable
UNION ALL SELECT 'events without a kind or a date, or that end before they begin', count(*)
  FROM events WHERE kind IS NULL OR since IS NULL OR until < since
UNION ALL SELECT 'deductions without points, or with negative ones', count(*) FROM events
  WHERE kind IN ('deduction', 'omitted-deduction', 'balancing', 'absence-without-leave') AND coalesce(points, -1) < 0
"""

RESULTS = """
COPY (
  WITH cut AS (  -- leave within the period, as [since, until)
    SELECT subject, greatest(since, getvariable('first')) AS since,
           least(until + 1, getvariable('after')) AS until
    FROM events
    WHERE kind IN ('sick-leave', 'personal-leave', 'unassigned-study')
      AND since < getvariable('after') AND until >= getvariable('first')),
  marked AS (
    SELECT *, coalesce(since > max(until) OVER (PARTITION BY subject ORDER BY since, until
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS fresh
    FROM cut),
  numbered AS (
    SELECT *, count(*) FILTER (fresh) OVER (PARTITION BY subject ORDER BY since, until ROWS UNBOUNDED PRECEDING) AS span
    FROM marked),
  spans AS (SELECT subject, min(since) AS since, max(until) AS until FROM numbered GROUP BY subject, span),
  whole AS (
    SELECT *, date_diff('month', since, until)
              - (since + to_months(date_diff('month', since, until)::INTEGER) > until)::INTEGER AS months
    FROM spans),
  leave AS (
    SELECT subject, sum(30 * months + (until - (since + to_months(months::INTEGER))::DATE))::BIGINT AS days
    FROM whole GROUP BY subject),
  deductions AS (
    SELECT person, sum(100 * points)::BIGINT AS deducted
    FROM (SELECT subject AS person, points FROM events
          WHERE kind IN ('deduction', 'omitted-deduction', 'balancing', 'absence-without-leave')
          UNION ALL
          SELECT liable, points FROM events
          WHERE kind IN ('omitted-deduction', 'balancing') AND liable IS NOT NULL)
    GROUP BY person),
  vetoes AS (SELECT DISTINCT subject FROM events WHERE kind = 'veto'),
  joined AS (
    SELECT p.*, coalesce(peers, 0) AS peers, coalesce(leaders, 0) AS leaders, peer_sum::BIGINT AS peer_sum,
           leader_sum::BIGINT AS leader_sum, coalesce(deducted, 0) AS deducted, v.subject IS NOT NULL AS vetoed,
           coalesce(start + INTERVAL 6 MONTH > getvariable('after'), false) AS recent,
           coalesce(l.days, 0) AS leave_days
    FROM people p LEFT JOIN sums s ON s.subject = p.id LEFT JOIN deductions d ON d.person = p.id
    LEFT JOIN vetoes v ON v.subject = p.id LEFT JOIN leave l ON l.subject = p.id),
  judged AS (
    SELECT *, CASE WHEN recent OR leave_days > 180 THEN 'excluded'
                   WHEN peers = 0 OR leaders = 0 THEN 'incomplete' ELSE 'assessed' END AS status
    FROM joined),
  scored AS (  -- hundredths, rounded half up: floor((2n + d) / 2d)
    SELECT *, CASE WHEN status = 'assessed' THEN
        (2 * greatest(0, 2 * peer_sum * leaders + 3 * leader_sum * peers - 5 * deducted * peers * leaders)
         + 5 * peers * leaders) // (10 * peers * leaders) END AS score
    FROM judged),
  graded AS (
    SELECT *, vetoed AND score >= 9000 AS barred, score // 100 IN (59, 69, 89) AND score % 100 > 0 AS gap,
           CASE WHEN score IS NOT NULL THEN rank() OVER (PARTITION BY score IS NULL ORDER BY score DESC) END AS rank
    FROM scored)
  SELECT regexp_replace(id, '^([=+@-])', '''\\1') AS "\ufeffid", regexp_replace(name, '^([=+@-])', '''\\1') AS name,
         regexp_replace(unit, '^([=+@-])', '''\\1') AS unit, status,
         (score // 100) || '.' || lpad((score % 100)::VARCHAR, 2, '0') AS score,
         CASE WHEN score >= 9000 AND NOT barred THEN 'excellent' WHEN score >= 7000 THEN 'competent'
              WHEN score >= 6000 THEN 'basic' WHEN score >= 0 THEN 'incompetent' END AS grade,
         rank,
         nullif(concat_ws(';', CASE WHEN barred THEN 'veto' END, CASE WHEN gap THEN 'gap' END), '') AS flags,
         nullif(CASE status
           WHEN 'excluded' THEN concat_ws(';', CASE WHEN recent THEN 'in post less than 6 months' END,
             CASE WHEN leave_days > 180 THEN
               'on leave for ' || leave_days // 30 || ' months ' || leave_days % 30 || ' days' END)
           WHEN 'incomplete' THEN concat_ws(';', CASE WHEN peers = 0 THEN 'no peer ballot' END,
             CASE WHEN leaders = 0 THEN 'no leader ballot' END)
           ELSE concat_ws(';', CASE WHEN deducted > 0 THEN
               'deducted ' || deducted // 100 || '.' || lpad((deducted % 100)::VARCHAR, 2, '0') END,
             CASE WHEN barred THEN 'one-vote veto' END, CASE WHEN gap THEN 'between two bands' END) END, '') AS reasons
  FROM graded ORDER BY place
) TO '{out}' (FORMAT csv, HEADER true);
"""


def check_headers(folder):
    """See that the columns stand in the order in which the tables declare them: without sniffing, place counts."""
    for name, header in HEADERS.items():
        with open(pathlib.Path(folder) / name, encoding="utf-8-sig") as file:
            if file.readline().rstrip("\r\n") != header:
                sys.exit(f"{name}: the columns must be {header}")


def main(folder, out):
    """Run the batch from `folder` to the file `out`."""
    check_headers(folder)
    folder, out = (str(pathlib.Path(path)).replace("'", "''") for path in (folder, out))
    con = duckdb.connect()
    clock = [time.perf_counter()]
    con.execute(TABLES.format(folder=folder))
    clock.append(time.perf_counter())
    con.execute(BALLOTS.format(folder=folder))
    clock.append(time.perf_counter())
    problems = [f"{count} {what}" for what, count in con.execute(PROBLEMS).fetchall() if count]
    if problems:
        sys.exit("\n".join(problems))
    clock.append(time.perf_counter())
    con.execute(RESULTS.format(out=out))
    clock.append(time.perf_counter())
    parts = zip(("tables", "ballots", "checks", "results"), clock, clock[1:])
    print(f"import {IMPORTED - STARTED:.3f}", *(f"{name} {end - begin:.3f}" for name, begin, end in parts),
          f"total {clock[-1] - IMPORTED:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
