"""The steps of an interview: what can be asked, in order, and how far each has got."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.records.responses import ResponseKey
from fieldkit.records.vocabulary import COVERED, SKIPPED
from fieldkit.study.marks import Numbered

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide, Section
    from fieldkit.protocol.items import Item
    from fieldkit.protocol.routing import Step
    from fieldkit.protocol.texts import Text
    from fieldkit.records.respondents import Respondent
    from fieldkit.study.answers import Answer


@dataclass(frozen=True)
class StepView:
    """One thing to ask, as an outline shows it.

    Attributes:
        key: which answer of the interview it is.
        item: the item.
        section: the section it stands in.
        number: the item's number in the guide, counted from 1; the same in every interview.
        relevant: whether its condition holds now.
        instance_text: what the instance of a repeat is, in the interview's language, or None.
        state: `open`, or the disposition in force.
        value_missing: whether words were noted, but not the value that decides what else is asked.
        person: code of the one whose answer it is, where several are present; or None.
        covered_under: number of the item that it is said to be covered under, or None.
        also_answers: numbers of the other items that what was noted here answers too.
    """

    key: ResponseKey
    item: Item
    section: Section
    number: int
    relevant: bool
    instance_text: str | None
    state: str
    value_missing: bool = False
    person: str | None = None
    covered_under: int | None = None
    also_answers: tuple[int, ...] = ()

    @property
    def done(self) -> bool:
        """Whether something was noted or decided, and nothing waits for more."""
        return self.state != "open" and not self.value_missing

    @property
    def asks(self) -> bool:
        """Whether it asks anything: a note is only read aloud."""
        return self.item.type != "note"

    def fill(self, text: Text, language: str) -> str:
        """A text of the item (its own, a hint, a probe) in a language, with the instance put in."""
        return text.get(language).replace("{instance}", self.instance_text or "")


class StepsOf:
    """The steps of one interview, made anew only when an answer has changed so that they may differ.

    They are looked at many times for each key, and working them out takes longer than drawing it.
    """

    def __init__(
        self, guide: Guide, answers: Mapping[ResponseKey, Answer], people: Mapping[str, str]
    ) -> None:
        """Make ready.

        Args:
            guide: the guide it is held with.
            answers: what is known so far, live.
            people: id to code of the respondents present.
        """
        from fieldkit.protocol.routing import dependencies

        self._guide = guide
        self._answers = answers
        self._people = people
        self._deciding = {name for names in dependencies(guide).values() for name in names}
        self._made_of: object = None
        self._steps: list[StepView] = []

    def read_in(self, language: str) -> list[StepView]:
        """All steps, the texts of instances in a language; see `interview_steps`."""
        made_of = (
            language,
            [
                (
                    key,
                    answer.outcome,
                    answer.reason,
                    repr(answer.value),
                    answer.covers,
                    answer.text if key.item in self._deciding else "",
                )
                for key, answer in self._answers.items()
            ],
        )
        if made_of != self._made_of:
            self._steps = interview_steps(self._guide, self._answers, self._people, language)
            self._made_of = made_of
        return self._steps


def interview_steps(
    guide: Guide,
    answers: Mapping[ResponseKey, Answer],
    people: Mapping[str, str],
    language: str,
) -> list[StepView]:
    """All steps of an interview, relevant or not, in the guide's order, repeats expanded.

    Args:
        guide: the guide it is held with.
        answers: what is known so far.
        people: id to code of the respondents present; an item that each answers for herself has a step
            for each of several. An answer that a file or script recorded as somebody's has its step too.
        language: language of the instances' texts.

    Returns:
        The steps.
    """
    from fieldkit.protocol.routing import dependencies, relevance

    numbers = {item.id: number for number, item in enumerate(numbered_items(guide), start=1)}
    noted = _noted(answers)
    deciding = {name for names in dependencies(guide).values() for name in names}
    views = []
    for step in relevance(guide, routing_answers(answers)).steps:
        if step.item.type == "repeat":
            continue
        wanted: Sequence[str | None] = [None]
        if step.item.per == "person" and len(people) > 1:
            wanted = list(people)
        for person in _persons(wanted, noted.get((step.item.id, step.instance_id), [])):
            key = ResponseKey(step.item.id, step.instance_id, person)
            answer = answers.get(key)
            views.append(
                StepView(
                    key=key,
                    item=step.item,
                    section=step.section,
                    number=numbers[step.item.id],
                    relevant=step.relevant,
                    instance_text=_instance_text(step, language),
                    state=_state(answer, step.relevant),
                    value_missing=_value_missing(step, answer, deciding),
                    person=people.get(person) if person is not None and len(people) > 1 else None,
                    covered_under=_covered_under(answer, numbers),
                    also_answers=tuple(numbers[item] for item in answer.covers if item in numbers)
                    if answer
                    else (),
                )
            )
    return views


def _noted(answers: Mapping[ResponseKey, Answer]) -> dict[tuple[str, str | None], list[str | None]]:
    """Item and instance to the persons something is noted under; None where it is nobody's own."""
    found: dict[tuple[str, str | None], list[str | None]] = {}
    for key, answer in answers.items():
        if answer.outcome is not None:
            found.setdefault((key.item, key.instance), []).append(key.respondent)
    return found


def _persons(wanted: Sequence[str | None], noted: Sequence[str | None]) -> list[str | None]:
    """Whose answers an item has: those wanted, and whoever's there is all the same."""
    others = [person for person in noted if person not in wanted]
    # One person's answer is the answer where only one is wanted.
    kept = [person for person in wanted if person is not None or person in noted or not others]
    return [*kept, *others]


def _state(answer: Answer | None, relevant: bool) -> str:
    outcome = answer.outcome if answer else None
    # A later answer can make an item apply that had been skipped: it is to be asked then.
    return "open" if outcome is None or (outcome == SKIPPED and relevant) else outcome


def _covered_under(answer: Answer | None, numbers: Mapping[str, int]) -> int | None:
    covered = answer is not None and answer.disposition == COVERED
    return numbers.get(answer.reason or "") if covered and answer is not None else None


def _value_missing(step: Step, answer: Answer | None, deciding: Collection[str]) -> bool:
    """Whether an item whose value decides others was answered in words only."""
    if (
        answer is None
        or not step.relevant
        or step.item.id not in deciding
        or step.item.type in ("text", "note")
    ):
        return False
    return answer.outcome == "answered" and answer.value is None


def numbered_for(step: StepView, steps: Iterable[StepView], people: Sequence[Respondent]) -> Numbered:
    """What the numbers in marks stand for where an item's notes are typed.

    Args:
        step: the item.
        steps: all steps of the interview.
        people: who is present, in the order in which they are numbered.
    """
    return Numbered(
        probes={number: probe.id for number, probe in enumerate(step.item.probes, start=1)},
        items={each.number: each.key.item for each in steps if each.asks and each.key.item != step.key.item},
        speakers={number: person.id for number, person in enumerate(people, start=1)}
        if len(people) > 1
        else {},
    )


def numbered_items(guide: Guide) -> list[Item]:
    """The items that have a number: all but the repeats that hold others."""
    return [item for item in guide.items() if item.type != "repeat"]


def routing_answers(answers: Mapping[ResponseKey, Answer]) -> dict[tuple[str, str | None], Any]:
    """The values that conditions look at: an answer given by several persons counts as the first's.

    An answer without a value is there as None, so that the instance of a repeat it belongs to exists.
    """
    values: dict[tuple[str, str | None], Any] = {}
    for key, answer in answers.items():
        given = answer.value if answer.value is not None else answer.text.strip() or None
        place = (key.item, key.instance)
        if values.get(place) is None:
            values[place] = given if answer.outcome == "answered" else None
    return values


def _instance_text(step: Step, language: str) -> str | None:
    if step.instance_text is None or isinstance(step.instance_text, str):
        return step.instance_text
    return step.instance_text.get(language)
