#!/usr/bin/env python3
"""Makes NAME.xml here, the text of the Word form NAME.docx, from the HTML form ../NAME.html: one source for what forms say.

    python3 make.py           writes all of them
    python3 make.py --check   fails when one of them is not what it would write

The build packs each with the other parts of this folder (pack.c) and needs no Python. It knows the few elements and classes
that the forms here are made of, and stops at any other."""
import html.parser
import pathlib
import re
import sys
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
PAGE_MM = 166  # what the margins leave of A4
SPARE_MM = 6    # lines are not as high in every word processor: the box that fills a page is that much lower
TWIPS = 1440 / 25.4
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAGE = ('<w:sectPr><w:footerReference w:type="default" r:id="rId2" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="907" w:right="1247" w:bottom="794" w:left="1247" w:header="454" w:footer="397" w:gutter="0"/></w:sectPr>')
STYLES = {"period": "Period", "head": "Head", "foot": "Foot", "note": "Note", "body": "BodyText", "to": "To", "end": "End",
          "received": "Received", "derivation": "Derivation", "text": "BoxText", "grade": "BoxGrade", "sign": "BoxSign", "h2": "Heading2"}
VOID = {"br", "col", "meta"}
INLINE = {"br", "strong", "span"}
EMPTY_COLUMN = None


class Node:
    def __init__(self, name, attributes=()):
        self.name, self.attributes, self.children = name, dict(attributes), []

    @property
    def classes(self):
        return self.attributes.get("class", "").split()

    def named(self, name):
        return [c for c in self.children if isinstance(c, Node) and c.name == name]


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        assert self.open.pop().name == tag, tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


def find(node, name):
    for child in node.children:
        if isinstance(child, Node):
            if child.name == name:
                return child
            found = find(child, name)
            if found:
                return found
    return None


def twips(mm):
    return round(mm * TWIPS)


def run(words, properties=""):
    pieces = []
    for number, line in enumerate(words.split("\n")):
        if number:
            pieces.append("<w:br/>")
        if line:
            pieces.append(f'<w:t xml:space="preserve">{escape(line)}</w:t>')
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>" if pieces else ""


def runs(children, keep_lines=False, properties=""):
    out = []
    for child in children:
        if isinstance(child, str):
            out.append(run(child if keep_lines else re.sub(r"\s*\n\s*", "", child), properties))
        elif child.name == "br":
            out.append("<w:r><w:br/></w:r>")
        elif child.name == "strong":
            out.append(run("".join(child.children), "<w:b/>"))
        elif "gap" in child.classes:  # a place to write on
            out.append(run("\u00a0" * (26 if "wide" in child.classes else 10), '<w:u w:val="single"/>'))
        elif child.name == "span":
            out.append(runs(child.children))
        else:
            raise ValueError(child.name)
    return "".join(out)


def paragraph(content, style="", more=""):
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def spread(node):
    """Spans that HTML spreads over the line."""
    parts = [runs(span.children) for span in node.named("span")]
    return run("　　").join(parts)


# ---- tables ----

def widths(table):
    columns = [re.search(r"width:([\d.]+)mm", c.attributes.get("style", "")) for c in table.named("colgroup")[0].named("col")]
    given = [float(c[1]) if c else EMPTY_COLUMN for c in columns]
    left = (PAGE_MM - sum(w for w in given if w is not EMPTY_COLUMN)) / max(1, given.count(EMPTY_COLUMN))
    return [left if w is EMPTY_COLUMN else w for w in given]


def cell(content, width, span=1, properties=""):
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{grid}{properties}</w:tcPr>{content}</w:tc>'


def row(cells, properties=""):
    return "<w:tr>" + (f"<w:trPr>{properties}</w:trPr>" if properties else "") + "\n" + "\n".join(cells) + "\n</w:tr>"


def height(mm):
    return f'<w:trHeight w:val="{twips(mm)}" w:hRule="atLeast"/>'


def mark_row(words, columns):
    return row([cell(paragraph(run(words), "Mark"), sum(columns), len(columns))])


def label_runs(node):
    """English words are too long for the columns of Chinese ones."""
    words = "".join(c for c in node.children if isinstance(c, str))
    return runs(node.children, properties='<w:sz w:val="20"/>' if words.isascii() else "")


def box_rows(head, box, columns):
    """A box with a line to sign at its foot is two rows without a border between them."""
    text = box.named("div")[0]
    least = float(re.search(r"min-height:(\d+)mm", text.attributes["style"])[1])
    least -= SPARE_MM if least > 100 else 0
    foot = "".join(paragraph(runs(d.children), STYLES[d.classes[0]]) for d in box.named("div")[1:])
    span = int(box.attributes.get("colspan", 1))
    width = sum(columns[1:])
    open_below, open_above = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>', '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
    label = cell(paragraph(label_runs(head), "Label"), columns[0], 1, ('<w:vMerge w:val="restart"/>' if foot else "") + '<w:vAlign w:val="center"/>')
    rows = [row([label, cell(paragraph(runs(text.children), "BoxText"), width, span, open_below if foot else "")], height(least))]
    if foot:
        again = cell("<w:p/>", columns[0], 1, "<w:vMerge/>")
        rows.append(row([again, cell(foot, width, span, open_above + '<w:vAlign w:val="bottom"/>')], "<w:cantSplit/>"))
    return rows


def plain_row(tr, columns, header):
    at, cells = 0, []
    for c in tr.children:
        if not isinstance(c, Node):
            continue
        span = int(c.attributes.get("colspan", 1))
        style = "Label" if c.name == "th" and not header else "Header" if header else "Words" if "words" in c.classes else "Cell"
        cells.append(cell(paragraph(label_runs(c) if style == "Label" else runs(c.children), style), sum(columns[at:at + span]), span, '<w:vAlign w:val="center"/>'))
        at += span
    line = height(13) if "line" in tr.classes else ""
    return row(cells, ("<w:cantSplit/>" if not line else "") + line + ("<w:tblHeader/>" if header else ""))


def table_rows(node, columns, header=False):
    rows = []
    for child in node.children:
        if isinstance(child, str):
            rows += [mark_row(line.strip(), columns) for line in child.splitlines() if line.strip()]
        elif child.name in ("thead", "tbody"):
            rows += table_rows(child, columns, child.name == "thead")
        elif child.name == "tr":
            cells = [c for c in child.children if isinstance(c, Node)]
            rows += box_rows(cells[0], cells[1], columns) if "box" in cells[-1].classes else [plain_row(child, columns, header)]
    return rows


def table(node):
    columns = widths(node)
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in columns)
    look = f'<w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="{twips(PAGE_MM)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>\n" + "\n".join(table_rows(node, columns)) + "\n</w:tbl>"


# ---- the page ----

def blocks(node, state):
    out = []
    for child in node.children:
        if isinstance(child, str):
            out += [paragraph(run(line.strip()), "Mark") for line in child.splitlines() if line.strip()]
        elif child.name in ("div", "section") and ("person" in child.classes or "side" in child.classes):
            state["begins"] = True
            if "side" in child.classes and find(child, "h1") is None:
                out.append(paragraph("", "Gap", "<w:pageBreakBefore/>"))
                state["begins"] = False
            out += blocks(child, state)
        elif child.name == "h1":
            out.append(paragraph(runs(child.children), "Title", "<w:pageBreakBefore/>" if state.pop("begins", False) else ""))
        elif child.name == "table":
            out.append(table(child))
            if "side" not in node.classes:
                out.append(paragraph("", "Gap"))
        elif child.name in ("p", "div", "h2"):
            kind = child.classes[0] if child.classes else child.name
            content = spread(child) if kind in ("head", "foot") else runs(child.children, keep_lines=kind == "end")
            out.append(paragraph(content, STYLES[kind]))
        else:
            raise ValueError(child.name)
    return out


def document(source):
    head, _, rest = source.partition("<!DOCTYPE html>")
    page = Page()
    page.feed(rest)
    lines = [paragraph(run(line), "Mark") for line in head.splitlines() if line.strip() and not line.startswith("{{!")]
    body = lines + blocks(find(page.open[0], "body"), {}) + [paragraph("", "Gap")]
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACE}>\n<w:body>\n' + "\n".join(body) +
            f"\n{PAGE}\n</w:body>\n</w:document>\n")


def main(check):
    stale = []
    for form in sorted(HERE.parent.glob("*.html")):
        made = document(form.read_text(encoding="utf-8"))
        target = HERE / form.with_suffix(".xml").name
        if check and (not target.exists() or target.read_text(encoding="utf-8") != made):
            stale.append(target.name)
        if not check:
            target.write_text(made, encoding="utf-8")
    if stale:
        sys.exit("run libassess/forms/word/make.py: " + ", ".join(stale) + " are not what it makes")


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
