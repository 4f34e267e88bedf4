"""Findings: stating them on an evaluation question, with evidence for and against, and reviewing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fieldkit.say import t
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.evidence import evidence
from fieldkit.study.finding_quotes import check_quote, why_not
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.standpoints import Statement
    from fieldkit.findings.strength import Strength
    from fieldkit.findings.table import Heading
    from fieldkit.records.findings import Finding

STATUSES: Final = ("draft", "reviewed", "final")


@dataclass(frozen=True)
class Viewed:
    """A finding beside what its evidence comes to now.

    Attributes:
        finding: the finding.
        computed: its strength by the rules, and why.
        stale: whether what it rests on has changed since it was last looked at.
        not_quotable: id of each quote chosen that may not be quoted any more to why.
    """

    finding: Finding
    computed: Strength
    stale: bool
    not_quotable: dict[str, str]

    @property
    def strength(self) -> str | None:
        """Id of the strength in force: the one it was overruled to, else the computed one."""
        return self.finding.overruled.strength if self.finding.overruled else self.computed.rule


def view_findings(study: Study, question: str | None = None) -> list[Viewed]:
    """The findings, in the order of the evaluation questions.

    Args:
        study: the study.
        question: keep to this evaluation question and its parts.

    Raises:
        UnknownId: there is no such evaluation question.
    """
    framework = study.framework
    order = {each: place for place, each in enumerate(framework.question_ids)}
    if question is not None and question not in order:
        raise UnknownId("evaluation question", question, order)
    wanted = None if question is None else {question, *framework.leaf_ids(question)}
    found: list[Finding] = [
        each for each in study.records("findings") if wanted is None or each.evaluation_question in wanted
    ]
    found.sort(key=lambda each: (order.get(each.evaluation_question, len(order)), each.id))
    if not found:
        return []
    gathered = evidence(study)
    return [_viewed(study, gathered, finding) for finding in found]


def add_finding(study: Study, question: str, statement: str, **fields: Any) -> Finding:
    """State a finding; durable when this returns.

    Args:
        study: the study.
        question: id of the evaluation question or part.
        statement: what is found.
        **fields: `holds`, `supports`, `contradicts`, `quotes`, as a `Finding` has them.

    Raises:
        StudyError: something is unknown, or a quote may not be quoted; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.findings import Finding

    finding = Finding(
        id=new_id(),
        evaluation_question=question,
        statement=_words(statement, t("a finding needs words")),
        author=study.need_author(),
        **fields,
    )
    return _saved(study, finding)


def edit_finding(study: Study, finding_id: str, **fields: Any) -> Finding:
    """Change a finding, or, with no fields, say that it was looked at and stands as it is.

    Args:
        study: the study.
        finding_id: its id.
        **fields: the fields that change.

    Raises:
        StudyError: something is unknown, or a quote may not be quoted; nothing was written.
        StoreError: it could not be made durable.
    """
    finding = find_finding(study, finding_id)
    study.need_author()
    if "statement" in fields:
        fields["statement"] = _words(fields["statement"], t("a finding needs words"))
    return _saved(study, finding.model_copy(update=fields), finding)


def set_status(study: Study, finding_id: str, status: str) -> Finding:
    """Say how far a finding is: draft, reviewed or final. One that is stale is to be looked at first.

    Raises:
        StudyError: there is no such finding or status, or it is stale and would become more than a draft.
        StoreError: it could not be made durable.
    """
    if status not in STATUSES:
        raise UnknownId("status", status, STATUSES)
    finding = find_finding(study, finding_id)
    study.need_author()
    if status != "draft" and _viewed(study, evidence(study), finding).stale:
        told = t(
            "{finding}: what it rests on has changed; look at it, and say with --edit that it still stands"
        )
        raise StudyError(told.format(finding=finding_id))
    changed: Finding = finding.model_copy(update={"status": status})
    study.save([put("findings", changed)])
    return changed


def overrule(study: Study, finding_id: str, strength: str | None, reason: str = "") -> Finding:
    """Put another strength in the place of the one that the rules come to.

    Args:
        study: the study.
        finding_id: id of the finding.
        strength: id of one of the framework's rules; None lets the rules decide again.
        reason: why.

    Raises:
        StudyError: the finding or strength is unknown, or no reason is given.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.findings import Overruling

    finding = find_finding(study, finding_id)
    author = study.need_author()
    overruled = None
    if strength is not None:
        known = [rule.id for rule in study.framework.strength_rules]
        if strength not in known:
            raise UnknownId("strength of evidence", strength, known)
        why = _words(reason, t("overruling the rules needs a reason: give one with --reason"))
        overruled = Overruling(strength=strength, reason=why, author=author, at=now())
    return _saved(study, finding.model_copy(update={"overruled": overruled}), finding)


def add_note(study: Study, finding_id: str, text: str) -> Finding:
    """Add a reviewer's note to a finding; whether it is stale stays as it is.

    Raises:
        StudyError: there is no such finding, or the note has no words.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.findings import ReviewNote

    finding = find_finding(study, finding_id)
    note = ReviewNote(text=_words(text, t("a note needs words")), author=study.need_author(), at=now())
    changed: Finding = finding.model_copy(update={"notes": [*finding.notes, note]})
    study.save([put("findings", changed)])
    return changed


def find_finding(study: Study, finding_id: str) -> Finding:
    """The finding with an id.

    Raises:
        UnknownId: there is none.
    """
    finding: Finding | None = study.record("findings", finding_id)
    if finding is None:
        raise UnknownId("finding", finding_id, study.rows("findings"))
    return finding


def statement_of(finding: Finding) -> Statement:
    """What a finding states, as its strength is computed from it."""
    from fieldkit.findings.standpoints import Statement

    return Statement(
        finding.evaluation_question, finding.holds, tuple(finding.supports), tuple(finding.contradicts)
    )


def stated_rows(findings: Iterable[Finding]) -> list[tuple[Heading, Statement]]:
    """Findings as the table of triangulation has them: id and label of each, and what it states."""
    from fieldkit.findings.table import Heading

    return [
        (Heading(each.id, f"{each.evaluation_question} {each.statement}"), statement_of(each))
        for each in findings
    ]


def _viewed(study: Study, gathered: Evidence, finding: Finding) -> Viewed:
    from fieldkit.findings.resting import resting_digest
    from fieldkit.findings.strength import strength_of

    statement = statement_of(finding)
    now_on = resting_digest(gathered, statement, finding.quotes)
    refused = {}
    for quote in finding.quotes:
        why = t("it is gone") if study.row("codings", quote) is None else why_not(study, quote)
        if why is not None:
            refused[quote] = why
    stale = finding.rests_on is not None and finding.rests_on != now_on
    return Viewed(finding, strength_of(gathered, statement), stale, refused)


def _saved(study: Study, finding: Finding, before: Finding | None = None) -> Finding:
    """Check a finding, note what it rests on and its strength in force, and keep it."""
    from fieldkit.findings.resting import resting_digest
    from fieldkit.findings.strength import strength_of

    _check_question(study, finding)
    _check_passages(study, finding, before)
    gathered, statement = evidence(study), statement_of(finding)
    strength = finding.overruled.strength if finding.overruled else strength_of(gathered, statement).rule
    digest = resting_digest(gathered, statement, finding.quotes)
    kept: Finding = finding.model_copy(update={"strength": strength, "rests_on": digest})
    study.save([put("findings", kept)])
    return kept


def _check_question(study: Study, finding: Finding) -> None:
    framework, question = study.framework, finding.evaluation_question
    if not framework.has_question(question):
        raise UnknownId("evaluation question", question, framework.question_ids)
    parts = framework.leaf_ids(question)
    if finding.holds is not None and parts != [question]:
        told = t("{question} has no proposition of its own: say of {parts} whether it holds")
        raise StudyError(told.format(question=question, parts=", ".join(parts)))


def _check_passages(study: Study, finding: Finding, before: Finding | None) -> None:
    """Refuse passages that there are not, are both for and against, or may not be quoted.

    What the finding named before is not held against a change that leaves it.
    """
    known = study.rows("codings")
    old: set[str] = {*before.supports, *before.contradicts, *before.quotes} if before else set()
    for coding in _new([*finding.supports, *finding.contradicts, *finding.quotes], old):
        if coding not in known:
            raise UnknownId("coding", coding, known)
    both = sorted(set(finding.supports) & set(finding.contradicts))
    if both:
        told = t("{coding} cannot speak for the finding and against it: give it once")
        raise StudyError(told.format(coding=both[0]))
    for coding in _new(finding.quotes, before.quotes if before else ()):
        check_quote(study, coding)


def _new(given: Sequence[str], old: Iterable[str]) -> list[str]:
    known = set(old)
    return [each for each in given if each not in known]


def _words(text: str, otherwise: str) -> str:
    words = normalise(text).text.strip()
    if not words:
        raise StudyError(otherwise)
    return words
