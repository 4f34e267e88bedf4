"""Time is told by section, over pauses, crashes and corrections; the short path is through what matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study import clock
from fieldkit.study.conduct import Conduct
from fieldkit.study.pace import next_on_short_path, open_priority, priority_minutes_left, runs_short
from fieldkit.study.reopening import reopen
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held

ROLE = ResponseKey("role")


class Hands:
    """The hands of a clock that a test moves, in seconds from a day in 2005."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0.0
        from datetime import UTC, datetime, timedelta

        hands = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return datetime(2005, 3, 1, 14, tzinfo=UTC) + timedelta(seconds=hands.at)

        monkeypatch.setattr(clock, "datetime", Moved)
        monkeypatch.setattr(clock.time, "monotonic", lambda: hands.at)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch)


def first_of_sections(conduct: Conduct) -> list[ResponseKey]:
    firsts: dict[str, ResponseKey] = {}
    for step in conduct.steps():
        if step.relevant:
            firsts.setdefault(step.section.id, step.key)
    return list(firsts.values())


def test_each_section_gets_its_time_and_a_pause_gives_none(study: Study, hands: Hands) -> None:
    conduct = held(study)
    one, other = first_of_sections(conduct)[:2]
    conduct.move_to(one)
    hands.at = 100
    conduct.move_to(other)
    hands.at = 130
    conduct.pause()
    hands.at = 5_000
    again = Conduct(study, conduct.interview.id)
    again.start()
    hands.at = 5_010
    again.move_to(one)
    hands.at = 5_015
    again.complete()
    hands.at = 9_000
    reopen(again, "one thing more")
    hands.at = 9_500
    again.start()
    hands.at = 9_502
    sections = [conduct.step(key).section.id for key in (one, other)]
    assert [again.section_s()[section] for section in sections] == [107, 40]
    assert again.elapsed_s() == 147


def test_a_crash_takes_no_time_of_a_section_that_was_drafted(folder: Path, hands: Hands) -> None:
    with Study.open(folder) as study:
        add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}))
        conduct = held(study)
        conduct.move_to(ROLE)
        hands.at = 300
        conduct.note(ROLE, "five minutes on")
        conduct.autosave()
        interview = conduct.interview.id
    hands.at = 4_000
    with Study.open(folder) as study:
        again = Conduct(study, interview)
        again.start()
        hands.at = 4_060
        assert again.section_s() == {again.step(ROLE).section.id: 360}


def test_the_short_path_goes_through_the_open_priority_items_and_ends(study: Study) -> None:
    conduct = held(study)
    expected = [step.key for step in conduct.steps() if step.relevant and step.item.priority]
    met = []
    while (step := next_on_short_path(conduct)) is not None:
        conduct.move_to(step.key)
        conduct.set_disposition(step.key, "refused")
        met.append(step.key)
    assert met == expected
    assert open_priority(conduct) == []


def test_time_runs_short_when_open_priority_items_need_more_than_is_left(study: Study, hands: Hands) -> None:
    conduct = held(study)
    needed = priority_minutes_left(conduct)
    hands.at = (conduct.minutes_planned - needed) * 60
    assert not runs_short(conduct)
    hands.at += 1
    assert runs_short(conduct)
    for step in open_priority(conduct):
        conduct.set_disposition(step.key, "refused")
    assert not runs_short(conduct)
