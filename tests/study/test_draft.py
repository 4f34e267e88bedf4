"""What is typed is drafted as it changes, and comes back exactly as it was typed last."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage import Store
from fieldkit.study.conduct import Conduct
from fieldkit.study.draft import InterviewDraft
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held

ROLE = ResponseKey("role")
UNIT = ResponseKey("unit")
PIECES = (
    "Elle dit\u00a0: « réglé »",
    '"\\',
    "\t",
    "\U0001f600",
    "œ",
    "\u0627\u0644",
    " and ",
    "\u2028",
    "x" * 700,
)


def edited(paragraphs: list[dict[str, Any]], drawn: random.Random) -> list[dict[str, Any]]:
    """The paragraphs with one edit somewhere: words put in, taken out, a paragraph split or joined."""
    after = [dict(paragraph) for paragraph in paragraphs]
    at = drawn.randrange(len(after))
    text = after[at]["text"]
    here = drawn.randrange(len(text) + 1)
    what = drawn.randrange(5)
    if what < 3:
        after[at]["text"] = text[:here] + drawn.choice(PIECES) * drawn.choice((1, 1, 1, 90)) + text[here:]
    elif what == 3:
        after[at : at + 1] = [{**after[at], "text": text[:here]}, {"text": text[here:], "offset_s": 12.0}]
    elif len(after) > 1:
        del after[at]
    else:
        after[at]["text"] = text[:here]
    return after


@pytest.mark.parametrize("passphrase", [None, "a passphrase of some words"])
def test_any_run_of_edits_is_read_back_as_it_was_left(tmp_path: Path, passphrase: str | None) -> None:
    drawn = random.Random(1951)
    with Store.create(tmp_path / "store", passphrase=passphrase) as store:
        keys = store.keys
    words: list[dict[str, Any]] = [{"text": "", "kind": "paraphrase"}]
    for _ in range(12):
        with Store.open(tmp_path / "store", keys=keys) as store:
            draft = InterviewDraft(store.drafts, "i1")
            for _ in range(25):
                words = edited(words, drawn)
                draft.keep({ROLE: words}, ROLE)
            assert draft.words() == {ROLE: words}
        with Store.open(tmp_path / "store", keys=keys) as store:
            assert InterviewDraft(store.drafts, "i1").words() == {ROLE: words}


def test_an_hour_of_typing_under_one_item_writes_megabytes_at_most(tmp_path: Path) -> None:
    text = "the members said that papers came late and overhead was hard to tell from project money " * 330
    with Store.create(tmp_path / "store") as store:
        draft = InterviewDraft(store.drafts, "i1")
        before = [{"text": "x" * 200, "kind": "paraphrase"} for _ in range(1_000)]
        for typed in range(0, len(text), 80):
            draft.keep({ROLE: [*before, {"text": text[:typed]}]}, ROLE)
        assert len(draft.words()[ROLE][-1]["text"]) == typed
        written = (store.folder / "drafts" / "i1.draft").stat().st_size
    # Saved once in ten seconds of typing; the whole answer each time would be 80 MB.
    assert written < 4_000_000


def test_what_was_being_typed_as_a_value_comes_back_as_a_note(folder: Path) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.move_to(UNIT)
        conduct.type_value(UNIT, "10-1")
        conduct.type_value(UNIT, "10-15-")
        assert conduct.saved == "unsaved"
        assert conduct.autosave()
        assert (conduct.saved, conduct.answer(UNIT).paragraphs) == ("saved", [])
        interview = conduct.interview.id
    for _ in range(2):
        with Study.open(folder) as study:
            again = Conduct(study, interview)
            assert again.recovered == [UNIT]
            assert again.answer(UNIT).paragraphs == [{"text": "10-15-", "kind": "note"}]
    with Study.open(folder) as study:
        again = Conduct(study, interview)
        assert again.save_all()
        assert study.row("responses", UNIT.response_id(interview))["paragraphs"] == [
            {"text": "10-15-", "kind": "note"}
        ]
    with Study.open(folder) as study:
        assert Conduct(study, interview).recovered == []


def test_a_value_that_is_one_after_all_leaves_no_draft(folder: Path) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.type_value(UNIT, "10-")
        conduct.autosave()
        conduct.type_value(UNIT, None)
        conduct.autosave()
        interview = conduct.interview.id
    with Study.open(folder) as study:
        assert Conduct(study, interview).recovered == []
