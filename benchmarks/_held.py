"""The study that the app is measured on: 12,000 responses, and an interview that is about to be held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks._workload import bodies
from fieldkit.records.interviews import Interview, Sitting
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import ResponseKey
from fieldkit.storage.writes import Put
from fieldkit.study.conduct import Conduct
from fieldkit.study.create import create_study
from fieldkit.study.interviews import plan_interview
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study, put

PER_INTERVIEW = 15
CODE = "CIC-0001"
ITEM = ResponseKey("role")
"""The item whose notes are typed in: an open one, the first that is asked."""


def build(folder: Path, responses: int, notes: str = "") -> Path:
    """Make the study, unencrypted so that no time goes into unlocking.

    Args:
        folder: where to make it.
        responses: how many responses are in it.
        notes: what is noted already in the interview that goes on.
    """
    create_study(folder, author="AB")
    with Study.open(folder) as study:
        study.decide_protection(None)
        records = list(_records(responses))
        for start in range(0, len(records), 5_000):
            study.save(records[start : start + 5_000])
        person = add_respondent(study, RosterEntry(CODE, {"group": "CIC", "language": "en"}))
        conduct = Conduct(study, plan_interview(study, [person.id]).id)
        conduct.set_consent(person.id, given=True)
        conduct.start()
        conduct.move_to(ITEM)
        conduct.note(ITEM, notes)
        conduct.pause()
    return folder


def typed_notes(folder: Path) -> str:
    """The notes of the interview, those in a draft included."""
    with Study.open(folder) as study:
        interviews = study.rows("interviews")
        (interview,) = [each for each, body in interviews.items() if body["state"] != "complete"]
        return Conduct(study, interview).answer(ITEM).text


def _records(responses: int) -> Iterator[Put]:
    for number in range(responses // PER_INTERVIEW):
        person, interview = f"person{number:06}", f"interview{number:06}"
        yield put("respondents", Respondent(id=person, code=f"DFA-{number + 1:04}", group="DFA"))
        sitting = Sitting(started_at="2005-03-01T14:00:00.000Z", ended_at="2005-03-01T15:00:00.000Z")
        held = Interview(
            id=interview,
            guide="dfa",
            guide_version="1",
            respondents=[person],
            state="complete",
            started_at=sitting.started_at,
            ended_at=sitting.ended_at,
            sittings=[sitting],
        )
        yield put("interviews", held)
    for record, body in bodies(responses):
        yield Put("responses", record, body)
