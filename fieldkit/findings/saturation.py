"""Saturation: whether the last interviews still brought anything new.

After Guest, Namey and Chen, "A simple method to assess and report thematic saturation in qualitative
research", PLoS ONE 15(5), 2020, e0232076. The codes of the first interviews are the base. Then, for each run
of interviews, what it brings that none before it brought is divided by the base; saturation is reached at
the first run whose share is at or under the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.say import t

BASE = 4
RUN = 2
THRESHOLD = Fraction(5, 100)
"""What the authors use: a base of four interviews, runs of two, no more than 5 % new."""

SHOWN_FROM = 6
"""Of fewer interviews nothing is said: a base and one run are not there, or rest on single people."""


@dataclass(frozen=True)
class Run:
    """A run of interviews after the base.

    Attributes:
        first: number of its first interview, from 1.
        last: number of its last.
        new: codes that no interview before the run brought.
        share: of the base; None where the base has no code.
    """

    first: int
    last: int
    new: int
    share: Fraction | None


@dataclass(frozen=True)
class Saturation:
    """How new codes came in over a series of interviews.

    Attributes:
        question: id of the evaluation question or part; None for all.
        group: id of the respondent group; None for all.
        interviews: their ids, in the order they were held.
        new: how many new codes each brought.
        base: how many codes the base has; None where too few were held.
        runs: the runs after the base.
        reached: number of the interview after which nothing more than the threshold came, the base's and
            the run's size being counted in; None where it is not reached.
    """

    question: str | None
    group: str | None
    interviews: tuple[str, ...]
    new: tuple[int, ...]
    base: int | None
    runs: tuple[Run, ...]
    reached: int | None

    @property
    def curve(self) -> tuple[int, ...]:
        """How many codes there were after each interview."""
        total = 0
        return tuple(total := total + each for each in self.new)

    @property
    def shown(self) -> bool:
        """Whether enough interviews were held to say anything."""
        return len(self.interviews) >= SHOWN_FROM

    def to_json(self) -> dict[str, Any]:
        """The series as JSON data; of too few interviews only how many there are."""
        told: dict[str, Any] = {
            "question": self.question,
            "group": self.group,
            "interviews": len(self.interviews),
        }
        if not self.shown:
            return told
        runs = [
            {
                "first": run.first,
                "last": run.last,
                "new": run.new,
                "share": None if run.share is None else float(run.share),
            }
            for run in self.runs
        ]
        rest = {"new": list(self.new), "curve": list(self.curve), "base": self.base, "runs": runs}
        return told | rest | {"reached": self.reached}


@dataclass(frozen=True)
class Brought:
    """What each interview brought, gathered once for any number of series.

    Attributes:
        answers: interview id to the sets of evaluation questions on which something was answered, each with
            ids of the responses.
        coded: interview id to those on which something was coded, each with ids of the responses.
        codes: the same, with the codes.
    """

    answers: Mapping[str, Mapping[frozenset[str], set[str]]]
    coded: Mapping[str, Mapping[frozenset[str], set[str]]]
    codes: Mapping[str, Mapping[frozenset[str], set[str]]]


def on_any(
    found: Mapping[str, Mapping[frozenset[str], set[str]]],
    interviews: Iterable[str],
    wanted: frozenset[str] | None,
) -> set[str]:
    """What some interviews brought on any of some evaluation questions.

    Args:
        found: one of the attributes of `Brought`.
        interviews: their ids.
        wanted: ids of evaluation questions without parts, and parts; None stands for all.
    """
    return {
        each
        for interview in interviews
        for leaves, brought_on in found.get(interview, {}).items()
        if wanted is None or leaves & wanted
        for each in brought_on
    }


def brought(evidence: Evidence) -> Brought:
    """Gather what each interview brought.

    Args:
        evidence: the study's evidence.
    """
    answers: dict[str, dict[frozenset[str], set[str]]] = {}
    for heard in evidence.heard.values():
        if heard.answered:
            here = answers.setdefault(heard.interview.id, {})
            here.setdefault(heard.leaves, set()).add(heard.response.id)
    coded: dict[str, dict[frozenset[str], set[str]]] = {}
    codes: dict[str, dict[frozenset[str], set[str]]] = {}
    for passage in evidence.passages:
        interview = passage.heard.interview.id
        coded.setdefault(interview, {}).setdefault(passage.leaves, set()).add(passage.heard.response.id)
        codes.setdefault(interview, {}).setdefault(passage.leaves, set()).add(passage.coding.code)
    return Brought(answers, coded, codes)


def saturation(
    evidence: Evidence,
    *,
    question: str | None = None,
    group: str | None = None,
    base: int = BASE,
    run: int = RUN,
    threshold: Fraction = THRESHOLD,
    known: Brought | None = None,
) -> Saturation:
    """Follow the codes of interviews in the order they were held.

    Args:
        evidence: the study's evidence.
        question: keep to codings tied to this evaluation question or part, and to interviews in which it
            was answered or coded; None takes all.
        group: keep to interviews with anybody of this respondent group; None takes all.
        base: interviews of the base, from 1.
        run: interviews of a run, from 1.
        threshold: the share of the base that new codes of a run may be.
        known: what each interview brought, where it was gathered before.

    Returns:
        The series.

    Raises:
        FindingsError: there is no such evaluation question or group, or a size is under 1.
    """
    if base < 1 or run < 1 or threshold < 0:
        raise FindingsError(
            t("base and run are numbers of interviews from 1, and the threshold is no less than 0")
        )
    groups = [each.id for each in evidence.framework.respondent_groups]
    if group is not None and group not in groups:
        raise FindingsError(
            t("no respondent group {group}: there are {groups}").format(
                group=repr(group), groups=", ".join(groups)
            )
        )
    if question is not None and not evidence.framework.has_question(question):
        there = ", ".join(each.id for each in evidence.framework.evaluation_questions)
        told = t("no evaluation question {question}: there are {known}")
        raise FindingsError(told.format(question=repr(question), known=there))
    held = _series(evidence, known or brought(evidence), question, group)
    return Saturation(
        question, group, tuple(held), *rule([held[each] for each in held], base, run, threshold)
    )


def rule(
    series: Sequence[frozenset[str]], base: int, run: int, threshold: Fraction
) -> tuple[tuple[int, ...], int | None, tuple[Run, ...], int | None]:
    """The published rule on a series of sets of codes, one of each interview.

    Args:
        series: the codes of each interview, in order.
        base: interviews of the base.
        run: interviews of a run; runs overlap, each beginning one interview after the one before.
        threshold: the share of the base that new codes of a run may be.

    Returns:
        New codes of each interview; codes of the base, or None; the runs; where it is reached, or None.
    """
    known: set[str] = set()
    new = []
    for codes in series:
        new.append(len(codes - known))
        known |= codes
    if len(series) < base:
        return tuple(new), None, (), None
    first = sum(new[:base])
    runs = tuple(
        Run(at + 1, at + run, came := sum(new[at : at + run]), Fraction(came, first) if first else None)
        for at in range(base, len(series) - run + 1)
    )
    reached = next((each.last for each in runs if each.share is not None and each.share <= threshold), None)
    return tuple(new), first, runs, reached


def _series(
    evidence: Evidence, known: Brought, question: str | None, group: str | None
) -> dict[str, frozenset[str]]:
    """Interview id to its codes, in the order the interviews were held."""
    wanted = None if question is None else evidence.leaves([question])
    of_group = {person.id for person in evidence.respondents if group in (None, person.group)}

    def on_it(leaves: frozenset[str]) -> bool:
        return wanted is None or bool(leaves & wanted)

    codes = {
        interview: frozenset().union(*(codes for leaves, codes in found.items() if on_it(leaves)))
        for interview, found in known.codes.items()
        if any(map(on_it, found))
    }
    spoke = {interview for interview, found in known.answers.items() if any(map(on_it, found))}
    held = [
        interview
        for interview in evidence.held.values()
        if of_group.intersection(interview.respondents) and (interview.id in spoke or interview.id in codes)
    ]
    held.sort(key=lambda each: (each.started_at is None, each.started_at or each.planned_at or "", each.id))
    return {interview.id: codes.get(interview.id, frozenset()) for interview in held}
