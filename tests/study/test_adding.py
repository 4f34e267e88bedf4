"""An item added in one interview is asked, recorded, coded, tabulated and exported like any other."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.errors import FileRefused
from fieldkit.findings.tabulate import tabulate
from fieldkit.protocol.guide import Guide
from fieldkit.records.responses import ResponseKey
from fieldkit.study.adding import add_item
from fieldkit.study.coding import coding_texts, proposed_questions
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study
from tests.study.conftest import held

ASKED = "Who pays for the Manila office?"


def added(study: Study) -> tuple[Conduct, ResponseKey]:
    """CIC-01's interview with an item of its own, and an answer to it."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    key = add_item(conduct, f"  {ASKED}\n", ["1.5"])
    conduct.note(key, "The members do.")
    conduct.leave(key)
    return conduct, key


def test_it_is_the_last_thing_asked_and_is_there_again(study: Study) -> None:
    conduct, key = added(study)
    for each in (conduct, Conduct(study, conduct.interview.id)):
        last = each.steps()[-1]
        assert (last.key, last.state) == (key, "answered")
        assert last.item.text.get("en") == ASKED
        assert last.section.title.get("fr") == "Ajouts"
    second = add_item(conduct, "And in Geneva?", [])
    assert [step.key for step in conduct.steps()[-2:]] == [key, second]


def test_the_guide_that_the_interview_keeps_is_the_one_of_the_file(study: Study) -> None:
    conduct, _ = added(study)
    in_file = study.protocol.guides["cic"]
    assert conduct.interview.guide_hash == in_file.content_hash == conduct.guide.content_hash
    (stored,) = study.rows("guides").values()
    assert Guide.from_dict(stored["content"]).content_hash == stored["id"]
    assert not in_file.has_item("added_1")
    other = held(study, "IOM-01")
    assert not other.guide.has_item("added_1")


def test_what_cannot_be_asked_is_refused(study: Study) -> None:
    conduct = held(study)
    with pytest.raises(StudyError, match="needs words"):
        add_item(conduct, " \n", ["1.5"])
    with pytest.raises(StudyError, match=r"no evaluation question '9.9'"):
        add_item(conduct, ASKED, ["9.9"])
    assert conduct.interview.added_items == []


def test_it_is_recorded_coded_and_counted(study: Study) -> None:
    conduct, key = added(study)
    record_response(study, "CIC-01", "added_1", notes="The members, in part.")
    (text,) = coding_texts(study)
    assert (text.item_text, text.questions) == (ASKED, ("1.5",))
    assert proposed_questions(study, text.response) == ["1.5"]
    _, items = tabulate(evidence(study), "dispositions", question="1.5")
    row = f"{conduct.interview.id}:{key.item}"
    assert items.cells[row, "answered"].responses == (text.response.id,)


def test_it_leaves_and_comes_in_again(study: Study, tmp_path: Path) -> None:
    conduct, _ = added(study)
    write_csv(study, tmp_path / "a.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [row["item_text"] for row in rows] == [ASKED]
    write_archive(study, tmp_path / "a.json", with_contacts=True)
    with Study.open(create_study(tmp_path / "other", author="MT")) as other:
        import_archive(other, tmp_path / "a.json")
        again = Conduct(other, conduct.interview.id)
        assert again.steps()[-1].state == "answered"


def test_an_archive_whose_added_item_serves_nothing_known_is_refused(study: Study, tmp_path: Path) -> None:
    conduct, _ = added(study)
    target = tmp_path / "plain.json"
    interview = {
        "id": "i9",
        "guide": "cic",
        "respondents": conduct.interview.respondents,
        "state": "complete",
        "added_items": [{"id": "added_1", "text": "x", "evaluation_questions": ["9.9"]}],
    }
    for wrong, told in ((["9.9"], "no evaluation question"), (["x"], "added_items")):
        interview["added_items"][0]["evaluation_questions"] = wrong
        target.write_text(json.dumps({"fieldkit": 1, "records": {"interviews": [interview]}}))
        with pytest.raises(FileRefused) as refused:
            import_archive(study, target)
        assert told in str(refused.value)
