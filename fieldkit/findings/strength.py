"""How strong the evidence for a finding is, by the framework's rules, and why.

The rules are the study's own data; what they mean stands in the field's practice: methods are counted, not
groups, shares are of those answering and compared as integers, and an interested party alone, or hearsay,
never makes more than limited evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.standpoints import Source, Standpoints, Statement, standpoints
from fieldkit.findings.strength_words import reason_text
from fieldkit.protocol.framework import StrengthRule
from fieldkit.protocol.texts import Text

Parameters = Mapping[str, Fraction]


@dataclass(frozen=True)
class Reason:
    """One reason, to be read in any language.

    Attributes:
        key: its key in `strength_words.REASONS`.
        values: what its blanks are filled with; names of sources are texts.
    """

    key: str
    values: Mapping[str, object]

    def text(self, language: str) -> str:
        """The reason in words."""
        return reason_text(language, self.key, **{n: _said(v, language) for n, v in self.values.items()})


@dataclass(frozen=True)
class Strength:
    """What the rules come to.

    Attributes:
        rule: id of the framework's rule that fits; None where none does.
        reasons: why.
    """

    rule: str | None
    reasons: tuple[Reason, ...]

    def explain(self, language: str) -> list[str]:
        """The reasons, one line each."""
        return [reason.text(language) for reason in self.reasons]


def strength_of(evidence: Evidence, statement: Statement) -> Strength:
    """The strength of the evidence for a statement.

    Args:
        evidence: the study's evidence.
        statement: the statement; one that takes no side rests on its passages alone.

    Returns:
        The first rule of the framework, in its order, that fits, and the reasons.
    """
    found = judge(standpoints(evidence, statement), evidence.framework.strength_rules)
    if statement.holds is not None:
        return found
    return Strength(found.rule, (*found.reasons, Reason("no side", {})))


def judge(points: Standpoints, rules: Iterable[StrengthRule]) -> Strength:
    """Try rules in their order.

    Args:
        points: what all sources say.
        rules: the framework's rules.
    """
    rules = list(rules)
    given = {rule.id: rule.parameters for rule in rules}
    case = _Case(points, given)
    what_is_said = tuple(_said_by(source) for source in (*points.groups, *points.methods))
    own = [rule.id for rule in rules if rule.id not in _TESTS]
    unknown = (Reason("unknown rules", {"names": ", ".join(own)}),) if own else ()
    for rule in rules:
        reasons = _TESTS[rule.id](case) if rule.id in _TESTS else None
        if reasons is not None:
            return Strength(rule.id, (*reasons, *what_is_said, *unknown))
    return Strength(None, (Reason("no rule", {}), *what_is_said, *unknown))


@dataclass(frozen=True)
class _Case:
    """What all sources say, with the parameters of the rules, beside which no rule is read alone."""

    points: Standpoints
    given: Mapping[str, Parameters]

    def parameter(self, rule: str, name: str) -> Fraction:
        """A parameter of a rule; where the framework leaves it out, the common one."""
        return self.given.get(rule, {}).get(name, Fraction(_USUAL[rule][name]))

    @property
    def agreeing(self) -> list[Source]:
        """Groups and other methods that agree at least in part."""
        every = (*self.points.groups, *self.points.methods)
        return [source for source in every if source.verdict in ("agrees", "partly") and source.agree]

    @property
    def opposed(self) -> list[Source]:
        """Groups and other methods that contradict."""
        return [s for s in (*self.points.groups, *self.points.methods) if s.verdict == "contradicts"]

    @property
    def sides(self) -> int:
        """How many sides are taken: 2 where one source is for it and another against it."""
        every = (*self.points.groups, *self.points.methods)
        return len({source.side for source in every} - {0})

    def methods(self, *verdicts: str) -> list[Source]:
        """Methods with one of these verdicts."""
        return [m for m in self.points.all_methods if m.verdict in verdicts and m.agree]

    def groups_at(self, share: Fraction) -> list[Source]:
        """Groups in which this share of those answering hold it."""
        return [group for group in self.points.groups if group.reaches(share)]

    @property
    def insufficient(self) -> list[Reason] | None:
        """Why there is too little to say anything, or None."""
        persons = self.points.interviews.answering
        under = self.parameter("insufficient", "persons_under")
        documents = sum(method.answering for method in self.points.methods)
        if persons >= under or documents > self.parameter("insufficient", "documents"):
            return None
        return [Reason("insufficient", {"under": under, "n": persons})]

    @property
    def contradictory(self) -> list[Reason] | None:
        """Why both sides are to be reported, or None."""
        if self.insufficient is not None:
            return None
        if self.opposed and not self.agreeing:
            return [Reason("only against", {"against": _names(self.opposed)})]
        if self.sides < self.parameter("contradictory", "opposed"):
            return None
        every = (*self.points.groups, *self.points.methods)
        agree = [source for source in every if source.side > 0]
        against = [source for source in every if source.side < 0]
        return [Reason("opposed", {"agree": _names(agree), "against": _names(against)})]

    @property
    def capped(self) -> list[Reason] | None:
        """Why it is never above limited, or None."""
        reasons = []
        holding = self.agreeing
        if holding and all(source.interested for source in holding):
            reasons.append(Reason("interested alone", {"names": _names(holding)}))
        persons = self.points.interviews
        holding_it = persons.agree + sum(method.agree for method in self.points.methods)
        if 2 * persons.second_hand > holding_it:
            reasons.append(Reason("second-hand", {"k": persons.second_hand, "n": holding_it}))
        return reasons or None

    @property
    def set_aside(self) -> bool:
        """Whether it is insufficient, contradictory or capped, so that no stronger rule fits."""
        return any(each is not None for each in (self.insufficient, self.contradictory, self.capped))


def _strong(case: _Case) -> list[Reason] | None:
    methods = case.methods("agrees")
    others = [method for method in case.points.methods if method in methods]
    share = case.parameter("strong", "share")
    groups = case.groups_at(share)
    enough = (
        len(methods) >= case.parameter("strong", "methods")
        and len(others) >= case.parameter("strong", "other_than_interviews")
        and len(groups) >= case.parameter("strong", "groups")
    )
    if not enough or case.opposed or case.set_aside:
        return None
    return [
        Reason("methods agree", {"names": _names(methods)}),
        Reason("groups at", {"share": share, "names": _names(groups)}),
    ]


def _moderate(case: _Case) -> list[Reason] | None:
    if case.set_aside:
        return None
    methods = case.methods("agrees", "partly")
    if len(methods) >= case.parameter("moderate", "methods"):
        return [Reason("methods in part", {"names": _names(methods)})]
    share = case.parameter("moderate", "share")
    groups = case.groups_at(share)
    silent = all(method.verdict == "silent" for method in case.points.methods)
    if not silent or len(groups) < case.parameter("moderate", "groups"):
        return None
    return [Reason("documents silent", {}), Reason("groups at", {"share": share, "names": _names(groups)})]


def _limited(case: _Case) -> list[Reason] | None:
    if case.insufficient is not None or case.contradictory is not None:
        return None
    if case.capped is not None:
        return case.capped
    share = case.parameter("moderate", "share")
    groups = case.groups_at(share)
    reached = (
        Reason("groups at", {"share": share, "names": _names(groups)})
        if groups
        else Reason("no group at", {"share": share})
    )
    return [Reason("one source", {"names": _names(case.agreeing)}), reached] if case.agreeing else [reached]


_TESTS: Final[dict[str, Callable[[_Case], list[Reason] | None]]] = {
    "strong": _strong,
    "moderate": _moderate,
    "limited": _limited,
    "contradictory": lambda case: case.contradictory,
    "insufficient": lambda case: case.insufficient,
}
"""Id of a rule to what finds reasons that it fits, or None. At most one beside `moderate` does."""

_USUAL: Final[dict[str, dict[str, str]]] = {
    "strong": {"methods": "2", "other_than_interviews": "1", "share": "3/4", "groups": "2"},
    "moderate": {"methods": "2", "share": "1/2", "groups": "2"},
    "contradictory": {"opposed": "2"},
    "insufficient": {"persons_under": "3", "documents": "0"},
}


@dataclass(frozen=True)
class _Names:
    """Names of sources, to be read in any language."""

    names: tuple[Text, ...]


def _names(sources: Iterable[Source]) -> _Names:
    return _Names(tuple(source.name for source in sources))


def _said(value: object, language: str) -> object:
    if isinstance(value, _Names):
        return ", ".join(name.get(language) for name in value.names)
    return value.get(language) if isinstance(value, Text) else value


def _said_by(source: Source) -> Reason:
    if source.verdict == "silent":
        return Reason("silent", {"name": source.name})
    values = {"name": source.name, "agree": source.agree, "n": source.answering}
    if source.against:
        return Reason("source against", {**values, "against": source.against})
    return Reason("source", values)
