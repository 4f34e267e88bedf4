"""The .qdpx and .qdc exports: valid, complete, the same bytes every time, and free of what must not leave."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.qdc import write_qdc
from fieldkit.exchange.qdpx import write_qdpx
from fieldkit.records.documents import Document
from fieldkit.records.findings import Memo
from fieldkit.storage.writes import Put
from fieldkit.study.coding import code_passage
from fieldkit.study.practice import make_practice_study
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study, put
from tests.exchange.conftest import HOSTILE

SCHEMA = Path(__file__).parent.parent / "fixtures" / "refi-qda" / "Project.xsd"
P = "{urn:QDA-XML:project:1.0}"
Q = "{urn:QDA-XML:codebook:1.0}"


@pytest.fixture(scope="module")
def project_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


@pytest.fixture(scope="module")
def codebook_schema() -> xmlschema.XMLSchema:
    """The codebook's part of the project's schema, in its own namespace and without references to notes."""
    text = SCHEMA.read_text(encoding="utf-8").replace("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
    text = text.replace(
        '<xsd:element name="Project" type="ProjectType">', '<xsd:element name="CodeBook" type="Book">'
    )
    book = """<xsd:complexType name="Book"><xsd:sequence><xsd:element name="Codes" type="CodesType"/>
        </xsd:sequence><xsd:attribute name="origin" type="xsd:string"/></xsd:complexType>"""
    return xmlschema.XMLSchema(text.replace("<!-- ===== Type Definitions ===== -->", book))


class Project:
    """A .qdpx as any program that knows the format finds it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.xml = self.files["project.qde"].decode()
        self.root = ElementTree.fromstring(self.xml)
        self.names = {each.get("guid"): each.get("name") for each in self.root.iter() if each.get("guid")}

    def source(self, number: int = 0) -> ElementTree.Element:
        return self.root.findall(f"{P}Sources/{P}TextSource")[number]

    def text(self, number: int = 0) -> str:
        path = self.source(number).get("plainTextPath", "").removeprefix("internal://")
        return self.files[f"sources/{path}"].decode()

    def codings(self, number: int = 0) -> list[tuple[str, str | None, list[str | None]]]:
        """For each selection the words it stands on, its user, and the names of its codes."""
        text = self.text(number)
        return [
            (
                text[int(each.get("startPosition", "")) : int(each.get("endPosition", ""))],
                self.names[each.get("creatingUser")],
                [self.names[ref.get("targetGUID")] for ref in each.iter(f"{P}CodeRef")],
            )
            for each in self.source(number).findall(f"{P}PlainTextSelection")
        ]


def exported(study: Study, path: Path, language: str = "en") -> Project:
    write_qdpx(study, path, language=language, force=True)
    return Project(path)


def test_both_files_are_valid_with_hostile_text_in_them(
    study: Study, tmp_path: Path, project_schema: xmlschema.XMLSchema, codebook_schema: xmlschema.XMLSchema
):
    study.save(
        [
            put("memos", Memo(id="m1", text=HOSTILE, author="MT")),
            put("memos", Memo(id="m2", on="council", table="codes", text=HOSTILE)),
            put("documents", Document(id="d1", name=HOSTILE, text=HOSTILE)),
        ]
    )
    project_schema.validate(exported(study, tmp_path / "a.qdpx").xml)
    write_qdc(study, tmp_path / "a.qdc", language="fr")
    codebook_schema.validate((tmp_path / "a.qdc").read_text(encoding="utf-8"))


def test_a_whole_practice_study_is_valid(tmp_path: Path, project_schema: xmlschema.XMLSchema):
    with Study.open(make_practice_study(tmp_path / "practice"), write=False) as study:
        project = exported(study, tmp_path / "a.qdpx", "fr")
        selections = list(project.root.iter(f"{P}PlainTextSelection"))
        assert len(selections) == len(study.rows("codings"))
        guids = [each.get("guid") for each in project.root.iter() if each.get("guid")]
        assert len(guids) == len(set(guids))
    project_schema.validate(project.xml)


def test_a_study_in_which_nothing_was_said_is_valid(
    new_study: Callable[..., Study], tmp_path: Path, project_schema: xmlschema.XMLSchema
):
    project_schema.validate(exported(new_study(), tmp_path / "a.qdpx").xml)


def test_the_same_study_makes_the_same_bytes_on_any_laptop(
    study: Study, new_study: Callable[..., Study], tmp_path: Path
):
    exported(study, tmp_path / "a.qdpx")
    exported(study, tmp_path / "b.qdpx")
    write_archive(study, tmp_path / "a.json")
    other = new_study("other")
    import_archive(other, tmp_path / "a.json")
    exported(other, tmp_path / "c.qdpx")
    first = (tmp_path / "a.qdpx").read_bytes()
    assert (tmp_path / "b.qdpx").read_bytes() == first == (tmp_path / "c.qdpx").read_bytes()


def test_passages_stand_on_their_words_after_accents_and_emoji(study: Study, tmp_path: Path):
    said = record_response(
        study, "CIC-01", "changes", notes="👩‍👩‍👧 Ça coûte 𝟗 €, e\u0301té.\nRien d’autre 🇨🇦 ici."
    )
    text = study.row("responses", said.response)["paragraphs"][1]["text"]
    start = len(study.row("responses", said.response)["paragraphs"][0]["text"]) + 1
    code_passage(study, said.response, ["council"], start=start, end=start + len(text))
    found = exported(study, tmp_path / "a.qdpx").codings()
    assert "Rien d’autre 🇨🇦 ici." in [quote for quote, _, _ in found]
    for coding in study.rows("codings").values():
        assert coding["quote"] in [quote for quote, _, _ in found]


def test_a_coding_has_its_user_its_memo_and_what_it_speaks_to(study: Study, tmp_path: Path):
    project = exported(study, tmp_path / "a.qdpx")
    quote, user, codes = project.codings()[0]
    assert (quote, user, codes[0]) == ("Le Conseil fonctionne bien.", "MT", "Council")
    assert codes[1] is not None
    assert codes[1].startswith("1.4a ")
    assert project.source().findtext(f"{P}PlainTextSelection/{P}Description") == "=1+1"


def test_what_was_coded_without_words_stands_on_the_whole_response(study: Study, tmp_path: Path):
    said = record_response(study, "CIC-01", "zero_growth", disposition="refused", reason="not hers to say")
    code_passage(study, said.response, ["council"])
    quotes = [quote for quote, _, _ in exported(study, tmp_path / "a.qdpx").codings()]
    assert any(
        quote.startswith("[zero_growth] ") and quote.endswith("[refused] not hers to say") for quote in quotes
    )


def test_nothing_is_in_it_that_qualcoder_drops(tmp_path: Path):
    """Its importer takes one code, source and variable of a name, and users from selections."""
    with Study.open(make_practice_study(tmp_path / "practice"), author="MT") as study:
        study.save([put("memos", Memo(id=name, text="Same words", author="MT")) for name in ("m1", "m2")])
        project = exported(study, tmp_path / "a.qdpx")
    for path in (f"CodeBook//{P}Code", "Sources/{P}TextSource", f"Variables/{P}Variable", f"Notes/{P}Note"):
        names = [each.get("name") for each in project.root.findall(f"{P}{path.replace('{P}', P)}")]
        assert names
        assert len(names) == len(set(names))
    codable = {each.get("guid") for each in project.root.iter(f"{P}Code") if each.get("isCodable") == "true"}
    assert {each.get("targetGUID") for each in project.root.iter(f"{P}CodeRef")} <= codable
    users = {each.get("guid") for each in project.root.iter(f"{P}User")}
    assert {each.get("creatingUser") for each in project.root.iter(f"{P}PlainTextSelection")} <= users
    assert all(each.get("creationDateTime") for each in project.root.iter(f"{P}Note"))
    on_cases = {ref.get("targetGUID") for ref in project.root.findall(f"{P}Cases//{P}VariableRef")}
    assert on_cases.isdisjoint(
        ref.get("targetGUID") for ref in project.root.findall(f"{P}Sources//{P}VariableRef")
    )


def test_codes_keep_their_tree_their_definition_and_their_colour(study: Study, tmp_path: Path):
    write_qdc(study, tmp_path / "a.qdc", language="fr")
    root = ElementTree.fromstring((tmp_path / "a.qdc").read_text(encoding="utf-8"))

    def tree(element: ElementTree.Element) -> dict[str, object]:
        return {each.get("name", ""): tree(each) for each in element.findall(f"{Q}Code")}

    def expected(parent: str | None) -> dict[str, object]:
        return {code.name.get("fr"): expected(code.id) for code in study.codebook.children(parent)}

    assert tree(root[0]) == expected(None)
    top, code = root[0][0], study.codebook.roots[0]
    assert top.get("color") == code.colour
    assert (top.findtext(f"{Q}Description") or "").startswith(code.definition.get("fr"))


def test_two_codes_of_one_name_are_told_apart(study: Study, tmp_path: Path):
    study.save(
        [Put("codes", "council-2", {"id": "council-2", "name": {"en": "Council"}, "definition": {"en": "x"}})]
    )
    names = [code.get("name") for code in exported(study, tmp_path / "a.qdpx").root.iter(f"{P}Code")]
    assert len(names) == len(set(names))
    assert "Council [council-2]" in names


def test_respondents_are_cases_with_their_bands_and_texts(study: Study, tmp_path: Path):
    project = exported(study, tmp_path / "a.qdpx")
    case = project.root.find(f"{P}Cases/{P}Case")
    assert case is not None
    assert case.get("name") == "CIC-01"
    values = {
        project.names[value[0].get("targetGUID")]: value[1].text
        for value in case.findall(f"{P}VariableValue")
    }
    assert values["place"] == "Geneva"
    assert values["preferred_language"] == "fr"
    assert [ref.get("targetGUID") for ref in case.findall(f"{P}SourceRef")] == [project.source().get("guid")]


def test_memos_go_where_other_programs_look_for_them(study: Study, tmp_path: Path):
    interview = next(iter(study.rows("interviews")))
    study.save(
        [
            put("memos", Memo(id="m1", text="On all of it", author="MT")),
            put("memos", Memo(id="m2", on="council", table="codes", text="On a code")),
            put("memos", Memo(id="m3", on=interview, table="interviews", text="On an interview")),
        ]
    )
    project = exported(study, tmp_path / "a.qdpx")
    assert project.source().findtext(f"{P}Description") == "On an interview"
    notes = {
        note.get("guid"): project.files[
            f"sources/{note.get('plainTextPath', '').removeprefix('internal://')}"
        ]
        for note in project.root.findall(f"{P}Notes/{P}Note")
    }
    on_project = project.root.find(f"{P}NoteRef")
    on_code = project.root.find(f".//{P}Code/{P}NoteRef")
    assert on_project is not None
    assert on_code is not None
    assert notes[on_project.get("targetGUID")] == b"On all of it"
    assert notes[on_code.get("targetGUID")] == b"On a code"


def test_contacts_and_words_of_who_said_no_do_not_leave(study: Study, tmp_path: Path):
    interview = next(iter(study.rows("interviews").values()))
    first, second = study.rows("respondents")
    joint = {**interview, "respondents": [first, second]}
    said = {
        "id": "joint",
        "interview": interview["id"],
        "item": "changes",
        "disposition": "answered",
        "paragraphs": [
            {"text": "Stays one.", "kind": "verbatim", "respondent": first},
            {"text": "Taken back.", "kind": "verbatim", "respondent": second},
            {"text": "Stays two.", "kind": "paraphrase", "respondent": first},
        ],
    }
    consent = {"id": "c", "interview": interview["id"], "respondent": second, "given": False}
    study.save([Put("interviews", interview["id"], joint), Put("responses", "joint", said)])
    code_passage(study, "joint", ["council"], start=0, end=10, evaluation_questions=[])
    code_passage(study, "joint", ["council"], start=11, end=22, evaluation_questions=[])
    code_passage(study, "joint", ["council"], start=23, end=33, evaluation_questions=[])
    study.save([Put("consents", "c", consent)])
    project = exported(study, tmp_path / "a.qdpx")
    everything = b"".join(project.files.values())
    assert b"Taken back" not in everything
    assert b"Secret" not in everything
    assert b"zoe@example.org" not in everything
    assert [quote for quote, _, codes in project.codings() if quote.startswith("Stays")] == [
        "Stays one.",
        "Stays two.",
    ]
    assert "[CIC-01, verbatim] Stays one.\n[CIC-01] Stays two.\n" in project.text()


def test_a_withdrawn_interview_does_not_leave(study: Study, tmp_path: Path):
    interview = next(iter(study.rows("interviews").values()))
    study.save([Put("interviews", interview["id"], {**interview, "state": "withdrawn"})])
    project = exported(study, tmp_path / "a.qdpx")
    assert "Conseil fonctionne" not in b"".join(project.files.values()).decode()
    about = project.root.findtext(f"{P}Description") or ""
    assert about.startswith("PROTECTED B (internal)\nResponses left out: 2 ")


def test_a_passage_whose_words_were_corrected_stays_on_them(study: Study, tmp_path: Path):
    coding = next(iter(study.rows("codings").values()))
    response = study.row("responses", coding["response"])
    moved = [{"text": "Avant tout.", "kind": "paraphrase"}, *response["paragraphs"]]
    study.save([Put("responses", response["id"], {**response, "paragraphs": moved})])
    assert exported(study, tmp_path / "a.qdpx").codings()[0][0] == coding["quote"]
