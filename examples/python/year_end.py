"""A year-end assessment from data frames: check, run, look, explain, seal. Every `# %%` is a cell of a notebook.

    pip install libassess polars
    python year_end.py [FOLDER OF examples/year-end]
"""
# %% The tables. polars here; pandas, pyarrow and DuckDB do as well.
import pathlib
import sys
import tempfile

import polars

import assess

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[1] / "year-end")
people = polars.read_csv(folder / "人员.csv", infer_schema=False)
events = polars.read_csv(folder / "事项.csv", infer_schema=False)
ratings = sorted(folder.glob("评分-*.csv"))  # these stay files: one of them is in GB18030, which is the library's affair

# %% What is wrong with them? Every problem has its table, row and column.
found = assess.check("bureau", period=2026, people=people, events=events, inputs=ratings)
print(f"{found.error_count} errors, {found.notice_count} notices")

# %% A mistake in a table: nothing is computed, and the place is named.
try:
    assess.run("bureau", period=2026, people=people.with_columns(polars.lit("2026-13-01").alias("到岗日期")), inputs=ratings)
except assess.InputError as error:
    print(next(problem for problem in error.problems if problem.is_error))

# %% The assessment.
result = assess.run("bureau", period=2026, people=people, events=events, inputs=ratings)
print(result.summary("en").strip())

# %% Results are a table again; scores are decimals, exactly.
frame = polars.DataFrame(result)
print(frame.group_by("unit").agg(polars.col("score").mean().cast(polars.Float64).round(2)).sort("score", descending=True).head(3))
best = result["1602"]
print(best.name, best.score, best.grade, best.rank)

# %% Why? In a notebook this shows itself.
print(result.explain(best.id, "en"))

# %% The tables of a report, under names that do not change with the language.
for row in result.table("grades", "en"):
    print(row)

# %% Sealed, checked, carried out again from what was sealed: the same bytes.
with tempfile.TemporaryDirectory() as safe:
    sealed = pathlib.Path(safe) / "2026.db"
    anchor = result.seal(sealed)
    print("verified" if assess.verify(sealed, anchor) else "changed")
    print("the same" if assess.replay(sealed).csv() == result.csv() else "another result")

# %% What if the leaders had signed? Who moves, and why.
signed = assess.run("bureau", period=2026, people=people, events=events, inputs=ratings, settings={"leader_signed": "yes"})
print(assess.diff(result, signed, lang="en"))
