#!/usr/bin/env python3
"""The yearly assessment of the `bureau` scheme for 2026, written for Polars (see requirements.txt).

Usage: yardstick_polars.py IN_DIR OUT_CSV

Reads people.csv, ratings.csv (wide) and events.csv, checks them, and writes a results.csv.  All figures are
Decimal or whole hundredths in Int64; nothing passes through binary floating point.  Prints one line of timings.
"""
import datetime
import pathlib
import sys
import time

STARTED = time.perf_counter()
import polars as pl  # noqa: E402  (timed on its own)
from polars import col, lit, when  # noqa: E402

IMPORTED = time.perf_counter()

FIRST, AFTER = datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)
ITEMS = {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}
ROLES = pl.Enum(["self", "peer", "leader", "committee", "public"])
LEAVES = ["sick-leave", "personal-leave", "unassigned-study"]
SHARED = ["omitted-deduction", "balancing"]
DEDUCTIONS = ["deduction", "absence-without-leave", *SHARED]
KINDS = pl.Enum([*LEAVES, *DEDUCTIONS, "veto"])


def hundredths(name):
    """A Decimal column with two places as its whole hundredths, which is how it is stored."""
    return col(name).to_physical().cast(pl.Int64)


def read_tables(folder):
    """Read people and events."""
    people = pl.read_csv(folder / "people.csv", schema_overrides={
        "id": pl.String, "name": pl.String, "unit": pl.String, "start": pl.Date})
    events = pl.read_csv(folder / "events.csv", schema_overrides={
        "subject": pl.String, "kind": KINDS, "from": pl.Date, "to": pl.Date, "points": pl.Decimal(9, 2),
        "amount": pl.String, "liable": pl.String, "ref": pl.String, "note": pl.String})
    return people.select("id", "name", "unit", "start"), events.select(
        "subject", "kind", "liable", since="from", until=pl.coalesce("to", "from"), points=hundredths("points"))


def read_ballots(folder):
    """Read the ratings: every ballot, and the sums and numbers of each subject's."""
    types = {"subject": pl.String, "rater": pl.String, "role": ROLES, **dict.fromkeys(ITEMS, pl.Decimal(9, 2))}
    peer, leader = col("role") == "peer", col("role") == "leader"
    ballots = (
        pl.scan_csv(folder / "ratings.csv", schema_overrides=types)
        .with_columns(hundredths(name) for name in ITEMS)
        .select("subject", "rater", "role", total=pl.sum_horizontal(*ITEMS), valid=pl.all_horizontal(
            col(name).is_between(0, 100 * top).fill_null(False) for name, top in ITEMS.items()))
        .collect(engine="streaming"))
    sums = (
        ballots.lazy()
        .select("subject", peers=peer, leaders=leader, peer_sum=when(peer).then("total").otherwise(0),
                leader_sum=when(leader).then("total").otherwise(0), invalid=~col("valid"),
                unknown_roles=~(peer | leader | (col("role") == "self")).fill_null(False))
        .group_by("subject").agg(pl.all().sum())
        .collect(engine="streaming"))
    return ballots, sums.with_columns(col("peers", "leaders").cast(pl.Int64))


def check(people, events, ballots, sums):
    """Say what is wrong with the input, if anything is, and end."""
    def strangers(frame, column):
        return frame.filter(col(column).is_not_null()).join(people, left_on=column, right_on="id", how="anti").height

    named = ballots.lazy().filter(col("rater").is_not_null())
    repeated = named.select(pl.len() - pl.struct("subject", "rater", "role").n_unique())
    undated = (col("since").is_null() | col("kind").is_null() | (col("until") < col("since"))).fill_null(False)
    problems = {
        "people that occur twice": people.height - people["id"].n_unique(),
        "subjects of ratings not in people": strangers(sums, "subject") + sums["subject"].null_count(),
        "values out of range or missing": sums["invalid"].sum(),
        "ballots in a role that is not used": sums["unknown_roles"].sum(),
        "second ballots of a rater": repeated.collect(engine="streaming").item(),
        "subjects of events not in people": strangers(events, "subject") + events["subject"].null_count(),
        "liable people not in people": strangers(events, "liable"),
        "events without a kind or a date, or that end before they begin": events.filter(undated).height,
        "deductions without points, or with negative ones":
            events.filter(col("kind").is_in(DEDUCTIONS), col("points").fill_null(-1) < 0).height,
    }
    if any(problems.values()):
        sys.exit("\n".join(f"{count} {what}" for what, count in problems.items() if count))


def leave_days(events):
    """Leave of each subject within the period, spans that overlap or touch taken as one, 30 days to a month."""
    span = ["subject", "span"]
    months = (12 * (col("until").dt.year() - col("since").dt.year())
              + col("until").dt.month() - col("since").dt.month()).cast(pl.Int64)

    def later(count):
        return col("since").dt.offset_by(pl.format("{}mo", count))

    return (
        events.lazy().filter(col("kind").is_in(LEAVES), col("since") < AFTER, col("until") >= FIRST)
        .select("subject", since=pl.max_horizontal("since", lit(FIRST)),
                until=pl.min_horizontal(col("until").dt.offset_by("1d"), lit(AFTER)))
        .sort("subject", "since", "until")
        .with_columns(fresh=(col("since") > col("until").cum_max().shift().over("subject")).fill_null(True))
        .with_columns(span=col("fresh").cum_sum().over("subject"))
        .group_by(span).agg(col("since").min(), col("until").max())
        .with_columns(months=months)
        .with_columns(months=col("months") - (later(col("months")) > col("until")).cast(pl.Int64))
        .group_by("subject")
        .agg(leave=(30 * col("months") + (col("until") - later(col("months"))).dt.total_days()).sum()))


def results(people, events, sums):
    """Derive the result of every person, in the order of people."""
    taken = events.lazy().filter(col("kind").is_in(DEDUCTIONS))
    jointly = taken.filter(col("kind").is_in(SHARED), col("liable").is_not_null())
    deductions = pl.concat([taken.select("subject", "points"), jointly.select(subject="liable", points="points")])
    deductions = deductions.group_by("subject").agg(deducted=col("points").sum())
    vetoes = events.lazy().filter(col("kind") == "veto").select("subject", vetoed=True).unique()
    frame = people.lazy()
    for other in (sums.lazy(), deductions, vetoes, leave_days(events)):
        frame = frame.join(other, left_on="id", right_on="subject", how="left", maintain_order="left")

    def text(value):
        return pl.format("{}.{}", value // 100, (value % 100).cast(pl.String).str.zfill(2))

    def listed(*pairs):
        return pl.concat_str([when(test).then(lit(words) if isinstance(words, str) else words)
                              for test, words in pairs], separator=";", ignore_nulls=True)

    recent = (col("start").dt.offset_by("6mo") > AFTER).fill_null(False)
    score, peers, leaders = col("score"), col("peers"), col("leaders")
    exact = (2 * col("peer_sum") * leaders + 3 * col("leader_sum") * peers
             - 5 * col("deducted") * peers * leaders).clip(lower_bound=0)
    harmless = col("id", "name", "unit").str.replace("^([=+@-])", "'$1")
    return (
        frame.with_columns(col("peers", "leaders", "deducted", "leave").fill_null(0), col("vetoed").fill_null(False),
                           recent=recent)
        .with_columns(status=when(col("recent") | (col("leave") > 180)).then(lit("excluded"))
                      .when((peers == 0) | (leaders == 0)).then(lit("incomplete")).otherwise(lit("assessed")))
        # Hundredths, rounded half up: floor((2n + d) / 2d).
        .with_columns(score=when(col("status") == "assessed")
                      .then((2 * exact + 5 * peers * leaders) // (10 * peers * leaders)))
        .with_columns(barred=col("vetoed") & (score >= 9000),
                      gap=(score // 100).is_in([59, 69, 89]) & (score % 100 > 0),
                      rank=score.rank("min", descending=True))
        .select(
            harmless, "status", score=text(score),
            grade=when((score >= 9000) & ~col("barred")).then(lit("excellent"))
            .when(score >= 7000).then(lit("competent"))
            .when(score >= 6000).then(lit("basic")).when(score >= 0).then(lit("incompetent")),
            rank="rank",
            flags=listed((col("barred"), "veto"), (col("gap"), "gap")),
            reasons=when(col("status") == "excluded").then(listed(
                (col("recent"), "in post less than 6 months"),
                (col("leave") > 180,
                 pl.format("on leave for {} months {} days", col("leave") // 30, col("leave") % 30))))
            .when(col("status") == "incomplete").then(listed(
                (peers == 0, "no peer ballot"), (leaders == 0, "no leader ballot")))
            .otherwise(listed((col("deducted") > 0, pl.format("deducted {}", text(col("deducted")))),
                              (col("barred"), "one-vote veto"), (col("gap"), "between two bands"))))
        .with_columns(col("flags", "reasons").replace("", None)))


def main(folder, out):
    """Run the batch from `folder` to the file `out`."""
    folder = pathlib.Path(folder)
    clock = [time.perf_counter()]
    people, events = read_tables(folder)
    clock.append(time.perf_counter())
    ballots, sums = read_ballots(folder)
    clock.append(time.perf_counter())
    check(people, events, ballots, sums)
    clock.append(time.perf_counter())
    results(people, events, sums).collect().write_csv(out, include_bom=True)
    clock.append(time.perf_counter())
    parts = zip(("tables", "ballots", "checks", "results"), clock, clock[1:])
    print(f"import {IMPORTED - STARTED:.3f}", *(f"{name} {end - begin:.3f}" for name, begin, end in parts),
          f"total {clock[-1] - IMPORTED:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
