"""Every state of a record can be seen, and brought back; bringing back is a change like any other."""

from __future__ import annotations

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.writes import Put
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import AuthorNeeded, StudyError
from fieldkit.study.history import restore, undo, versions
from fieldkit.study.study import Study
from tests.study.conftest import held

ROLE = ResponseKey("role")
UNIT = ResponseKey("unit")


def said(study: Study, conduct: Conduct, *texts: str) -> str:
    """Note each text under the first item, one after another; the response's id."""
    for text in texts:
        conduct.note(ROLE, text)
        conduct.leave(ROLE)
    return conduct.record_id(ROLE)


def words(body: dict | None) -> str | None:
    return None if body is None else "\n".join(each["text"] for each in body["paragraphs"])


def test_the_states_come_newest_first_with_who_and_what(study: Study) -> None:
    conduct = held(study)
    record = said(study, conduct, "first", "second")
    study.set_author("ZB")
    conduct.set_disposition(ROLE, "refused")
    found = versions(study, "responses", record)
    assert [words(each.body) for each in found] == ["second", "second", "first"]
    assert [each.stands for each in found] == [True, False, False]
    assert [each.entry.author for each in found] == ["ZB", "MT", "MT"]
    assert [each.entry.action for each in found] == ["changed", "changed", "added"]
    assert ("disposition", "answered", "refused") in found[0].entry.fields
    assert versions(study, "responses", "nothing:here") == []


def test_an_earlier_value_is_brought_back_and_that_can_be_undone(study: Study) -> None:
    conduct = held(study)
    conduct.set_value(UNIT, "bsk")
    conduct.set_value(UNIT, "geneva")
    record = conduct.record_id(UNIT)
    before = versions(study, "responses", record)
    commit = restore(study, before[1].entry.revision)
    assert study.row("responses", record)["value"] == "bsk"
    assert len(versions(study, "responses", record)) == 3
    # What is so already makes no revision.
    assert restore(study, before[1].entry.revision).ids == ()
    undo(study, commit.change)
    assert study.row("responses", record)["value"] == "geneva"
    assert versions(study, "responses", record)[0].entry.action == "undone"


def test_what_was_removed_comes_back_and_goes_again(study: Study) -> None:
    conduct = held(study)
    record = said(study, conduct, "first", "")
    assert study.row("responses", record) is None
    removed, kept = versions(study, "responses", record)
    assert removed.body is None
    commit = restore(study, kept.entry.revision)
    assert words(study.row("responses", record)) == "first"
    undo(study, commit.change)
    assert study.row("responses", record) is None
    restore(study, kept.entry.revision)
    restore(study, removed.entry.revision)
    assert study.row("responses", record) is None
    assert len(versions(study, "responses", record)) == 6


def test_what_is_unknown_or_erased_is_refused_in_a_line(study: Study) -> None:
    conduct = held(study)
    record = said(study, conduct, "first", "second")
    old = versions(study, "responses", record)[1].entry.revision
    with pytest.raises(StudyError, match="there is no revision"):
        restore(study, "f" * 64)
    study.save([Put("purges", "p1", {"id": "p1", "erased": [old]})])
    for _ in range(2):
        with pytest.raises(StudyError, match="erased for good"):
            restore(study, old)
        assert study.store.sweep() in (True, False)
    assert words(study.row("responses", record)) == "second"
    study.author = None
    with pytest.raises(AuthorNeeded):
        restore(study, old)


def test_the_interview_takes_over_what_was_restored(study: Study) -> None:
    conduct = held(study)
    record = said(study, conduct, "first", "second")
    restore(study, versions(study, "responses", record)[1].entry.revision)
    assert conduct.take_up(record) == ROLE
    assert conduct.answer(ROLE).text == "first"
    assert conduct.saved == "saved"
    conduct.note(ROLE, "typed since")
    restore(study, versions(study, "responses", record)[1].entry.revision)
    # Words that are not kept yet stay, and become the newest state.
    assert conduct.take_up(record) is None
    conduct.leave(ROLE)
    assert words(study.row("responses", record)) == "typed since"
    assert conduct.take_up("another:role") is None
    restore(study, versions(study, "responses", record)[1].entry.revision)
    assert Conduct(study, conduct.interview.id).answer(ROLE).text == "second"
