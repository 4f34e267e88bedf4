"""Whose words a passage is said to be in the bytes that leave: its reporting group's, nobody's by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.storage.writes import Put
from fieldkit.study.findings import add_finding, set_status
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study
from tests.exchange.reading import raw, shown
from tests.exchange.test_report_parts import ALL

WORDS = "We look at it twice a year."
REPORT, LETTER = "The report says so.", "The letter says so."


def spoken(study: Study) -> Study:
    """The same verbatim words of three persons of DFA who may be quoted, and of two documents."""
    codes = [f"DFA-0{number}" for number in (1, 2, 3)]
    add_roster(study, [RosterEntry(code, {"group": "DFA"}) for code in codes])
    for code in codes:
        person = find_respondent(study, code).id
        interview = interview_for(study, person)
        item = next(each.id for each in study.guide_for(interview).items() if each.type == "text")
        response = {"id": f"{interview.id}:{item}", "interview": interview.id, "item": item}
        response |= {"disposition": "answered", "language": "en"}
        response["paragraphs"] = [{"text": WORDS, "kind": "verbatim"}]
        consent = {"id": f"{interview.id}@{person}", "interview": interview.id, "respondent": person}
        coding = {"id": code, "response": response["id"], **passage(WORDS)}
        study.save(
            [
                Put("interviews", interview.id, {**interview.body(), "state": "complete"}),
                Put("responses", response["id"], response),
                Put("consents", consent["id"], {**consent, "given": True, "quote": True}),
                Put("codings", code, coding),
            ]
        )
    for name, words in (("Annual report", REPORT), ("Letter of Zoë Secret", LETTER)):
        document = {"id": words[4:10], "name": name, "text": words}
        coding = {"id": f"c-{words[4:10]}", "document": document["id"], **passage(words)}
        study.save([Put("documents", document["id"], document), Put("codings", coding["id"], coding)])
    return study


def passage(words: str) -> dict[str, object]:
    told = {"quote": words, "code": "council", "start": 0, "end": len(words)}
    return {**told, "coder": "MT", "evaluation_questions": ["1.1"]}


@pytest.mark.parametrize("suffix", ALL)
def test_a_passage_that_leaves_tells_the_reporting_group(study: Study, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"report{suffix}"
    ALL[suffix](spoken(study), target, leaving=True)
    texts = shown(target)
    told = [" ".join(texts[n + 1 : n + 3]) for n, text in enumerate(texts) if WORDS in text]
    assert len(told) == 3
    (group,) = [each.name.get("en") for each in study.framework.respondent_groups if each.id == "DFA"]
    for each in told:
        assert "Other departments" in each
        assert "DFA" not in each
        assert group not in each
    if suffix == ".html":
        assert raw(target).count('data-group="Other departments"') == 3
        assert f'data-group="{group}"' not in raw(target)


@pytest.mark.parametrize("suffix", ALL)
def test_a_passage_chosen_for_a_finding_stands_below_it(study: Study, tmp_path: Path, suffix: str) -> None:
    made = add_finding(spoken(study), "1.1", "Members look at the budget.", quotes=["DFA-01"])
    set_status(study, made.id, "final")
    for leaving in (False, True):
        target = tmp_path / f"report-{leaving}{suffix}"
        ALL[suffix](study, target, leaving=leaving)
        texts = shown(target)
        at = next(number for number, text in enumerate(texts) if made.statement in text)
        told = " ".join(texts[at + 1 : at + 12])
        assert WORDS in told
        assert ("DFA-01" in told, "Other departments" in told) == (not leaving, leaving)


@pytest.mark.parametrize("suffix", ALL)
def test_a_document_is_named_where_its_name_is_nobodys(study: Study, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"report{suffix}"
    ALL[suffix](spoken(study), target, leaving=True)
    texts = shown(target)
    for words, name in ((REPORT, "Annual report"), (LETTER, "a document")):
        (at,) = [number for number, text in enumerate(texts) if words in text]
        assert name in " ".join(texts[at + 1 : at + 3])
    assert "Secret" not in raw(target)
