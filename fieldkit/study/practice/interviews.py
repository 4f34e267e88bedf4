"""Made-up interviews: each held with its guide, step by step, as a real one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import MultipleItem, SingleItem
from fieldkit.records.interviews import Consent, Interview, consent_id
from fieldkit.records.responses import Response, ResponseKey
from fieldkit.study.answers import Answer
from fieldkit.study.practice.bank import Bank, Line, Passage
from fieldkit.study.practice.draw import Draw
from fieldkit.study.practice.people import Instead, Person
from fieldkit.study.practice.values import made_up_value
from fieldkit.study.steps import StepView, interview_steps

_STATEMENT_S: Final = 150
"""Seconds that the statement and the consents take."""

_PROBE_IS_USED: Final = 0.35


@dataclass(frozen=True)
class Stretch:
    """A stretch of a response's text that a code belongs to.

    Attributes:
        response: id of the response.
        start: first code point.
        end: the code point after its last.
        quote: the words.
        code: id of the code.
        questions: evaluation questions that it speaks to.
    """

    response: str
    start: int
    end: int
    quote: str
    code: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """One made-up interview and all that came of it.

    Attributes:
        person: who was interviewed.
        respondent: her record's id.
        interview: the interview.
        consent: what she agreed to.
        responses: the responses, in the guide's order.
        stretches: what there is to code.
        said: the passages of the bank that were used.
        unknown: evaluation question to what was noted where she said that she did not know.
    """

    person: Person
    respondent: str
    interview: Interview
    consent: Consent
    responses: tuple[Response, ...]
    stretches: tuple[Stretch, ...]
    said: tuple[Passage, ...]
    unknown: Mapping[str, str]


def hold_interview(person: Person, respondent: str, guide: Guide, bank: Bank) -> Held:
    """Hold one interview.

    Args:
        person: the official.
        respondent: id of her record.
        guide: the guide for her group.
        bank: passages not used yet; those used are taken out.

    Returns:
        The interview: complete, or paused where she had to go.
    """
    return _Sitting(person, respondent, guide, bank).hold()


class _Sitting:
    """One interview while it is held."""

    def __init__(self, person: Person, respondent: str, guide: Guide, bank: Bank) -> None:
        self._person = person
        self._respondent = respondent
        self._guide = guide
        self._bank = bank
        self._id = Draw(person.code, "interview").record_id()
        self._draw = Draw(person.code, "answers")
        self._clock = float(_STATEMENT_S)
        self._covered = {later: item for item, items in person.covers.items() for later in items}
        self._responses: list[Response] = []
        self._stretches: list[Stretch] = []
        self._said: list[Passage] = []
        self._unknown: dict[str, str] = {}

    def hold(self) -> Held:
        """Ask everything, to the end or to where it was broken off."""
        resume_at = None
        for step in self._steps():
            if step.item.id == self._person.stops_before:
                resume_at = step.key
                break
            if step.asks:
                self._ask(step)
        return Held(
            person=self._person,
            respondent=self._respondent,
            interview=self._interview(resume_at),
            consent=self._consent(),
            responses=tuple(self._responses),
            stretches=tuple(self._stretches),
            said=tuple(self._said),
            unknown=self._unknown,
        )

    def _steps(self) -> list[StepView]:
        # All conditions of the guides look at what the person brings along, so it settles the whole way.
        answers = {ResponseKey(item): Answer(value=value) for item, value in self._person.values.items()}
        for further in self._person.further:
            item, _, instance = further.partition(":")
            answers[ResponseKey(item, "1")] = answers[ResponseKey(item, instance)] = Answer()
        return interview_steps(self._guide, answers, {self._respondent: ""}, self._person.language)

    def _ask(self, step: StepView) -> None:
        item, instance = step.key.item, step.key.instance
        instead = self._person.instead.get(f"{item}:{instance}" if instance else item)
        if not step.relevant:
            self._note(step, Answer(disposition="skipped by condition"))
        elif instead is not None:
            self._set_aside(step, instead)
        elif item in self._covered:
            self._note(step, Answer(disposition="already covered", reason=self._covered[item]))
        else:
            self._answer(step)

    def _set_aside(self, step: StepView, instead: Instead) -> None:
        answer = Answer(disposition=instead.disposition, reason=instead.reason)
        questions = tuple(step.item.evaluation_questions)
        self._note(step, answer, [(line, questions) for line in instead.lines])
        if instead.disposition == "don't know" and instead.lines:
            self._unknown.update(dict.fromkeys(questions, instead.lines[0].text))

    def _answer(self, step: StepView) -> None:
        item = step.item
        own = self._person.notes.get(item.id)
        passages = [] if own else self._passages(step)
        lines = [(line, tuple(item.evaluation_questions)) for line in own or ()]
        lines += [(line, passage.questions) for passage in passages for line in passage.lines]
        value = self._person.values.get(item.id)
        if value is None and isinstance(item, SingleItem | MultipleItem):
            value = next((passage.value for passage in passages if passage.value is not None), None)
        if value is None:
            position = passages[0].position if passages else "mixed"
            attended = self._person.values.get("bodies_attended")
            value = made_up_value(item, position, attended, self._draw)
        probes = [probe.id for probe in item.probes if lines and self._draw.chance(_PROBE_IS_USED)]
        also = list(self._person.covers.get(item.id, ()))
        self._said.extend(passages)
        self._note(step, Answer(value=value, probes=probes, also_answers=also), lines)

    def _passages(self, step: StepView) -> list[Passage]:
        """What is said to an item: something on each evaluation question that it serves."""
        person = self._person
        found: list[Passage] = []
        items = [step.item, *(self._guide.item(each) for each in person.covers.get(step.item.id, ()))]
        for item in items:
            for question in item.evaluation_questions:
                if any(question in passage.questions for passage in found):
                    continue
                passage = self._bank.take(person.language, question, person.group, item.id, step.key.instance)
                found.extend([passage] if passage else [])
        return found

    def _note(
        self, step: StepView, answer: Answer, lines: Sequence[tuple[Line, tuple[str, ...]]] = ()
    ) -> None:
        """Keep an answer with its notes, and note where in them the codes belong."""
        record = step.key.response_id(self._id)
        if lines or answer.value is not None:
            pace = self._draw.between(80, 115) / 100
            seconds = step.item.minutes * 60 * pace
            answer.paragraphs = [
                {
                    "text": line.text,
                    "kind": line.kind,
                    "offset_s": round(self._clock + seconds * place / len(lines), 1),
                }
                for place, (line, _) in enumerate(lines)
            ]
            self._clock += seconds
        start = 0
        for line, questions in lines:
            end = start + len(line.text)
            self._stretches.extend(
                Stretch(record, start, end, line.text, code, questions) for code in line.codes
            )
            start = end + 1
        response = answer.response(self._id, step.key, self._person.language)
        if response is not None:
            self._responses.append(response)

    def _interview(self, resume_at: ResponseKey | None) -> Interview:
        person = self._person
        ended = _later(person.at, self._clock)
        return Interview.of(
            {
                "id": self._id,
                "guide": self._guide.id,
                "guide_version": self._guide.version,
                "guide_hash": self._guide.content_hash,
                "respondents": [self._respondent],
                "interviewer": person.interviewer,
                "state": "paused" if resume_at else "complete",
                "mode": person.mode,
                "language": person.language,
                "planned_at": person.at,
                "started_at": person.at,
                "ended_at": None if resume_at else ended,
                "sittings": [{"started_at": person.at, "ended_at": ended}],
                "resume_at": resume_at,
            }
        )

    def _consent(self) -> Consent:
        return Consent(
            id=consent_id(self._id, self._respondent),
            interview=self._id,
            respondent=self._respondent,
            given=True,
            quote=self._person.quote,
            recording=self._person.recording,
            at=self._person.at,
            mode="spoken",
        )


def _later(at: str, seconds: float) -> str:
    moment = datetime.fromisoformat(at) + timedelta(seconds=round(seconds))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
