"""An interview being held keeps every word, and knows what is asked of whom."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from fieldkit.records.responses import Paragraph, Response, ResponseKey
from fieldkit.storage import files
from fieldkit.storage.errors import NotDurable
from fieldkit.storage.writes import Put
from fieldkit.study.closing import closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.interviews import plan_interview
from fieldkit.study.pace import priority_minutes_left
from fieldkit.study.roster import RosterEntry, add_respondent, find_respondent
from fieldkit.study.study import Study, put
from tests.study.conftest import held

ROLE = ResponseKey("role")
UNIT = ResponseKey("unit")


def step_state(conduct: Conduct, key: ResponseKey) -> tuple[bool, str]:
    step = conduct.step(key)
    return step.relevant, step.state


def test_words_become_one_revision_when_the_item_is_left(study: Study) -> None:
    conduct = held(study)
    conduct.move_to(ROLE)
    for text in ("Elle", "Elle suit le dossier", "Elle suit le dossier [depuis 1998]\nau SCBF"):
        conduct.note(ROLE, text)
    assert conduct.saved == "unsaved"
    revision = conduct.move_to(UNIT)
    assert conduct.saved == "saved"
    assert study.store is not None
    history = list(study.store.history(table="responses"))
    assert [entry.id for entry in history] == [revision]
    assert history[0].record == f"{conduct.interview.id}:role"
    assert history[0].body is not None
    assert [p["text"] for p in history[0].body["paragraphs"]] == [
        "Elle suit le dossier [depuis 1998]",
        "au SCBF",
    ]


def test_leaving_an_item_unchanged_writes_nothing(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "once")
    conduct.leave(ROLE)
    conduct.note(ROLE, "once")
    assert conduct.leave(ROLE) is None
    assert conduct.saved == "saved"


def test_a_crash_loses_nothing_that_was_drafted(folder: Path) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.move_to(ROLE)
        conduct.note(ROLE, "kept in the journal")
        conduct.move_to(ResponseKey("missed"))
        conduct.note(ResponseKey("missed"), "in the draft only: œuvre")
        conduct.autosave()
        interview = conduct.interview.id
    with Study.open(folder) as study:
        again = Conduct(study, interview)
        assert again.current == ResponseKey("missed")
        assert again.recovered == [ResponseKey("missed")]
        assert again.answer(ResponseKey("missed")).text == "in the draft only: œuvre"
        again.start()
        assert again.saved == "saved"
        body = study.row("responses", f"{interview}:missed")
        assert body is not None
        assert body["paragraphs"][0]["text"] == "in the draft only: œuvre"
        assert [sitting.ended_at is None for sitting in again.interview.sittings] == [False, True]


def test_a_draft_never_comes_back_over_what_was_kept_after_it(folder: Path) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.note(ROLE, "first")
        conduct.autosave()
        conduct.note(ROLE, "second")
        conduct.leave(ROLE)
        conduct.autosave()
        interview = conduct.interview.id
    with Study.open(folder) as study:
        again = Conduct(study, interview)
        assert again.recovered == []
        assert again.answer(ROLE).text == "second"


def test_a_failed_write_keeps_the_words_and_says_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    conduct = held(study)
    conduct.note(ROLE, "do not lose me")

    def full(*_: object, **__: object) -> None:
        raise NotDurable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(study.store, "commit", full)
        assert conduct.leave(ROLE) is None
        assert (conduct.saved, conduct.failure) == ("failed", "the disk is full")
        assert conduct.set_value(UNIT, "bsk") is None
        with pytest.raises(NotDurable):
            conduct.complete()
    assert conduct.interview.state == "in progress"
    assert conduct.answer(ROLE).text == "do not lose me"
    assert conduct.save_all()
    assert conduct.saved == "saved"
    assert study.row("responses", UNIT.response_id(conduct.interview.id)) is not None
    assert study.row("responses", ROLE.response_id(conduct.interview.id)) is not None


def test_conditions_follow_the_answers_and_keep_what_they_hide(study: Study) -> None:
    conduct = held(study)
    shares = ResponseKey("time_shares")
    assert step_state(conduct, shares) == (False, "open")
    conduct.set_value(UNIT, "geneva")
    assert step_state(conduct, shares) == (True, "open")
    conduct.set_value(shares, {"membership": {"low": 30, "high": 30, "estimate": False}})
    conduct.set_value(UNIT, "programmes")
    assert step_state(conduct, shares) == (False, "answered")
    conduct.set_value(UNIT, "geneva")
    assert conduct.answer(shares).value == {"membership": {"low": 30, "high": 30, "estimate": False}}


def test_a_disposition_takes_the_value_back_and_a_value_the_disposition(study: Study) -> None:
    conduct = held(study)
    conduct.note(UNIT, "hesitated")
    conduct.set_value(UNIT, "bsk")
    conduct.set_disposition(UNIT, "refused")
    assert (conduct.answer(UNIT).value, conduct.answer(UNIT).text) == (None, "hesitated")
    conduct.set_value(UNIT, "geneva")
    assert conduct.answer(UNIT).outcome == "answered"


def test_a_value_put_aside_comes_back_in_a_later_sitting(study: Study) -> None:
    conduct = held(study)
    conduct.set_value(UNIT, "bsk")
    conduct.set_disposition(UNIT, "refused")
    conduct.complete()
    body = study.row("responses", UNIT.response_id(conduct.interview.id)) or {}
    assert (body["disposition"], body.get("value"), body["aside"]) == ("refused", None, "bsk")
    again = Conduct(study, conduct.interview.id)
    again.set_disposition(UNIT, None)
    assert again.answer(UNIT).value == "bsk"
    body = study.row("responses", UNIT.response_id(conduct.interview.id)) or {}
    assert (body["value"], body.get("aside")) == ("bsk", None)


def test_taking_everything_back_leaves_the_item_open_and_the_trail_whole(study: Study) -> None:
    conduct = held(study)
    conduct.set_value(UNIT, "bsk")
    conduct.set_value(UNIT, None)
    assert conduct.step(UNIT).state == "open"
    record = UNIT.response_id(conduct.interview.id)
    assert study.row("responses", record) is None
    assert study.store is not None
    assert [entry.deleted for entry in study.store.history(table="responses", record=record)] == [False, True]


def test_completing_says_what_became_of_every_item(study: Study) -> None:
    conduct = held(study)
    conduct.set_value(UNIT, "bsk")
    conduct.note(ROLE, "Manages the file.")
    gaps = closing(conduct)
    assert all(step.item.priority for step in gaps.priority)
    assert gaps.no_consent == ("CIC-01",)
    conduct.complete("time")
    outcomes = {step.key: step.state for step in conduct.steps() if step.asks}
    assert "open" not in outcomes.values()
    assert outcomes[UNIT] == outcomes[ROLE] == "answered"
    for step in conduct.steps():
        if step.asks and step.key not in (UNIT, ROLE):
            assert step.state == ("not asked" if step.relevant else "skipped by condition")
    assert conduct.interview.state == "complete"
    assert not closing(conduct).priority
    assert not closing(conduct).rest
    assert priority_minutes_left(conduct) == 0


def test_the_guide_is_kept_with_the_first_interview_held_with_it(study: Study) -> None:
    conduct = held(study)
    conduct.pause()
    assert study.store is not None
    kept = study.rows("guides")
    assert list(kept) == [conduct.guide.content_hash]
    (study.folder / "interview_guides" / "cic.yaml").write_text("broken: [", encoding="utf-8")
    study.reload_protocol()
    again = Conduct(study, conduct.interview.id)
    assert again.guide.to_dict() == conduct.guide.to_dict()
    again.start()
    assert len(list(study.store.history(table="guides"))) == 1


def test_consent_is_each_persons_and_silence_is_none(study: Study) -> None:
    second = add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    first = find_respondent(study, "CIC-01")
    conduct = Conduct(study, plan_interview(study, [first.id, second.id]).id)
    conduct.start()
    conduct.set_consent(first.id, given=True)
    conduct.set_consent(first.id, quote=False)
    consents = conduct.consents()
    assert (consents[first.id].given, consents[first.id].quote) == (True, False)
    assert consents[second.id].given is None
    assert closing(conduct).no_consent == ("CIC-02",)


def test_the_clock_stands_still_in_a_pause(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = Clocks(monkeypatch, "2005-03-01T14:00:00+00:00")
    conduct = held(study)
    clocks.pass_by(600)
    conduct.pause()
    assert conduct.elapsed_s() == 600
    clocks.pass_by(18 * 3600)
    conduct.start()
    clocks.pass_by(300)
    assert conduct.elapsed_s() == 900
    assert conduct.interview.started_at == "2005-03-01T14:00:00.000Z"


@pytest.mark.parametrize("years", [-20, -1, 1, 20])
def test_a_wall_clock_that_jumps_changes_no_duration_and_no_order(
    study: Study, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    clocks = Clocks(monkeypatch, "2005-03-01T14:00:00+00:00")
    conduct = held(study)
    conduct.note(ROLE, "before")
    conduct.leave(ROLE)
    clocks.pass_by(600)
    clocks.set_by(timedelta(days=365 * years))
    assert conduct.elapsed_s() == 600
    conduct.note(ROLE, "after")
    conduct.leave(ROLE)
    clocks.pass_by(60)
    conduct.pause()
    assert conduct.elapsed_s() == 660
    assert study.row("responses", conduct.record_id(ROLE))["paragraphs"][0]["text"] == "after"
    again = Conduct(study, conduct.interview.id)
    assert again.elapsed_s() == 660
    again.start()
    clocks.pass_by(60)
    clocks.set_by(timedelta(days=-365 * years))
    again.complete()
    assert again.elapsed_s() == 720
    assert study.row("responses", conduct.record_id(ROLE))["paragraphs"][0]["text"] == "after"


def test_a_sitting_that_a_wrong_clock_left_open_for_years_counts_as_a_day_at_most(study: Study) -> None:
    conduct = held(study)
    body = dict(study.row("interviews", conduct.interview.id) or {})
    body["sittings"] = [{"started_at": "1985-01-01T00:00:00.000Z", "ended_at": "2005-01-01T00:00:00.000Z"}]
    study.save([Put("interviews", conduct.interview.id, body)])
    assert Conduct(study, conduct.interview.id).elapsed_s() == 86_400


class Clocks:
    """The wall clock and what has passed, both in a test's hands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
        self.wall = datetime.fromisoformat(start)
        self.passed = 1_000.0
        clocks = self

        class Wall(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return clocks.wall

        monkeypatch.setattr("fieldkit.study.clock.datetime", Wall)
        monkeypatch.setattr("fieldkit.study.clock.time.monotonic", lambda: clocks.passed)

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.passed += seconds

    def set_by(self, change: timedelta) -> None:
        self.wall += change


def test_an_open_repeat_takes_as_many_as_it_may(study: Study) -> None:
    conduct = held(study)
    with pytest.raises(StudyError, match="not a repeat"):
        conduct.add_instance("role")
    conduct.set_value(UNIT, "programmes")
    conduct.set_value(ResponseKey("overlap_areas"), ["movements", "labour_migration"])
    second = conduct.add_instance("overlap")
    assert second == ResponseKey("overlap_case", "2")
    assert [step.key.instance for step in conduct.steps() if step.key.item == "overlap_case"] == ["1", "2"]
    with pytest.raises(StudyError, match="takes no more"):
        conduct.add_instance("overlap")
    with pytest.raises(StudyError, match="takes no more"):
        conduct.add_instance("objectives")


def test_an_answer_that_the_journal_refused_counts_as_unsaved_until_it_is_kept(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    conduct = held(study)

    def full(*_: object, **__: object) -> None:
        raise NotDurable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(study.store, "commit", full)
        conduct.set_value(UNIT, "bsk")
        conduct.autosave()
        assert conduct.saved == "failed"
    conduct.note(ROLE, "later words")
    conduct.leave(ROLE)
    assert conduct.saved == "saved"
    body = study.row("responses", UNIT.response_id(conduct.interview.id))
    assert body is not None
    assert body["value"] == "bsk"


def test_a_failed_sync_is_got_over_with_the_next_write(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    conduct = held(study)
    conduct.note(ROLE, "first")
    conduct.autosave()
    conduct.note(ROLE, "second")

    def fail(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(files, "sync_data", fail)
        assert conduct.leave(ROLE) is None
        assert conduct.saved == "failed"
        assert not conduct.save_all()
    assert conduct.save_all()
    assert conduct.saved == "saved"
    conduct.note(UNIT, "drafted again")
    conduct.autosave()
    assert conduct.saved == "drafted"
    assert study.store is not None
    assert study.store.verify().ok
    body = study.row("responses", ROLE.response_id(conduct.interview.id))
    assert body is not None
    assert body["paragraphs"][0]["text"] == "second"


def test_a_crash_while_the_draft_is_dropped_brings_no_older_words_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.note(ROLE, "first")
        conduct.autosave()
        conduct.note(ROLE, "first and second")
        # The process ends between the two: the journal has the words, the draft is not dropped.
        monkeypatch.setattr("fieldkit.study.draft.InterviewDraft.drop", lambda *_: None)
        conduct.leave(ROLE)
        interview = conduct.interview.id
    monkeypatch.undo()
    with Study.open(folder) as study:
        again = Conduct(study, interview)
        assert again.answer(ROLE).text == "first and second"
        assert again.recovered == []


def test_closing_keeps_words_typed_after_the_interview_was_completed(study: Study) -> None:
    conduct = held(study)
    conduct.complete()
    conduct.note(ROLE, "cleaned up in the evening")
    conduct.close()
    assert conduct.interview.state == "complete"
    body = study.row("responses", ROLE.response_id(conduct.interview.id))
    assert body is not None
    assert body["paragraphs"][0]["text"] == "cleaned up in the evening"


def test_words_taken_back_leave_the_item_open_also_after_opening_again(study: Study) -> None:
    conduct = held(study)
    conduct.note(ROLE, "typed under the wrong item")
    conduct.pause()
    conduct.leave(ROLE)
    again = Conduct(study, conduct.interview.id)
    assert again.step(ROLE).state == "answered"
    again.note(ROLE, "")
    again.leave(ROLE)
    assert again.step(ROLE).state == "open"
    assert study.row("responses", ROLE.response_id(conduct.interview.id)) is None


def test_an_item_skipped_on_completing_is_open_again_once_it_applies(study: Study) -> None:
    conduct = held(study)
    shares = ResponseKey("time_shares")
    conduct.set_value(UNIT, "programmes")
    conduct.complete()
    assert step_state(conduct, shares) == (False, "skipped by condition")
    conduct.start()
    conduct.set_value(UNIT, "geneva")
    assert step_state(conduct, shares) == (True, "open")
    conduct.complete("time")
    assert step_state(conduct, shares) == (True, "not asked")


def test_what_was_noted_of_a_skipped_item_is_an_answer(study: Study) -> None:
    conduct = held(study)
    conduct.set_value(UNIT, "programmes")
    conduct.complete()
    shares = ResponseKey("time_shares")
    conduct.note(shares, "said all the same")
    conduct.leave(shares)
    body = study.row("responses", shares.response_id(conduct.interview.id))
    assert body is not None
    assert body["disposition"] == "answered"


def test_an_answer_recorded_as_somebodys_is_shown_with_the_others(study: Study) -> None:
    conduct = held(study)
    person = find_respondent(study, "CIC-01").id
    hers = ResponseKey("role", None, person)
    study.save(
        [
            put(
                "responses",
                Response(
                    id="from-a-file",
                    interview=conduct.interview.id,
                    item="role",
                    respondent=person,
                    paragraphs=[Paragraph(text="Hers.")],
                ),
            )
        ]
    )
    again = Conduct(study, conduct.interview.id)
    assert [(step.key, step.state) for step in again.steps() if step.key.item == "role"] == [
        (hers, "answered")
    ]
