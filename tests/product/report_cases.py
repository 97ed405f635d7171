"""Batches whose reports the tests look at: the examples, and a made one with two levels and a quota for every unit."""
import pathlib
import shutil

from support import SOURCE, assess

COMPANY = SOURCE / "tests" / "rules" / "organisations" / "company.lua"
EXAMPLES = {
    "bureau": ("2026", "year-end", []),
    "democratic-review": ("2026", "democratic-review", []),
    "unit-target": ("2026", "unit-target", []),
    "efficiency-storm": ("2026", "efficiency-storm", []),
    "five-star": ("2026", "five-star", []),
    "openness-matters": ("2026", "openness-matters", []),
    "service-metrics": ("2026", "service-metrics", []),
    "disclosure-cycle": ("2026", "disclosure-cycle", ["--set", "seed=2027"]),
    "time-limits": ("2026-02", "time-limits", []),
    "attendance": ("2026-03", "attendance", []),
}
UNITS, STAFF = 4, 9


def make_company(folder):
    """Four companies with nine people each. In every second one six people score above 95: more than its quota."""
    people, ratings, measures = ["id,name,unit,category,type,duty"], ["subject,rater,role,all"], ["subject,measure,value,target"]
    for u in range(UNITS):
        people.append(f"U{u},第{'一二三四'[u]}公司,,子企业,{('public', 'competitive')[u % 2]},")
        measures += [f"U{u},profit,{90 + 10 * u},100", f"U{u},revenue,{1000 + 50 * u},1000", f"U{u},debt,55,60"]
        for p in range(STAFF):
            subject = f"P{u}{p}"
            people.append(f"{subject},员工{u}{p},第{'一二三四'[u]}公司,人员,,{('chief', 'deputy', 'staff')[min(p, 2)]}")
            points = 99 if u % 2 and p < 6 else 85 + p
            ratings += [f"{subject},R{r},{('leader', 'peer')[r > 0]},{points}" for r in range(6)]
    folder.mkdir()
    for name, lines in (("people", people), ("ratings", ratings), ("measures", measures)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def make_decided(folder):
    """The year-end batch after the meeting: one grade moved, one objection turned down."""
    shutil.copytree(SOURCE / "examples" / "year-end", folder)
    (folder / "decisions.csv").write_text("subject,kind,grade,date,by,meeting,reason\n1203,calibration,excellent,2026-12-20,局党组,第12次会议,抢险\n"
                                          "1506,objection,,2027-01-08,考评委员会,,事实清楚\n", "utf-8")


def write_report(out, rules, period, tables, *arguments):
    """report.html of a run, as text; fails loudly when the run does."""
    done = assess("run", "--quiet", "--rules", rules, "--period", period, "--format", "csv,html", "--out", out, *arguments, tables)
    if done.returncode != 0:
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
    return (pathlib.Path(out) / "report.html").read_text("utf-8")


def write_all(folder):
    """{(case, language): path of its report}"""
    made = {}
    make_company(folder / "company")
    make_decided(folder / "decided")
    cases = {name: (name, period, SOURCE / "examples" / tables, more) for name, (period, tables, more) in EXAMPLES.items()}
    cases["decided"] = ("bureau", "2026", folder / "decided", [])
    cases["company"] = (COMPANY, "2026", folder / "company", [])
    for name, (rules, period, tables, more) in cases.items():
        for language in ("zh", "en"):
            out = folder / f"{name}-{language}"
            write_report(out, rules, period, tables, "--lang", language, *more)
            made[name, language] = out / "report.html"
    return made
