"""The record of an interview shows what was said and nothing else, and her corrections come back into it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from fieldkit.exchange.interview_record import import_interview_record, write_interview_record
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.writes import Put
from fieldkit.study.coding import code_passage, codings_of, find_response
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.history import undo, versions
from fieldkit.study.interviews import interview_for
from fieldkit.study.memos import write_memo
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

PARAGRAPHS = [
    {"text": "Le Conseil écoute.", "kind": "verbatim", "offset_s": 4.0},
    {"text": "Elle hésite.", "kind": "note"},
    {"text": "Les documents arrivent tard \x1b[31m.", "kind": "paraphrase", "offset_s": 9.0},
    {"text": "C’est tout.", "kind": "paraphrase"},
]


@pytest.fixture
def held(new_study: Callable[..., Study]) -> tuple[Study, str]:
    """A French interview with words, notes, a value, a probe, an outcome, a code, a memo and contacts."""
    study = new_study()
    entry = RosterEntry(
        "CIC-01", {"group": "CIC", "language": "fr"}, {}, {"name": "Zoë Secret", "phone": "613"}
    )
    add_roster(study, [entry])
    conduct = Conduct(study, interview_for(study, find_respondent(study, "CIC-01").id).id)
    conduct.start()
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(ResponseKey("common_position"), "x")
    conduct.leave(ResponseKey("common_position"))
    interview = conduct.interview.id
    record = f"{interview}:common_position"
    body = study.row("responses", record) or {}
    study.save([Put("responses", record, {**body, "paragraphs": PARAGRAPHS})])
    record_response(study, interview, "zero_growth", disposition="refused", reason="secret reason")
    write_memo(study, "secret memo", table="interviews", record=interview)
    code_passage(study, record, ["council"], start=3, end=10, memo="secret remark")
    return study, record


def edit(path: Path, change: dict[str, list[str]], into: Path) -> Path:
    """The record with some of its paragraphs in other words, taken out (none) or followed by others."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for words, instead in change.items():
            if paragraph.text == words:
                for line in instead[1:][::-1]:
                    new = paragraph.insert_paragraph_before(line)
                    paragraph._p.addnext(new._p)
                if instead:
                    paragraph.text = instead[0]
                else:
                    paragraph._p.getparent().remove(paragraph._p)
    document.save(str(into))
    return into


def test_the_record_shows_items_and_answers_and_nothing_of_the_evaluators(
    held: tuple[Study, str], tmp_path: Path
) -> None:
    study, record = held
    interview = record.partition(":")[0]
    assert write_interview_record(study, tmp_path / "a.docx", "CIC-01") == 1
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert texts[0] == "Compte rendu de l’entrevue"
    at = next(place for place, text in enumerate(texts) if "[common_position " in text)
    assert texts[at + 1 :] == ["Le Conseil écoute.", "Les documents arrivent tard ␛[31m.", "C’est tout."]
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for hidden in ("hésite", "secret", "Zoë", "613", "council", "python-docx", "refused", interview):
        assert hidden not in everything
    assert "PROTECTED B" in everything or "PROTÉGÉ B" in everything


def test_nothing_changed_takes_in_nothing(held: tuple[Study, str], tmp_path: Path) -> None:
    study, _ = held
    write_interview_record(study, tmp_path / "a.docx", "CIC-01")
    outcome = import_interview_record(study, tmp_path / "a.docx", "CIC-01", means="by e-mail")
    assert (outcome.added, outcome.known) == (0, 1)


def test_her_corrections_are_an_amendment_and_codings_follow(held: tuple[Study, str], tmp_path: Path) -> None:
    study, record = held
    before = (study.store.head("responses", record) if study.store else None) or ""
    write_interview_record(study, tmp_path / "a.docx", "CIC-01")
    back = edit(
        tmp_path / "a.docx",
        {
            "Le Conseil écoute.": ["Oui, le Conseil écoute toujours."],
            "Les documents arrivent tard ␛[31m.": [
                "Les documents arrivent tard ␛[31m.",
                "Une ligne de plus.",
            ],
            "C’est tout.": [],
        },
        tmp_path / "b.docx",
    )
    outcome = import_interview_record(study, back, "CIC-01", means="by e-mail", received_on="2005-03-01")
    assert outcome.records == {"responses": 1}
    response = find_response(study, record)
    assert [(each.text, each.kind, each.offset_s) for each in response.paragraphs] == [
        ("Oui, le Conseil écoute toujours.", "paraphrase", 4.0),
        ("Elle hésite.", "note", None),
        ("Les documents arrivent tard \x1b[31m.", "paraphrase", 9.0),
        ("Une ligne de plus.", "paraphrase", None),
    ]
    (amendment,) = study.record("interviews", response.interview).amendments
    assert (amendment.means, amendment.received_on, amendment.by) == ("by e-mail", "2005-03-01", "MT")
    assert amendment.answers == {record: before}
    (coding,) = codings_of(study, record)
    assert response.text[coding.start : coding.end] == "Conseil"
    assert "Le Conseil écoute." in str(versions(study, "responses", record)[1].body)
    undo(study)
    assert find_response(study, record).paragraphs[0].text == "Le Conseil écoute."
    assert study.record("interviews", response.interview).amendments == []


def test_an_answer_changed_here_meanwhile_or_another_file_is_refused(
    held: tuple[Study, str], tmp_path: Path
) -> None:
    study, record = held
    write_interview_record(study, tmp_path / "a.docx", "CIC-01")
    back = edit(tmp_path / "a.docx", {"C’est tout.": ["Rien."]}, tmp_path / "b.docx")
    record_response(study, "CIC-01", "common_position", notes="Autre chose.")
    with pytest.raises(StudyError, match="changed here since this record was written: common_position"):
        import_interview_record(study, back, "CIC-01", means="by e-mail")
    other = docx.Document()
    other.add_paragraph("Nothing of it.")
    other.save(str(tmp_path / "c.docx"))
    with pytest.raises(StudyError, match="no record of interview"):
        import_interview_record(study, tmp_path / "c.docx", "CIC-01", means="by e-mail")
    assert find_response(study, record).text == "Autre chose."


def test_an_answer_whose_heading_she_took_out_stays(held: tuple[Study, str], tmp_path: Path) -> None:
    study, record = held
    record_response(study, "CIC-01", "role", notes="Suit le dossier.")
    write_interview_record(study, tmp_path / "a.docx", "CIC-01")
    document = docx.Document(str(tmp_path / "a.docx"))
    for paragraph in document.paragraphs:
        if "[common_position " in paragraph.text or paragraph.text in ("Le Conseil écoute.", "C’est tout."):
            paragraph._p.getparent().remove(paragraph._p)
        if "documents arrivent" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
        if paragraph.text == "Suit le dossier.":
            paragraph.text = "Dirige le dossier."
    document.save(str(tmp_path / "b.docx"))
    import_interview_record(study, tmp_path / "b.docx", "CIC-01", means="by post")
    assert len(find_response(study, record).paragraphs) == 4
    assert find_response(study, f"{record.partition(':')[0]}:role").text == "Dirige le dossier."
