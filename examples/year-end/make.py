#!/usr/bin/env python3
"""Writes the year-end batch of an invented bureau: 180 people, 12 sections, about 2400 ballots.

    make.py [--seed 2026] [--out DIR]

The same seed writes the same bytes. Names, sections and figures are invented. The people who show
a rule are listed in TARGETS and EVENTS below and in the README.
"""

import argparse
import csv
import random
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

# code, name, token of its ballots, members, supervising leader, step of the points, English role ids
SECTIONS = (
    (11, "办公室", "办", 16, "LD01", "0.5", False),
    (12, "人事股", "人", 14, "LD01", "0.5", False),
    (13, "财务股", "财", 15, "LD02", "0.5", False),
    (14, "法规股", "法", 14, "LD02", "1", True),
    (15, "政务服务股", "政", 16, "LD03", "0.5", False),
    (16, "行政审批股", "审", 16, "LD03", "0.5", True),
    (17, "业务指导股", "业", 15, "LD04", "1", False),
    (18, "监督检查股", "监", 15, "LD04", "0.5", False),
    (19, "信息宣传股", "信", 14, "LD05", "0.1", True),
    (20, "项目建设股", "项", 15, "LD05", "0.5", False),
    (21, "档案管理股", "档", 14, "LD02", "0.5", False),
    (22, "后勤服务股", "后", 16, "LD01", "1", False),
)

ROLES = {False: ("群众", "领导"), True: ("peer", "leader")}

# Scores to aim at where a person is there to show something; the others are drawn.
TARGETS = {
    "1203": 89.6, "1506": 89.3, "2105": 89.8, "2207": 69.5, "1911": 59.5,          # gaps
    "1112": 67, "1314": 64.5, "1514": 66, "1611": 62, "1714": 68, "2014": 65, "1412": 63,
    "1815": 52, "2212": 47,                                                      # incompetent
    "1403": 92.4, "1713": 81,                                                    # vetoed
    "1104": 86, "1210": 84, "1601": 88, "1801": 87, "2001": 86.5,                # points off
}
EXACTLY_90 = "2004"
SECONDED = "1909"
SECOND_LEADER = {"1501": "LD01", "1601": "LD01", "1701": "LD05", "1901": "LD04"}
STARTS = {"1214": date(2026, 7, 1), "1516": date(2026, 7, 2), "1914": date(2026, 9, 14),
          "2215": date(2026, 10, 8), "1615": date(2026, 8, 3), "2114": date(2026, 3, 2)}
AWAY = {"1107", "1309", "1914", "2215", "1615"}          # neither vote nor are voted on
NAMES = {"1306": ("张䶮", "男"), "1907": ("阿依古丽·买买提", "女"), "1405": ("王磊", "男"),
         "2009": ("王磊", "男")}

# subject, kind, from, to, points, liable, basis, note
EVENTS = (
    ("1107", "病假", "2026-02-10", "2026-09-20", "", "", "请假条〔2026〕4号", "手术及康复"),
    ("1309", "病假", "2026-01-12", "2026-05-31", "", "", "请假条〔2026〕2号", ""),
    ("1309", "事假", "2026-05-20", "2026-08-15", "", "", "请假条〔2026〕19号", "与病假重叠,重叠部分只计一次"),
    ("1512", "病假", "2026-03-01", "2026-06-30", "", "", "请假条〔2026〕7号", ""),
    ("1512", "事假", "2026-05-01", "2026-08-20", "", "", "请假条〔2026〕15号", "与病假重叠"),
    ("1405", "病假", "2026-03-01", "2026-08-31", "", "", "请假条〔2026〕8号", "正好6个月"),
    ("1608", "病假", "2025-10-08", "2026-06-30", "", "", "请假条〔2025〕31号", "跨年度,只计本年度"),
    ("1710", "自行学习", "2025-09-01", "2026-07-01", "", "", "请假条〔2025〕27号", "本年度6个月零1天"),
    ("1806", "病假", "2026-01-05", "2026-03-04", "", "", "请假条〔2026〕1号", ""),
    ("1806", "事假", "2026/4/13", "2026/6/12", "", "", "请假条〔2026〕12号", ""),
    ("1806", "自行学习", "2026年9月1日", "2026年11月1日", "", "", "请假条〔2026〕26号", ""),
    ("2011", "病假", "2026-01-12", "2026-03-26", "", "", "请假条〔2026〕3号", ""),
    ("2011", "事假", "2026-05-06", "2026-08-20", "", "", "请假条〔2026〕16号", "两段合计5个月30天"),
    ("1615", "病假", "2026-01-05", "2026-07-20", "", "", "原单位请假记录", "调入前休假"),
    ("1115", "病假", "2026-04-07", "2026-04-13", "", "", "请假条〔2026〕11号", ""),
    ("1303", "事假", "2026-10-09", "", "", "", "请假条〔2026〕28号", "一天"),
    ("1603", "病假", "2026-11-02", "2026-12-11", "", "", "请假条〔2026〕30号", ""),
    ("1904", "事假", "2026-06-22", "2026-06-26", "", "", "请假条〔2026〕18号", ""),
    ("2109", "病假", "2026-03-16", "2026-05-15", "", "", "请假条〔2026〕9号", ""),
    ("1104", "扣分", "2026-03-11", "", "1", "", "效能督查通报第2期", "未按时报送材料"),
    ("1108", "扣分", "2026-05-27", "", "0.5", "", "效能督查通报第5期", "会议迟到"),
    ("1210", "扣分", "2026-06-18", "", "2", "", "效能督查通报第6期", "文件差错,经核实"),
    ("1311", "扣分", "2026-07-08", "", "1", "", "效能督查通报第7期", ""),
    ("1411", "扣分", "2026-08-12", "", "1.5", "", "效能督查通报第8期", ""),
    ("1505", "扣分", "2026-09-02", "", "0.5", "", "效能督查通报第9期", "着装不规范"),
    ("1702", "扣分", "2026-10-14", "", "1", "", "效能督查通报第10期", ""),
    ("2103", "扣分", "2026-11-04", "", "2", "", "效能督查通报第11期", "办件超时"),
    ("1811", "擅自离岗", "2026-04-21", "", "2", "", "效能督查通报第4期", ""),
    ("2209", "擅自离岗", "2026-09-16", "", "1", "", "效能督查通报第9期", ""),
    ("2212", "擅自离岗", "2026-10-20", "2026-10-23", "5", "", "效能督查通报第10期", ""),
    ("1609", "漏扣分", "2026-05-12", "", "1", "1601", "考评复核记录", "应扣未扣"),
    ("1812", "漏扣分", "2026-06-09", "", "0.5", "1801", "考评复核记录", ""),
    ("1906", "漏扣分", "2026-06-09", "", "0.5", "", "考评复核记录", "无连带责任"),
    ("2010", "搞平衡", "2026-12-08", "", "2", "2001", "考评复核记录", "轮流打高分"),
    ("2012", "搞平衡", "2026-12-08", "", "1", "2001", "考评复核记录", ""),
    ("1403", "一票否决", "2026-09-25", "", "", "", "纪检〔2026〕3号", "称\"优秀\"者受限"),
    ("1713", "一票否决", "2026-11-19", "", "", "", "纪检〔2026〕5号", ""),
)
LEAVES = {"病假", "事假", "自行学习"}
JOINT = {"漏扣分", "搞平衡"}

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = {
    "男": ("伟 强 军 斌 涛 鹏 浩 勇 建国 志远 国文 文博 永康 立新 海峰 晓东 明辉 德胜 振华 家栋 子轩 "
          "俊杰 一鸣 学民 宏伟 少华 保平 正阳 新民 长青 启航 卫东 天佑 世杰").split(),
    "女": ("芳 敏 静 丽 娟 艳 燕 雪梅 慧玲 婷婷 玉洁 思雨 春燕 晓云 佳琪 红霞 淑贞 文静 秀兰 雅芝 "
          "梦瑶 丹丹 海燕 桂英 若兰 欣怡 冬梅 亚楠 晓琳 月华 彩霞 诗涵").split(),
}
PARTIES = ("中共党员",) * 6 + ("群众",) * 3 + ("共青团员", "民建会员")


def draw_people(rng):
    """Rows of 人员.csv, members in order of their section."""
    rows, taken = [], {name for name, _ in NAMES.values()}
    for code, section, _, members, *_ in SECTIONS:
        head = "主任" if section == "办公室" else "股长"
        for number in range(1, members + 1):
            person = f"{code}{number:02d}"
            name, sex = NAMES.get(person) or draw_name(rng, taken)
            post = {1: head, 2: "副" + head}.get(number) or rng.choice(
                ("一级主任科员", "四级主任科员", "一级科员", "二级科员"))
            category = "公务员"
            if section == "后勤服务股" and number > 3:
                category, post = "机关工勤", "工勤人员"
            start = STARTS.get(person) or date(rng.randint(1992, 2024), rng.randint(1, 12),
                                               rng.choice((1, 1, 1, 6, 15, 20)))
            rows.append((person, name, section, category, post, show(start, code), sex,
                         rng.choice(PARTIES)))
    return rows


def draw_name(rng, taken):
    """A name that nobody has yet, and its sex."""
    while True:
        sex = rng.choice(("男", "女"))
        name = rng.choice(SURNAMES) + rng.choice(GIVEN[sex])
        if name not in taken:
            taken.add(name)
            return name, sex


def show(day, code):
    """A date as that section writes dates."""
    if code in (13, 18):
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.year}年{day.month}月{day.day}日" if code == 21 else day.isoformat()


def points_off():
    """{person: points off}, joint liability included."""
    off = defaultdict(Fraction)
    for subject, kind, _, _, points, liable, _, _ in EVENTS:
        if points:
            off[subject] += Fraction(points)
            if kind in JOINT and liable:
                off[liable] += Fraction(points)
    return off


def to_step(value, step):
    """The multiple of `step` nearest to a number."""
    return round(Fraction(value) / step) * step


def split(rng, total, step):
    """Five items, in steps, that add up to the total of a ballot."""
    small = [min(max(to_step(float(total) / 10 + rng.gauss(0, 0.35), step), 0), 10) for _ in range(4)]
    while total - sum(small) > 60:
        weakest = small.index(min(small))
        small[weakest] += step
    return small[:3] + [total - sum(small)] + small[3:]


def show_points(value):
    """A multiple of one tenth as a decimal."""
    return str(int(value)) if value.denominator == 1 else str(float(value))


def score(peers, leaders, off):
    """The exact score, as the scheme defines it."""
    mean = [sum(totals) / Fraction(len(totals)) for totals in (peers, leaders)]
    return max(Fraction("0.4") * mean[0] + Fraction("0.6") * mean[1] - off, Fraction(0))


def in_gap(value):
    """Whether a score lies between two printed bands."""
    return any(low < value < low + 1 for low in (59, 69, 89))


def draw_peers(rng, base, severity, step):
    """Ballot totals around `base`, each rater as strict as usual."""
    return [min(max(to_step(base + strict + rng.gauss(0, 2), step), 30), 98) for strict in severity]


def exactly_90(peers, step):
    """Changes peer totals so that with 91 from the leader the score is 90: their mean is 88.5."""
    missing = Fraction("88.5") * len(peers) - sum(peers)
    for number in range(int(abs(missing) / step)):
        peers[number % len(peers)] += step if missing > 0 else -step
    return peers, [Fraction(91)]


def draw_ballots(rng, person, severity, step, off):
    """(peer totals, leader totals) of a person whose score is wanted, or drawn."""
    wanted = TARGETS.get(person) or min(max(rng.gauss(85.6, 3.9), 74.5), 95)
    aim = wanted + float(off)
    peers = draw_peers(rng, aim + rng.gauss(0, 0.8), severity, step)
    if person == EXACTLY_90:
        return exactly_90(peers, step)
    need = (aim - 0.4 * float(sum(peers) / len(peers))) / 0.6
    half = Fraction(1, 2)
    leader = min(to_step(need, half), Fraction(98))
    while person not in TARGETS and in_gap(score(peers, [leader], off)):
        leader += half if wanted > 89.5 else -half
    if person in SECOND_LEADER:
        return peers, [leader - 1, leader + 1]
    return peers, [leader]


def section_rows(rng, section, off):
    """Rows of one section's ratings: for each member the colleagues' ballots, then the leaders'."""
    code, _, token, members, leader, step, english = section
    step = Fraction(step)
    peer_role, leader_role = ROLES[english]
    ids = [f"{code}{number:02d}" for number in range(1, members + 1)]
    tokens = dict(zip(rng.sample(ids, members), (f"{token}-{n:02d}" for n in range(1, members + 1))))
    strict = {person: rng.gauss(0, 1.2) for person in ids}
    rows = []
    for person in ids:
        if person in AWAY:
            continue
        voters = [other for other in ids if other != person and other not in AWAY]
        voters = rng.sample(voters, rng.randint(max(11, len(voters) - 2), len(voters)))
        voters.sort(key=tokens.get)
        peers, leaders = draw_ballots(rng, person, [strict[v] for v in voters], step, off[person])
        rows += [(person, tokens[voter], peer_role, *split(rng, total, step))
                 for voter, total in zip(voters, peers)]
        if person != SECONDED:
            rows += [(person, by, leader_role, *split(rng, total, Fraction(1, 2)))
                     for by, total in zip((leader, SECOND_LEADER.get(person)), leaders)]
    return [row[:3] + tuple(map(show_points, row[3:])) for row in rows]


def write(path, header, rows, encoding="utf-8", newline="\n"):
    """Writes one table."""
    with open(path, "w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, lineterminator=newline)
        writer.writerow(header)
        writer.writerows(rows)


# As spreadsheets on Chinese Windows save them: plain CSV is GB18030, "CSV UTF-8" has a BOM.
ENCODINGS = {"财务股": ("gb18030", "\r\n"), "办公室": ("utf-8-sig", "\r\n")}


def full_width(rows):
    """Types two cells of the rows the way a Chinese input method does."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for number in (5, 40):
        rows[number] = (*rows[number][:5], rows[number][5].translate(wide), *rows[number][6:])
    return rows


def generate(out, seed=2026):
    """Writes the tables of the example into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    off, rng = points_off(), random.Random(seed)
    write(out / "人员.csv", ("编号", "姓名", "单位", "类别", "职务", "到岗日期", "性别", "政治面貌"),
          draw_people(random.Random(f"people {seed}")))
    for section in SECTIONS:
        name, rows = section[1], section_rows(rng, section, off)
        rows = full_width(rows) if name == "监督检查股" else rows
        write(out / f"评分-{name}.csv", ("被考评人", "考评人", "角色", "德", "能", "勤", "绩", "廉"),
              rows, *ENCODINGS.get(name, ()))
    write(out / "事项.csv",
          ("对象", "类型", "开始", "结束", "分值", "数量", "连带责任人", "依据", "备注"),
          [(*event[:5], "", *event[5:]) for event in EVENTS])


def main():
    parser = argparse.ArgumentParser(description="Writes the year-end example.")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    options = parser.parse_args()
    generate(options.out, options.seed)


if __name__ == "__main__":
    main()
