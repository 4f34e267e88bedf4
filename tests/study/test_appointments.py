"""Appointments: what is planned, and the status that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from fieldkit.study.appointments import appointments, arrange, parse_when, plan, set_status
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from tests.app.evaluator import study_in

NOON = datetime(2026, 3, 10, 12, 0)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def person(study: Study, code: str) -> str:
    return find_respondent(study, code).id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-12", "2026-03-12"),
        ("2026-03-12 10:00", "2026-03-12T10:00"),
        ("2026-03-12T9h30", "2026-03-12T09:30"),
        ("03-12 14h", "2026-03-12T14:00"),
        ("3-9", "2027-03-09"),
        ("3-10", "2026-03-10"),
        (" ", None),
    ],
)
def test_a_day_is_read_with_or_without_year_and_time(typed: str, meant: str | None) -> None:
    assert parse_when(typed, NOON.date()) == meant


@pytest.mark.parametrize("typed", ["2026-13-01", "2026-02-30", "12 March", "03-12 25:00", "3", "02-29"])
def test_what_is_no_day_is_refused_with_the_form_that_is_right(typed: str) -> None:
    with pytest.raises(StudyError, match="write 2026-03-12"):
        parse_when(typed, date(2026, 3, 10))


def test_planning_makes_one_interview_and_planning_again_moves_it(study: Study) -> None:
    first = plan(study, person(study, "CIC-01"), "2026-03-12T10:00", "phone")
    second = plan(study, person(study, "CIC-01"), "2026-03-13")
    assert first.id == second.id
    (body,) = study.rows("interviews").values()
    assert (body["planned_at"], body["mode"], body["state"]) == ("2026-03-13", "phone", "planned")
    assert find_respondent(study, "CIC-01").status == "scheduled"


def test_an_interview_that_goes_on_is_not_planned(study: Study) -> None:
    conduct = Conduct(study, plan(study, person(study, "CIC-01"), "2026-03-12").id)
    conduct.start()
    with pytest.raises(StudyError, match="in progress already"):
        plan(study, person(study, "CIC-01"), "2026-03-13")


def test_the_next_appointments_come_in_order_and_what_has_passed_is_marked(study: Study) -> None:
    plan(study, person(study, "CIC-01"), "2026-03-12T10:00")
    plan(study, person(study, "CIC-02"), "2026-03-10T09:00")
    plan(study, person(study, "DFA-01"), "2026-03-10")
    plan(study, person(study, "IOM-01"), None)
    assert [(each.codes, each.overdue) for each in appointments(study, NOON)] == [
        (("DFA-01",), False),
        (("CIC-02",), True),
        (("CIC-01",), False),
    ]


def test_completing_an_interview_makes_those_who_took_part_interviewed(study: Study) -> None:
    interview = plan(study, person(study, "CIC-01"), "2026-03-12")
    conduct = Conduct(study, interview.id)
    conduct.start()
    conduct.pause()
    assert find_respondent(study, "CIC-01").status == "scheduled"
    conduct.complete()
    assert find_respondent(study, "CIC-01").status == "interviewed"


def test_who_refused_to_take_part_is_not_interviewed(study: Study) -> None:
    conduct = Conduct(study, plan(study, person(study, "CIC-01"), None).id)
    conduct.set_consent(person(study, "CIC-01"), given=False)
    conduct.complete()
    assert find_respondent(study, "CIC-01").status == "identified"


def test_a_status_is_one_of_the_fields_own(study: Study) -> None:
    assert set_status(study, person(study, "CIC-01"), "No-reply").status == "no reply"
    with pytest.raises(StudyError, match="nearest"):
        set_status(study, person(study, "CIC-01"), "inviteed")


def test_what_is_wrong_on_a_line_keeps_all_of_it_from_being_written(study: Study) -> None:
    with pytest.raises(StudyError):
        arrange(study, person(study, "CIC-01"), "2026-03-12", None, "perhaps", NOON)
    assert not study.rows("interviews")
