"""Workbooks written by hand, for the cases that no library writes: a Book is parts of XML that a test may change before it is packed."""
import datetime
import html
import pathlib
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# the number formats of cellXfs below, in this order: a cell's s= is the index
FORMATS = ["General", "yyyy-mm-dd", 'yyyy"年"m"月"d"日" hh:mm', "h:mm", "0%", "000000", '"S"000', "0.00", "[h]:mm", 'yyyy"年"m"月"']
GENERAL, DAY, MINUTE, TIME, PERCENT, ZEROS, LETTER, PLACES, ELAPSED, MONTH = range(len(FORMATS))


def letters(column):
    name = ""
    while column > 0:
        name = chr(ord("A") + (column - 1) % 26) + name
        column = (column - 1) // 26
    return name


def raw(xml):
    """A cell as it stands: raw('<c r="A1" t="e"><v>#N/A</v></c>')."""
    return ("raw", xml)


def cell(row, column, value, style=GENERAL):
    """Text inline, a number as it is, a moment as the number that Excel would store; (value, style) for a format."""
    if isinstance(value, tuple) and value[0] == "raw":
        return value[1]
    if isinstance(value, tuple):
        value, style = value
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        value = (value - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
    at = f'r="{letters(column)}{row}" s="{style}"'
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {at}><v>{value!r}</v></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{html.escape(value)}</t></is></c>'


def rows(table, first=1):
    """The rows of a sheet, each a list of values; None or "" leaves a cell out."""
    return "".join(f'<row r="{number}">' + "".join(cell(number, at, value) for at, value in enumerate(row, 1)) + "</row>"
                   for number, row in enumerate(table, first))


class Book:
    def __init__(self, main=MAIN, relations=RELATIONS):
        self.main, self.relations = main, relations
        self.sheets = []
        self.settings = ""
        self.shared = None
        self.formats = FORMATS
        self.more = {}

    def sheet(self, name, data, merges=(), state="", before="", behind=""):
        """data: a list of rows, or the XML inside sheetData."""
        data = data if isinstance(data, str) else rows(data)
        joined = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
        joined = f'<mergeCells count="{len(merges)}">{joined}</mergeCells>' if merges else ""
        xml = f'{HEAD}<worksheet xmlns="{self.main}">{before}<sheetData>{data}</sheetData>{joined}{behind}</worksheet>'
        self.sheets.append((name, state, xml))
        return self

    def styles(self):
        own = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{html.escape(f)}"/>' for i, f in enumerate(self.formats))
        cells = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(self.formats)))
        return (f'{HEAD}<styleSheet xmlns="{self.main}"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
                f"<cellXfs>{cells}</cellXfs></styleSheet>")

    def types(self):
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
        parts.update({f"/xl/worksheets/sheet{i}.xml": "worksheet" for i in range(1, len(self.sheets) + 1)})
        own = "".join(f'<Override PartName="{name}" ContentType="{kind}{word}+xml"/>' for name, word in parts.items())
        return (f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{own}</Types>')

    def parts(self):
        sheets = "".join(f'<sheet name="{html.escape(name)}" sheetId="{i}" r:id="rId{i}"{state and f" state={chr(34)}{state}{chr(34)}"}/>'
                         for i, (name, state, _) in enumerate(self.sheets, 1))
        relations = "".join(f'<Relationship Id="rId{i}" Type="{self.relations}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                            for i in range(1, len(self.sheets) + 1))
        relations += f'<Relationship Id="rId90" Type="{self.relations}/styles" Target="/xl/styles.xml"/>'
        parts = {
            "[Content_Types].xml": self.types(),
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{self.relations}/officeDocument" '
                           'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{self.main}" xmlns:r="{self.relations}">{self.settings}<sheets>{sheets}</sheets></workbook>',
            "xl/styles.xml": self.styles(),
        }
        if self.shared is not None:
            relations += f'<Relationship Id="rId91" Type="{self.relations}/sharedStrings" Target="sharedStrings.xml"/>'
            parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{self.main}">{self.shared}</sst>'
        parts["xl/_rels/workbook.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
        for i, (_, _, xml) in enumerate(self.sheets, 1):
            parts[f"xl/worksheets/sheet{i}.xml"] = xml
        parts.update(self.more)
        return parts

    def write(self, path, compression=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in self.parts().items():
                archive.writestr(name, content)
        return pathlib.Path(path)
