"""What answers another item too is said on both sides, at once, and never over what was noted."""

from __future__ import annotations

from typing import Any

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import NotDurable
from fieldkit.study.conduct import Conduct
from fieldkit.study.history import restore, undo
from fieldkit.study.interviews import plan_interview
from fieldkit.study.links import link, unlink
from fieldkit.study.roster import RosterEntry, add_respondent, find_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held

ROLE, CHANGES, MISSED = ResponseKey("role"), ResponseKey("common_position"), ResponseKey("missed")


def stored(conduct: Conduct, key: ResponseKey) -> dict[str, Any] | None:
    return conduct.study.row("responses", key.response_id(conduct.interview.id))


def commits(conduct: Conduct) -> list[str]:
    assert conduct.study.store is not None
    history = conduct.study.store.history(table="responses")
    return [revision.change for revision in history]


def mark(conduct: Conduct, key: ResponseKey, text: str, *items: str, **more: Any) -> None:
    conduct.type_notes(
        key, [{"text": text, "kind": "paraphrase", "also_answers": list(items), **more}] if text else []
    )


def test_a_link_is_said_on_both_sides_in_one_commit(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "and by the way, nothing was missed")
    assert link(conduct, ROLE, MISSED)
    covering, covered = stored(conduct, ROLE), stored(conduct, MISSED)
    assert covering is not None
    assert covered is not None
    assert covering["also_answers"] == ["missed"]
    assert (covered["disposition"], covered["reason"]) == ("already covered", "role")
    assert len(commits(conduct)) == 2
    assert len(set(commits(conduct))) == 1


def test_what_was_noted_under_an_item_is_never_covered(study: Study) -> None:
    conduct = held(study)
    conduct.note(MISSED, "her own words")
    conduct.leave(MISSED)
    conduct.set_disposition(CHANGES, "refused")
    before = stored(conduct, MISSED), stored(conduct, CHANGES)
    conduct.note(ROLE, "says more")
    assert not link(conduct, ROLE, MISSED)
    assert not link(conduct, ROLE, CHANGES)
    assert (stored(conduct, MISSED), stored(conduct, CHANGES)) == before
    assert stored(conduct, ROLE)["also_answers"] == ["missed", "common_position"]


def test_taking_a_link_back_leaves_no_trace_on_either_side(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "words")
    link(conduct, ROLE, MISSED)
    unlink(conduct, MISSED)
    assert stored(conduct, MISSED) is None
    assert stored(conduct, ROLE)["also_answers"] == []


def test_marks_are_followed_when_the_item_is_left(study: Study) -> None:
    conduct = held(study)
    conduct.move_to(ROLE)
    mark(conduct, ROLE, "all said", "missed")
    assert conduct.move_to(CHANGES) is not None
    assert stored(conduct, MISSED)["reason"] == "role"
    assert len(set(commits(conduct))) == 1
    conduct.move_to(ROLE)
    mark(conduct, ROLE, "all said")
    conduct.move_to(CHANGES)
    assert stored(conduct, MISSED) is None
    assert stored(conduct, ROLE)["also_answers"] == []


def test_a_mark_without_words_covers_nothing(study: Study) -> None:
    conduct = held(study)
    conduct.type_notes(ROLE, [{"text": "", "kind": "paraphrase", "also_answers": ["missed"]}])
    conduct.leave(ROLE)
    assert stored(conduct, ROLE) is None
    assert stored(conduct, MISSED) is None


def test_an_item_opened_again_is_not_covered_again_by_older_words(study: Study) -> None:
    conduct = held(study)
    mark(conduct, ROLE, "all said", "missed")
    conduct.leave(ROLE)
    conduct.set_disposition(MISSED, None)
    mark(conduct, ROLE, "all said, and more", "missed")
    conduct.leave(ROLE)
    assert stored(conduct, MISSED) is None


def test_taking_a_link_back_takes_the_paragraphs_mark_with_it(study: Study) -> None:
    conduct = held(study)
    mark(conduct, ROLE, "all said", "missed", "common_position")
    conduct.leave(ROLE)
    unlink(conduct, MISSED)
    assert stored(conduct, ROLE)["paragraphs"][0]["also_answers"] == ["common_position"]
    assert stored(conduct, ROLE)["also_answers"] == ["common_position"]
    assert stored(conduct, CHANGES)["disposition"] == "already covered"


def test_what_each_answers_for_herself_is_covered_for_who_spoke(study: Study) -> None:
    add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    ann, ben = (find_respondent(study, code).id for code in ("CIC-01", "CIC-02"))
    conduct = Conduct(study, plan_interview(study, [ann, ben]).id)
    conduct.start()
    conduct.type_notes(
        MISSED,
        [
            {"text": "my role is", "kind": "paraphrase", "respondent": ben, "also_answers": ["role"]},
            {"text": "they agree", "kind": "paraphrase"},
        ],
    )
    conduct.leave(MISSED)
    assert stored(conduct, ResponseKey("role", None, ben))["reason"] == "missed"
    assert stored(conduct, ResponseKey("role", None, ann)) is None


def test_a_link_that_is_refused_is_kept_later(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotDurable("no space left on device")

    conduct = held(study)
    mark(conduct, ROLE, "all said", "missed")
    with monkeypatch.context() as broken:
        broken.setattr(study.store, "commit", full)
        conduct.leave(ROLE)
    assert conduct.saved == "failed"
    assert conduct.save_all()
    assert stored(conduct, MISSED)["reason"] == "role"
    assert stored(conduct, ROLE)["also_answers"] == ["missed"]


def test_restoring_an_answer_brings_what_it_covers_in_line_in_the_same_commit(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "as it was first")
    first = conduct.leave(ROLE)
    conduct.note(ROLE, "and this answers another too")
    link(conduct, ROLE, MISSED)
    covering = study.store.heads("responses", ROLE.response_id(conduct.interview.id))[0].id
    commit = restore(study, first)
    assert stored(conduct, MISSED) is None
    assert stored(conduct, ROLE)["also_answers"] == []
    undo(study, commit.change)
    assert (stored(conduct, MISSED)["disposition"], stored(conduct, MISSED)["reason"]) == (
        "already covered",
        "role",
    )
    restore(study, first)
    restore(study, covering)
    assert stored(conduct, MISSED)["reason"] == "role"


def test_restoring_a_covered_answer_takes_the_link_back_on_the_other_side(study: Study) -> None:
    conduct = held(study)
    conduct.set_disposition(MISSED, "refused")
    refused = study.store.heads("responses", MISSED.response_id(conduct.interview.id))[0].id
    conduct.set_disposition(MISSED, None)
    conduct.note(ROLE, "this answers another too")
    link(conduct, ROLE, MISSED)
    restore(study, refused)
    assert stored(conduct, MISSED)["disposition"] == "refused"
    assert stored(conduct, ROLE)["also_answers"] == []


def test_what_was_noted_meanwhile_is_never_covered_by_restoring(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "this answers another too")
    link(conduct, ROLE, MISSED)
    covering = study.store.heads("responses", ROLE.response_id(conduct.interview.id))[0].id
    unlink(conduct, MISSED)
    conduct.note(MISSED, "her own words")
    conduct.leave(MISSED)
    restore(study, covering)
    assert stored(conduct, MISSED)["disposition"] == "answered"
    assert stored(conduct, ROLE)["also_answers"] == ["missed"]
