"""Documents come in as texts, exact but for their stored form; what is no document is refused in a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from fieldkit.exchange.documents_in import import_document, read_document
from fieldkit.exchange.errors import ExchangeError
from fieldkit.study.documents import DocumentFacts, find_document
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.text import normalise

NOTHING = DocumentFacts()


@pytest.fixture
def empty(new_study: Callable[..., Study]) -> Study:
    return new_study()


def pdf_bytes(*pages: str) -> bytes:
    """A PDF written by hand, a line a page; empty pages have no text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("cp1252") if text else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = (
            b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >>"
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << %s >> >>"
            % (len(objects), font)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def word_file(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def test_a_text_comes_in_exact_but_for_its_stored_form_and_says_what_changed(
    empty: Study, tmp_path: Path
) -> None:
    raw = "\ufeffLe Conseil e\u0301coute 👩‍💼.\r\nTard.\r\n"
    path = tmp_path / "Compte rendu (été).txt"
    path.write_text(raw, encoding="utf-8", newline="")
    outcome = import_document(empty, path, NOTHING)
    document = find_document(empty, "compte-rendu-ete")
    assert document.text == "Le Conseil écoute 👩‍💼.\nTard."
    assert (document.name, document.source) == (path.name, path.name)
    assert outcome.records == {"documents": 1}
    assert any("line breaks" in note and note.endswith("2") for note in outcome.notes)
    assert any("composed" in note for note in outcome.notes)


def test_the_same_file_adds_nothing_and_a_later_version_revises(empty: Study, tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    path.write_text("# Minutes\nOne.\n", encoding="utf-8")
    assert import_document(empty, path, DocumentFacts(date="2005-03")).added == 1
    assert (again := import_document(empty, path, NOTHING)).added == 0
    assert again.known == 1
    other = path.rename(tmp_path / "copy of minutes.md")
    assert import_document(empty, other, NOTHING).added == 0  # known by its words
    path.write_text("# Minutes\nOne.\nTwo.\n", encoding="utf-8")
    assert import_document(empty, path, NOTHING).added == 1
    assert empty.store is not None
    assert [r.body["text"] for r in empty.store.history(table="documents", record="minutes") if r.body] == [
        "# Minutes\nOne.",
        "# Minutes\nOne.\nTwo.",
    ]
    assert find_document(empty, "minutes").date == "2005-03"
    assert import_document(empty, path, DocumentFacts(role="profile")).added == 1


def test_word_paragraphs_tables_and_insertions_are_words_and_the_rest_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Réunion", 1)
    paragraph = document.add_paragraph("The Council\tlistens")
    paragraph.add_run().add_break()
    paragraph.add_run("late.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Overhead", "12%"
    document.add_paragraph("After.")
    document.save(str(tmp_path / "r.docx"))
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    tracked = (
        '<w:ins w:id="1" w:author="x"><w:r><w:t> new</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText> old</w:delText></w:r></w:del></w:p>'
    )
    at = xml.index("After.</w:t></w:r>") + len("After.</w:t></w:r>")
    parts["word/document.xml"] = (xml[:at] + tracked + xml[at + len("</w:p>") :]).encode()
    with zipfile.ZipFile(tmp_path / "t.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    read = read_document(tmp_path / "t.docx")
    assert read.text == "Réunion\nThe Council\tlistens\nlate.\nOverhead\n12%\nAfter. new"
    assert read.notes == ("left out, tracked deletions: 1",)


def test_the_text_of_a_pdf_comes_in_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_bytes("Le Conseil écoute.", "", "Overhead is 12%."))
    read = read_document(path)
    assert [line for line in read.text.split("\n") if line] == ["Le Conseil écoute.", "Overhead is 12%."]
    assert read.notes == ("pages without text, such as pictures: 1 of 3",)


def test_without_its_package_a_pdf_is_refused_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_bytes("Words."))
    with pytest.raises(ExchangeError, match=r"pip install 'fieldkit\[pdf\]'"):
        read_document(path)


def bomb() -> bytes:
    """A Word file whose text unpacks to 200 MB, three hundredfold and more."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(200):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def xml_in_word(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "bomb": ("a.docx", bomb(), "unpacks to 200,000,000 bytes"),
    "entities": (
        "a.docx",
        xml_in_word(f"<!DOCTYPE x [{ENTITIES}]><w:document {W}><w:p>&e9;</w:p></w:document>"),
        ".",
    ),
    "outside": (
        "a.docx",
        xml_in_word(
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            f"<w:document {W}><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:document>"
        ),
        "document type",
    ),
    "no xml": ("a.docx", xml_in_word("<w:document"), "no XML"),
    "no zip": ("a.docx", b"PK\x03\x04 nothing", "is no .docx file"),
    "no words inside": ("a.docx", xml_in_word(f"<w:document {W}/>"), "no words"),
    "old word": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
    "wrong encoding": ("a.txt", "Le Conseil écoute".encode("cp1252"), r"not UTF-8 \(byte 11\)"),
    "binary": ("a.txt", b"\x7fELF\0\0", "no text file"),
    "half a character": ("a.txt", b"\xff\xfea", "not UTF-16"),
    "empty": ("a.md", b"", "no words"),
    "blank": ("a.txt", b" \r\n\t", "no words"),
    "encrypted": ("a.pdf", encrypted_pdf(), "password"),
    "no pdf": ("a.pdf", b"nothing", "is no .pdf file"),
    "damaged pdf": ("a.pdf", b"%PDF-1.7\ntrailer << /Root 1 0 R >>", "damaged"),
    "scanned pdf": ("a.pdf", pdf_bytes(""), "scanned"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_document_is_refused_in_one_line_and_the_study_untouched(
    empty: Study, tmp_path: Path, case: str
) -> None:
    name, content, told = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StudyError, match=told) as refused:
        import_document(empty, path, NOTHING)
    assert "\n" not in str(refused.value)
    assert name in str(refused.value)
    assert not empty.rows("documents")


def test_a_folder_a_missing_file_and_a_huge_one_are_not_even_opened(empty: Study, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for kind in ("txt", "docx", "pdf"):
        with (tmp_path / f"huge.{kind}").open("wb") as file:
            file.truncate(200_000_000)
    for name, told in (
        ("folder.txt", "folder"),
        ("missing.md", "cannot be read"),
        *((f"huge.{kind}", "200,000,000 bytes") for kind in ("txt", "docx", "pdf")),
    ):
        with pytest.raises(ExchangeError, match=told):
            import_document(empty, tmp_path / name, NOTHING)


def test_what_is_said_of_a_document_is_held_against_the_framework(empty: Study, tmp_path: Path) -> None:
    path = word_file(tmp_path / "plan.docx", "Words.")
    for facts, told in (
        (DocumentFacts(evaluation_questions=["1.9"]), r"1\.9"),
        (DocumentFacts(line_of_evidence="interviews"), "line of evidence"),
        (DocumentFacts(date="2005-13"), "2005-03-12"),
        (DocumentFacts(language="de"), "language"),
    ):
        with pytest.raises(StudyError, match=told):
            import_document(empty, path, facts)
    facts = DocumentFacts("Plan", "en", "documents", ["1.4b", "1.1"], "2004", "profile")
    import_document(empty, path, facts)
    document = find_document(empty, "Plan")
    assert document.evaluation_questions == ["1.1", "1.4b"]
    assert (document.date, document.role, document.line_of_evidence) == ("2004", "profile", "documents")
    assert normalise(document.text).text == document.text
