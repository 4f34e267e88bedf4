"""Plain records from a script: checked against the study, taken in whole, and only once."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fieldkit.exchange.archive import import_archive
from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.roster import field_of
from fieldkit.exchange.schema import archive_schema
from fieldkit.study.errors import AuthorNeeded
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study

NewStudy = Callable[..., Study]

RECORDS: dict[str, Any] = {
    "respondents": [
        {
            "id": "p1",
            "code": "CIC-01",
            "group": "CIC",
            "place": "geneva",
            "level": "executive",
            "language": "fr",
        },
        {"id": "p2", "code": "CIC-02", "group": "CIC", "attributes": {"post": "counsellor"}},
    ],
    "contacts": [{"respondent": "p1", "name": "Zoë Secret", "email": "zoe@example.org"}],
    "interviews": [
        {"id": "i1", "guide": "cic", "respondents": ["p1", "p2"], "state": "complete", "language": "fr"}
    ],
    "consents": [{"interview": "i1", "respondent": "p1", "given": True, "quote": True}],
    "responses": [
        {
            "interview": "i1",
            "item": "membership_change",
            "paragraphs": [
                {"text": "Deux mots.", "kind": "verbatim", "respondent": "p1"},
                {"text": "Et deux autres.", "respondent": "p2"},
            ],
        }
    ],
    "codings": [
        {
            "id": "c1",
            "response": "i1:membership_change",
            "code": "council",
            "coder": "AB",
            "start": 0,
            "end": 10,
            "evaluation_questions": ["1.4a"],
        }
    ],
    "chart": [{"respondent": "p1", "evaluation_question": "1.4a", "position": "mixed", "coder": "AB"}],
}


MINE = {"id": "mine", "name": {"en": "Mine"}, "definition": {"en": "What is mine."}}


@pytest.fixture
def records(new_study: NewStudy) -> dict[str, Any]:
    """The records above, about the first open item of the CIC guide."""
    guide = new_study("guide").protocol.guides["cic"]
    item = next(item.id for item in guide.items() if item.type == "text" and guide.repeat_of(item.id) is None)
    return json.loads(json.dumps(RECORDS).replace("membership_change", item))


@pytest.fixture
def take(tmp_path: Path) -> Callable[[Study, Any], Any]:
    def write_and_import(study: Study, records: Any) -> Any:
        path = tmp_path / "records.json"
        path.write_text(json.dumps({"fieldkit": 1, "records": records}))
        return import_archive(study, path)

    return write_and_import


def refused(take: Any, study: Study, records: Any) -> list[str]:
    with pytest.raises(FileRefused) as error:
        take(study, records)
    assert study.store.tables() == []
    return error.value.problems


def test_records_become_revisions_of_one_change(new_study: NewStudy, take: Any, records: Any):
    study = new_study()
    outcome = take(study, records)
    revisions = list(study.store.revisions())
    assert outcome.added == len(revisions)
    assert {revision.change for revision in revisions} == {revisions[0].change}
    assert {revision.author for revision in revisions} == {"MT"}
    assert outcome.records == {table: len(rows) for table, rows in records.items()}


def test_the_file_fits_the_schema(records: Any):
    jsonschema.Draft202012Validator(archive_schema()).validate({"fieldkit": 1, "records": records})


def test_what_a_script_leaves_out_is_filled_in(new_study: NewStudy, take: Any, records: Any):
    study = new_study()
    take(study, records)
    interview = study.row("interviews", "i1")
    guide = study.protocol.guides["cic"]
    assert interview["guide_version"] == guide.version
    assert interview["guide_hash"] == guide.content_hash
    assert study.row("guides", guide.content_hash)["guide"] == "cic"
    assert study.row("consents", "i1@p1")["quote"] is True
    assert study.row("chart", "p1:1.4a@AB")["position"] == "mixed"
    assert study.row("codings", "c1")["quote"] == "Deux mots."


def test_taking_the_file_in_again_adds_nothing_even_after_a_change(
    new_study: NewStudy, take: Any, records: Any
):
    study = new_study()
    take(study, records)
    assert take(study, records).added == 0
    changed = copy.deepcopy(records)
    changed["respondents"][0]["status"] = "interviewed"
    assert take(study, changed).added == 1
    before = len(list(study.store.revisions()))
    assert take(study, records).added == 0
    assert study.row("respondents", "p1")["status"] == "interviewed"
    assert len(list(study.store.revisions())) == before


def test_a_given_id_of_a_response_stays_when_it_is_recorded_again(
    new_study: NewStudy, take: Any, records: Any
):
    study = new_study()
    item = records["responses"][0]["item"]
    records["responses"][0]["id"] = records["codings"][0]["response"] = "r1"
    take(study, records)
    recorded = record_response(study, "i1", item, notes="Autre chose.")
    assert recorded.response == "r1"
    assert list(study.rows("responses")) == ["r1"]
    assert study.row("responses", "r1")["paragraphs"][0]["text"] == "Autre chose."


def test_offsets_follow_text_that_normalising_changed(new_study: NewStudy, take: Any, records: Any):
    study = new_study()
    response = records["responses"][0]
    response["paragraphs"] = [{"text": "e\u0301te\u0301\r\nhiver"}, {"text": "fin du mot"}]
    text = "e\u0301te\u0301\r\nhiver\nfin du mot"
    records["codings"][0] |= {"start": text.index("hiver"), "end": text.index("hiver") + 5}
    records["codings"].append(
        {"id": "c2", "response": records["codings"][0]["response"], "code": "scbf"}
        | {"start": text.index("du"), "end": text.index("du") + 2}
    )
    take(study, records)
    stored = study.rows("responses").values().__iter__().__next__()
    assert [paragraph["text"] for paragraph in stored["paragraphs"]] == ["été", "hiver", "fin du mot"]
    assert study.row("codings", "c1")["quote"] == "hiver"
    assert study.row("codings", "c2")["quote"] == "du"


def test_lone_surrogates_become_the_replacement_character_and_are_reported(
    new_study: NewStudy, take: Any, records: Any
):
    study = new_study()
    records["responses"][0]["paragraphs"][0]["text"] = "a\ud800b"
    records["codings"] = []
    outcome = take(study, records)
    stored = next(iter(study.rows("responses").values()))
    assert stored["paragraphs"][0]["text"] == "a\ufffdb"
    assert any("U+FFFD" in note and "responses" in note for note in outcome.notes)


def test_an_id_that_nobody_has_is_shown_with_symbols_for_what_a_terminal_acts_on(
    new_study: NewStudy, take: Any, records: Any
):
    records["responses"][0]["interview"] = "\x1b[31m"
    with pytest.raises(FileRefused, match=r"no interview '\u241b\[31m'"):
        take(new_study(), records)


def test_a_file_with_encoded_surrogates_is_read_and_they_are_reported(
    new_study: NewStudy, records: Any, tmp_path: Path
):
    study = new_study()
    records["responses"][0]["paragraphs"][0]["text"] = "é\ud800b\udc00"
    records["codings"] = []
    text = json.dumps({"fieldkit": 1, "records": records}, ensure_ascii=False)
    path = tmp_path / "a.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    notes = import_archive(study, path).notes
    stored = next(iter(study.rows("responses").values()))
    assert stored["paragraphs"][0]["text"] == "é\ufffdb\ufffd"
    assert len(notes) == 1
    assert "2 lone surrogate(s)" in notes[0]


@pytest.mark.parametrize(
    ("table", "number", "change", "said"),
    [
        ("respondents", 0, {"group": "CICC"}, "no group 'CICC'; nearest: CIC"),
        ("respondents", 0, {"place": "Geneve"}, "no place 'Geneve'; nearest: geneva"),
        ("respondents", 0, {"language": "de"}, "no language 'de'"),
        ("interviews", 0, {"language": "French"}, "no language 'French'"),
        ("responses", 0, {"language": "english"}, "no language 'english'"),
        ("responses", 0, {"paragraphs": [{"text": "a\n" * 20_000}]}, "at most 20,000"),
        ("respondents", 1, {"code": "cic-01"}, "code cic-01 is already that of p1"),
        ("respondents", 1, {"id": "p1"}, "given twice"),
        ("respondents", 0, {"id": None}, 'needs an "id"'),
        ("respondents", 0, {"status": "gone"}, "status must be one of 'identified'"),
        ("contacts", 0, {"respondent": "p9"}, "no respondent 'p9'"),
        ("interviews", 0, {"guide": "cik"}, "no guide 'cik'; nearest: cic"),
        ("interviews", 0, {"respondents": ["p1", "p9"]}, "no respondent 'p9'"),
        ("consents", 0, {"respondent": "p9"}, "not among those of interview i1"),
        ("responses", 0, {"item": "nosuch"}, "no item 'nosuch'"),
        ("responses", 0, {"interview": "i9"}, "no interview 'i9'"),
        ("responses", 0, {"instance": "2"}, "is asked once"),
        ("responses", 0, {"disposition": "silent"}, "disposition must be one of"),
        ("responses", 0, {"paragraphs": "words"}, "paragraphs must be a list"),
        ("codings", 0, {"code": "counsil"}, "no code 'counsil'; nearest: council"),
        ("codings", 0, {"evaluation_questions": ["7.7"]}, "no evaluation question '7.7'"),
        ("codings", 0, {"end": 400}, "goes beyond the text"),
        ("codings", 0, {"start": 8, "end": 3}, "cannot end at 3"),
        ("codings", 0, {"quote": "Trois mots"}, 'the quote is not what stands at 0 to 10: "Deux mots."'),
        ("codings", 0, {"response": "i1:other"}, "no response 'i1:other'"),
        ("chart", 0, {"position": "perhaps"}, "no position 'perhaps'"),
        ("chart", 0, {"evaluation_question": "7.7"}, "no evaluation question '7.7'"),
    ],
)
def test_each_fault_is_named_and_nothing_is_taken_in(
    new_study: NewStudy, take: Any, records: Any, table: str, number: int, change: dict[str, Any], said: str
):
    records[table][number] |= change
    problems = refused(take, new_study(), records)
    assert any(said in problem for problem in problems), problems
    assert all("\n" not in problem and "pydantic" not in problem for problem in problems)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ({"id": "bad code"}, "id 'bad code' is not spelt"),
        ({"definition": {}}, "definition is missing"),
        ({"parent": "mine"}, "no parent code"),
        ({"parent": "nosuch"}, "no parent code"),
    ],
)
def test_a_code_must_be_one(new_study: NewStudy, take: Any, code: dict[str, Any], said: str):
    (problem,) = refused(take, new_study(), {"codes": [MINE | code]})
    assert said in problem


@pytest.mark.parametrize("depth", [101, 900])
def test_what_cannot_be_kept_is_told_with_its_record(new_study: NewStudy, tmp_path: Path, depth: int):
    memos = f'''[
        {{"id": "deep", "text": "x", "more": {"[" * depth}{"]" * depth}}},
        {{"id": "long", "text": "x", "more": {"9" * 20}}},
        {{"id": "{"i" * 1_000}", "text": "x"}}
    ]'''
    path = tmp_path / "records.json"
    path.write_text(f'{{"fieldkit": 1, "records": {{"memos": {memos}}}}}')
    with pytest.raises(FileRefused) as error:
        import_archive(new_study(), path)
    deep, long, name = error.value.problems
    assert deep == "records.memos[0] is nested more than 100 deep"
    assert long.startswith("memos long: more: the")
    assert name.startswith(f"memos {'i' * 97}...: id")
    assert all(len(problem) < 300 for problem in error.value.problems)


def test_a_code_of_the_studys_own_joins_the_codebook(new_study: NewStudy, take: Any, records: Any):
    study = new_study()
    records["codes"] = [MINE | {"parent": "council"}]
    records["codings"][0]["code"] = "mine"
    take(study, records)
    assert [code.id for code in study.codebook.path("mine")][-2:] == ["council", "mine"]


def test_all_faults_are_listed_at_once(new_study: NewStudy, take: Any, records: Any):
    records["respondents"][0]["place"] = "mars"
    records["codings"][0]["code"] = "nosuch"
    records["dreams"] = []
    records["responses"].append(records["responses"][0] | {"id": "another"})
    problems = "\n".join(refused(take, new_study(), records))
    for said in ("mars", "nosuch", "no table 'dreams'", "the same answer"):
        assert said in problems


def test_values_must_be_possible(new_study: NewStudy, take: Any, records: Any):
    study = new_study()
    guide = study.protocol.guides["cic"]
    scale = next(item for item in guide.items() if item.type == "scale" and guide.repeat_of(item.id) is None)
    records["responses"].append({"interview": "i1", "item": scale.id, "value": 77})
    problems = refused(take, study, records)
    assert len(problems) == 1
    assert scale.id in problems[0]
    records["responses"][-1]["value"] = scale.scale[0].value
    assert take(study, records).added


def test_somebody_must_answer_for_what_is_written(new_study: NewStudy, take: Any, records: Any):
    study = new_study("anonymous", author=None)
    study.author = None
    with pytest.raises(AuthorNeeded):
        take(study, records)
    assert study.store.tables() == []


def test_the_documented_example_is_taken_in(new_study: NewStudy, tmp_path: Path):
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
    path = tmp_path / "example.json"
    path.write_text(page.split("```json\n")[1].split("```")[0], encoding="utf-8")
    study = new_study()
    assert import_archive(study, path).added
    assert study.row("codings", "c1")["quote"] == "Elle"


def test_the_documented_columns_of_a_roster_are_known():
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| ")][1:]
    named = [
        name for line in lines for cell in line.split("|")[1:3] for name in cell.replace(";", ",").split(",")
    ]
    assert len(named) > 30
    for name in named:
        assert field_of(name.strip().strip("`")), name


def test_codings_of_a_document_follow_its_text(new_study: NewStudy, take: Any):
    study = new_study()
    text = "Un\r\nde\u0301but"
    coding = {"id": "c", "document": "d", "code": "council", "coder": "AB", "start": 4, "end": 10}
    take(study, {"documents": [{"id": "d", "name": "Report", "text": text}], "codings": [coding]})
    body = study.row("codings", "c")
    assert (body["quote"], body["start"], body["end"]) == ("début", 3, 8)


@pytest.mark.parametrize(("document", "end", "told"), [("x", 1, "document"), ("d", 9, "beyond the text")])
def test_a_passage_that_no_document_has_is_refused(
    new_study: NewStudy, take: Any, document: str, end: int, told: str
):
    coding = {"id": "c", "document": document, "code": "council", "start": 0, "end": end}
    with pytest.raises(FileRefused, match=told):
        take(new_study(), {"documents": [{"id": "d", "name": "R", "text": "Un"}], "codings": [coding]})
