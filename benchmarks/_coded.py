"""A study with many coded passages, made up: what the reports are measured on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks._held import PER_INTERVIEW
from benchmarks._workload import bodies
from fieldkit.records.codings import Coding
from fieldkit.records.interviews import Consent, Interview, Sitting, consent_id
from fieldkit.records.respondents import Respondent
from fieldkit.storage.writes import Put
from fieldkit.study.create import create_study
from fieldkit.study.study import Study, put

PER_RESPONSE = 5
"""Codings of each response; 50,000 rows come of 10,000 responses."""

BATCH = 5_000


def build(folder: Path, rows: int) -> Path:
    """Make the study, unencrypted so that no time goes into unlocking.

    Args:
        folder: where to make it.
        rows: how many codings there are.
    """
    create_study(folder, author="AB")
    with Study.open(folder) as study:
        study.decide_protection(None)
        _save(study, list(_said(study, rows)))
        _save(study, list(_codings(study)))
    return folder


def _save(study: Study, records: list[Put]) -> None:
    for start in range(0, len(records), BATCH):
        study.save(records[start : start + BATCH])


def _said(study: Study, rows: int) -> Iterator[Put]:
    guide = study.protocol.guides["cic"]
    items = [item.id for item in guide.items() if not guide.repeat_of(item.id)][:PER_INTERVIEW]
    groups = ("CIC", "DFA", "CIDA", "IOM")
    for number, (record, body) in enumerate(bodies(rows // PER_RESPONSE)):
        interview, place = divmod(number, PER_INTERVIEW)
        if place == 0:
            yield from _interview(interview, groups[interview % len(groups)])
        said = {**body, "item": items[place % len(items)], "value": None, "also_answers": []}
        for paragraph in said["paragraphs"]:
            paragraph["respondent"] = None
        yield Put("responses", record, said)


def _codings(study: Study) -> Iterator[Put]:
    source = random.Random(11)
    codes = [code.id for code in study.codebook.codes if code.parent]
    leaves = [leaf.id for leaf in study.framework.leaves]
    store = study.begin_store()
    for number, (record, said) in enumerate(study.rows("responses").items()):
        text = "\n".join(paragraph["text"] for paragraph in said["paragraphs"])
        for n in range(PER_RESPONSE):
            start = source.randrange(len(text) // 2)
            end = min(start + 60 + source.randrange(120), len(text))
            coding = Coding(
                id=f"coding{number * PER_RESPONSE + n:07}",
                response=record,
                revision=store.head("responses", record),
                quote=text[start:end],
                code=source.choice(codes),
                coder=source.choice(("AB", "CD")),
                start=start,
                end=end,
                evaluation_questions=[source.choice(leaves)],
            )
            yield put("codings", coding)


def _interview(number: int, group: str) -> Iterator[Put]:
    person, interview = f"person{number:06}", f"interview{number:06}"
    place = ("headquarters", "geneva")[number % 2]
    yield put("respondents", Respondent(id=person, code=f"{group}-{number + 1:04}", group=group, place=place))
    sitting = Sitting(started_at="2005-03-01T14:00:00.000Z", ended_at="2005-03-01T15:00:00.000Z")
    yield put(
        "interviews",
        Interview(
            id=interview,
            guide="cic",
            guide_version="1",
            respondents=[person],
            state="complete",
            started_at=sitting.started_at,
            ended_at=sitting.ended_at,
            sittings=[sitting],
        ),
    )
    agreed = Consent(
        id=consent_id(interview, person), interview=interview, respondent=person, given=True, quote=True
    )
    yield put("consents", agreed)
