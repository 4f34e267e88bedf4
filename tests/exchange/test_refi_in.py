"""Importing .qdpx and .qdc: what fieldkit wrote comes back, others' work comes in, the rest is told of."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.qdc import write_qdc
from fieldkit.exchange.qdc_in import import_qdc
from fieldkit.exchange.qdpx import write_qdpx
from fieldkit.exchange.qdpx_in import import_qdpx
from fieldkit.records.codings import Coding
from fieldkit.records.documents import Document
from fieldkit.records.findings import Memo
from fieldkit.storage.writes import Put
from fieldkit.study.code_changes import add_code, move_code
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.history import undo
from fieldkit.study.memos import write_memo
from fieldkit.study.practice import make_practice_study
from fieldkit.study.study import Study, put

NewStudy = Callable[..., Study]


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def code(name: str, inside: str = "", **attributes: str) -> str:
    given = {"guid": guid(name), "name": name, "isCodable": "true", **attributes}
    written = " ".join(f'{key}="{value}"' for key, value in given.items())
    return f"<Code {written}>{inside}</Code>"


def selection(start: int, end: int, *codes: str, words: str = "", inside: str = "", user: str = "Ann") -> str:
    key = f"{start}-{end}-{codes}-{user}"
    codings = "".join(
        f'<Coding guid="{guid(key + each)}" creatingUser="{guid(user)}">'
        f'<CodeRef targetGUID="{guid(each)}"/></Coding>'
        for each in codes
    )
    name = f' name="{words}"' if words else ""
    return (
        f'<PlainTextSelection guid="{guid(key)}"{name} startPosition="{start}" endPosition="{end}">'
        f"{inside}{codings}</PlainTextSelection>"
    )


def qdpx(
    path: Path,
    text: bytes,
    selections: str = "",
    codes: str = "",
    more: str = "",
    users: str = "",
    cases: str = "",
) -> Path:
    """A project of one text, as another program may write it."""
    source = guid("text")
    users = users or f'<User guid="{guid("Ann")}" name="Ann"/>'
    project = f"""<?xml version="1.0" encoding="utf-8"?>
        <Project xmlns="urn:QDA-XML:project:1.0" name="Theirs" origin="Another">
        <Users>{users}</Users><CodeBook><Codes>{codes or code("Trust")}</Codes></CodeBook>{cases}
        <Sources><TextSource guid="{source}" name="Talk" plainTextPath="internal://{source}.txt">{selections}
        </TextSource>{more}</Sources></Project>"""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
        archive.writestr(f"Sources/{source.upper()}.txt", text)
    return path


def quotes(study: Study) -> list[str]:
    """The words that each coding stands on in the text as it is stored."""
    found = []
    for body in study.rows("codings").values():
        text = study.row("documents", body["document"])["text"]
        assert text[body["start"] : body["end"]] == body["quote"]
        found.append(body["quote"])
    return found


def codebook(study: Study) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in study.codebook.codes]


def roster(study: Study) -> list[dict[str, Any]]:
    """The respondents by code, without what only this study calls them by."""
    people = ({**body, "id": None} for body in study.rows("respondents").values())
    return sorted(people, key=lambda body: body["code"])


def test_export_then_import_brings_back_codebook_texts_and_codings(new_study: NewStudy, tmp_path: Path):
    with Study.open(make_practice_study(tmp_path / "practice"), author="MT") as study:
        body = {
            "id": "council",
            "name": {"en": "The Council"},
            "definition": {"en": "Edited.\n\n Use when: no"},
        }
        study.save(
            [Put("codes", "council", body), put("memos", Memo(id="m", on="council", table="codes", text="x"))]
        )
        write_qdpx(study, tmp_path / "a.qdpx")
        expected, count = codebook(study), len(study.rows("codings"))
        people = roster(study)
        made = {
            (body["quote"], body["code"], body["coder"], tuple(body["evaluation_questions"]))
            for body in study.rows("codings").values()
            if "\n" not in body["quote"]
        }
    other = new_study("other")
    outcome = import_qdpx(other, tmp_path / "a.qdpx")
    assert sorted(codebook(other), key=lambda each: each["id"]) == sorted(
        expected, key=lambda each: each["id"]
    )
    assert roster(other) == people
    assert len(quotes(other)) == count
    found = {
        (body["quote"], body["code"], body["coder"], tuple(body["evaluation_questions"]))
        for body in other.rows("codings").values()
    }
    assert made <= found
    assert [(memo["on"], memo["text"]) for memo in other.rows("memos").values()] == [("council", "x")]
    assert outcome.records["documents"] == len(other.rows("documents"))
    write_qdpx(other, tmp_path / "b.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as first, zipfile.ZipFile(tmp_path / "b.qdpx") as second:
        texts = {name: first.read(name) for name in first.namelist() if name.endswith(".txt")}
        assert {name: second.read(name) for name in second.namelist() if name.endswith(".txt")} == texts


def test_the_same_file_again_adds_nothing(study: Study, new_study: NewStudy, tmp_path: Path):
    document = take_document(study, "r.txt", "A made-up report.", DocumentFacts()).document.id
    marked = {"documents": document}
    marked |= {table: next(iter(study.rows(table))) for table in ("respondents", "interviews", "codings")}
    for table, record in (*marked.items(), *marked.items()):
        write_memo(study, f"on {table}\n\nmade up", table=table, record=record)
    write_qdpx(study, tmp_path / "a.qdpx")
    other = new_study("other")
    import_qdpx(other, tmp_path / "a.qdpx")
    assert import_qdpx(other, tmp_path / "a.qdpx").added == 0
    assert import_qdpx(study, tmp_path / "a.qdpx").added == 0


LETTERS = st.text(st.sampled_from("aé\u0301ç 😀👩\u200d\n\r\u2028\ufeff&<\"'\t"), max_size=30)


# Every example makes two studies: making a failing one smaller would take minutes.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_the_words_are_they_come_back(new_study: NewStudy, tmp_path: Path, data: st.DataObject):
    from fieldkit.text import normalise

    text = normalise(data.draw(LETTERS)).text
    name = normalise(data.draw(LETTERS)).text.strip() or "x"
    definition = data.draw(st.sampled_from(["", " ", "Use when: ", "fieldkit: code a (en)\n\n"])) + name
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    number = len(list(tmp_path.iterdir()))
    study, other = new_study(f"from{number}"), new_study(f"to{number}")
    new = {
        "id": "new-one",
        "name": {"fr": name},
        "definition": {"en": definition, "fr": "x"},
        "aliases": [name],
    }
    coding = Coding(
        id="c", document="d", code="new-one", coder="AB", start=start, end=end, quote=text[start:end]
    )
    study.save([Put("codes", "new-one", new), put("documents", Document(id="d", name="D", text=text))])
    study.save([put("codings", coding)])
    write_qdpx(study, tmp_path / f"{number}.qdpx")
    import_qdpx(other, tmp_path / f"{number}.qdpx")
    back = next(iter(other.rows("codings").values()))
    where = ("code", "coder", "quote") if start == end else ("code", "coder", "start", "end", "quote")
    assert [back[key] for key in where] == [coding.body()[key] for key in where]
    assert [each["text"] for each in other.rows("documents").values()] == [text]
    assert codebook(other)[-1] == codebook(study)[-1]
    study.close()
    other.close()


def test_what_coders_agreed_on_comes_back_as_agreed(study: Study, new_study: NewStudy, tmp_path: Path):
    coding = next(iter(study.rows("codings").values()))
    study.save([Put("codings", "agreed", {**coding, "id": "agreed", "layer": "consensus"})])
    write_qdpx(study, tmp_path / "a.qdpx")
    other = new_study("other")
    import_qdpx(other, tmp_path / "a.qdpx")
    found = [(body["coder"], body.get("layer")) for body in other.rows("codings").values()]
    assert sorted(found, key=str) == [("MT", "consensus"), ("MT", None), ("MT", None), ("MT", None)]


def test_an_import_can_be_taken_back(study: Study, new_study: NewStudy, tmp_path: Path):
    write_qdpx(study, tmp_path / "a.qdpx")
    other = new_study("other")
    import_qdpx(other, tmp_path / "a.qdpx")
    undo(other)
    assert not other.rows("documents")
    assert not other.rows("codings")


def test_a_codebook_comes_back_whole(study: Study, new_study: NewStudy, tmp_path: Path):
    body = {
        "id": "extra",
        "name": {"en": "Extra", "fr": "Supplément"},
        "parent": "council",
        "definition": {"fr": "Seulement en français"},
        "examples": [{"en": "One"}, {"en": "Two", "fr": "Deux"}],
        "colour": "#123abc",
        "retired": True,
    }
    study.save([Put("codes", "extra", body)])
    for language in ("en", "fr"):
        write_qdc(study, tmp_path / f"{language}.qdc", language=language)
        other = new_study(language)
        assert import_qdc(other, tmp_path / f"{language}.qdc").records == {"codes": 1}
        assert codebook(other)[-1] == codebook(study)[-1]


def test_codes_come_back_in_their_order(study: Study, new_study: NewStudy, tmp_path: Path):
    add_code(study, {"en": "Extra"}, {"en": "Made up."}, parent="governance", aliases=["more"])
    move_code(study, "extra", parent="governance", before="council")
    move_code(study, "scbf", parent="governance", before="oversight")
    move_code(study, "value", before="governance")
    write_qdc(study, tmp_path / "a.qdc")
    other = new_study("other")
    import_qdc(other, tmp_path / "a.qdc")
    for parent in (None, "governance", "value"):
        here, there = (each.codebook.children(parent) for each in (study, other))
        assert [code.id for code in here] == [code.id for code in there]
    bodies = [{each["id"]: {**each, "order": None} for each in codebook(made)} for made in (study, other)]
    assert bodies[0] == bodies[1]
    assert import_qdc(other, tmp_path / "a.qdc").added == 0
    write_qdc(other, tmp_path / "b.qdc")
    assert (tmp_path / "b.qdc").read_bytes() == (tmp_path / "a.qdc").read_bytes()


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("Ça coûte cher.".encode(), 3, 8, "coûte"),
        ("C\u0327a cou\u0302te".encode(), 4, 10, "coûte"),
        ("😀😀 ici".encode(), 3, 6, "ici"),
        ("\ufeffici là".encode(), 4, 6, "là"),
        (b"un\r\ndeux\r\ntrois", 4, 8, "deux"),
        (b"un\r\ndeux\r\ntrois", 10, 15, "trois"),
        ("un deux".encode("utf-16"), 3, 7, "deux"),
    ],
)
def test_positions_count_characters_of_the_file(
    new_study: NewStudy, tmp_path: Path, text: bytes, start: int, end: int, words: str
):
    study = new_study()
    import_qdpx(study, qdpx(tmp_path / "a.qdpx", text, selection(start, end, "Trust")))
    assert quotes(study) == [words]


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("un\r\ndeux\r\ntrois", 8, 13, "trois"),
        ("😀😀 ici", 5, 8, "ici"),
        ("😀\r\n😀 ici", 6, 9, "ici"),
    ],
)
def test_a_file_that_counts_otherwise_is_believed_by_its_words(
    new_study: NewStudy, tmp_path: Path, text: str, start: int, end: int, words: str
):
    study = new_study()
    path = qdpx(tmp_path / "a.qdpx", text.encode(), selection(start, end, "Trust", words=words))
    outcome = import_qdpx(study, path)
    assert quotes(study) == [words]
    assert any("Talk" in note and "counted" in note for note in outcome.notes)


def test_a_text_may_stand_in_the_project_itself(new_study: NewStudy, tmp_path: Path):
    inside = f"<PlainTextContent>😀\r\nIci.</PlainTextContent>{selection(2, 5, 'Trust')}"
    more = f'<TextSource guid="{guid("inline")}" name="Inline">{inside}</TextSource>'
    study = new_study()
    import_qdpx(study, qdpx(tmp_path / "a.qdpx", b"Words", more=more))
    assert quotes(study) == ["Ici"]


def test_memos_come_in_where_they_are(new_study: NewStudy, tmp_path: Path):
    note = f'<NoteRef targetGUID="{guid("note")}"/>'
    codes = code("Trust", note)
    project = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="Another">
        <Users><User guid="{guid("Ann")}" name="AR"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook>
        <Sources><TextSource guid="{guid("s")}" name="S"><Description>On the text</Description>
        <PlainTextContent>Words</PlainTextContent></TextSource></Sources>
        <Notes><Note guid="{guid("note")}" creatingUser="{guid("Ann")}"><PlainTextContent>On a code
        </PlainTextContent></Note>
        <Note guid="{guid("free")}"><PlainTextContent>On all</PlainTextContent></Note></Notes></Project>"""
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w") as archive:
        archive.writestr("project.qde", project)
    study = new_study()
    import_qdpx(study, tmp_path / "a.qdpx")
    found = {body["text"].strip(): body.get("on") for body in study.rows("memos").values()}
    assert found == {"On a code": "trust", "On the text": guid("s"), "On all": None}
    assert study.row("memos", guid("note"))["author"] == "AR"


def test_what_another_program_wrote_comes_in(new_study: NewStudy, tmp_path: Path):
    codes = code(
        "Money", "<Description>What it costs</Description>" + code("Fees", color="#0f8"), isCodable="false"
    )
    users = f'<User guid="{guid("Ann")}" name="Ann Marie Roy"/>'
    noted = "<Description>Mind this</Description>"
    path = qdpx(
        tmp_path / "a.qdpx", b"The fees rose.", selection(4, 8, "Fees", inside=noted), codes, users=users
    )
    study = new_study()
    outcome = import_qdpx(study, path)
    assert study.codebook.code("fees").parent == "money"
    assert study.codebook.code("fees").colour == "#00ff88"
    assert study.codebook.code("money").definition.get("en") == "What it costs"
    coding = next(iter(study.rows("codings").values()))
    assert (coding["quote"], coding["code"], coding["coder"], coding["memo"]) == (
        "fees",
        "fees",
        "AMR",
        "Mind this",
    )
    assert outcome.records == {"codes": 2, "documents": 1, "codings": 1}
    assert "the user Ann Marie Roy stands as AMR" in outcome.notes


def test_a_code_known_by_its_place_in_the_tree_is_not_made_again(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    codes = code("Governance", code("Council"))
    outcome = import_qdpx(study, qdpx(tmp_path / "a.qdpx", b"Words", selection(0, 5, "Council"), codes))
    assert [body["code"] for body in study.rows("codings").values()] == ["council"]
    assert not study.rows("codes")
    assert any("council" in note for note in outcome.notes)


def test_what_was_edited_here_stays(study: Study, new_study: NewStudy, tmp_path: Path):
    write_qdc(study, tmp_path / "a.qdc")
    other = new_study("other")
    mine = {"id": "council", "name": {"en": "Mine"}, "definition": {"en": "Mine"}}
    other.save([Put("codes", "council", mine)])
    outcome = import_qdc(other, tmp_path / "a.qdc")
    assert other.codebook.code("council").name.get("en") == "Mine"
    assert any("council" in note for note in outcome.notes)


def test_everything_left_out_is_told_of(new_study: NewStudy, tmp_path: Path):
    more = f"""<PictureSource guid="{guid("p")}"/><PDFSource guid="{guid("f")}"/>
        <AudioSource guid="{guid("s")}"><Transcript guid="{guid("t")}"/></AudioSource>
        <TextSource guid="{guid("away")}" name="Away" plainTextPath="relative:///etc/passwd"/>"""
    wrong = selection(2, 400, "Trust") + selection(0, 1, "Nobody knows") + selection(0, 2)
    outcome = import_qdpx(new_study(), qdpx(tmp_path / "a.qdpx", b"Words", wrong, more=more))
    assert sorted(note for note in outcome.notes if note.startswith("left out")) == [
        "left out: PDF files: 1",
        "left out: audio recordings: 1",
        "left out: codings with a code that is not in the file: 1",
        "left out: passages that lie outside their text: 1",
        "left out: pictures: 1",
        "left out: selections without a code: 1",
        "left out: texts that are not in the file: 1",
    ]


def test_a_colon_for_the_dot_in_the_namespace_is_borne(study: Study, new_study: NewStudy, tmp_path: Path):
    write_qdc(study, tmp_path / "a.qdc")
    text = (tmp_path / "a.qdc").read_text(encoding="utf-8").replace("codebook:1.0", "codebook:1:0")
    (tmp_path / "b.qdc").write_text(text, encoding="utf-8")
    assert import_qdc(new_study("other"), tmp_path / "b.qdc").known == len(study.codebook.codes)


def test_a_guid_that_is_given_twice_is_refused(new_study: NewStudy, tmp_path: Path):
    study = new_study()
    twice = selection(0, 2, "Trust") * 2
    with pytest.raises(ExchangeError, match="twice"):
        import_qdpx(study, qdpx(tmp_path / "a.qdpx", b"Words", twice))
    assert not study.rows("documents")
