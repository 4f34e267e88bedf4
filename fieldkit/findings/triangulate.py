"""Triangulation: which methods and groups agree, what evidence each indicator has, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fieldkit.findings.code_documents import document_codings, line_of
from fieldkit.findings.coverage import coverage
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.standpoints import Source, Standpoints, Statement, standpoints
from fieldkit.protocol.framework import EvaluationQuestion, Mark
from fieldkit.say import t
from fieldkit.text import visible_line

Lack = Literal["not interviewed", "not answered", "no document"]
"""Why a source that should give evidence gives none."""


@dataclass(frozen=True)
class MatrixCell:
    """What evidence one source gives on one indicator.

    Attributes:
        persons: codes of the persons who answered an item that serves the indicator, sorted.
        documents: ids of documents that speak to its evaluation question, sorted.
        responses: ids of the responses of those persons that serve the indicator, sorted.
    """

    persons: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many persons or documents."""
        return len(self.persons) + len(self.documents)


@dataclass(frozen=True)
class Gap:
    """A source that the matrix wants on an evaluation question, and that says nothing on it.

    Attributes:
        question: id of the evaluation question.
        source: id of the respondent group or line of evidence.
        mark: what the matrix says.
        lack: why there is nothing.
    """

    question: str
    source: str
    mark: Mark
    lack: Lack


def triangulation(evidence: Evidence, statements: Mapping[str, Statement]) -> dict[str, Standpoints]:
    """The grid of statements by method, with the groups as sources inside interviews.

    Args:
        evidence: the study's evidence.
        statements: id of each finding to what it states.

    Returns:
        Id of each finding to what every source says to it.
    """
    return {name: standpoints(evidence, statement) for name, statement in statements.items()}


def evidence_matrix(
    evidence: Evidence, question: str | None = None
) -> dict[tuple[str, str], dict[str, MatrixCell]]:
    """What evidence each source gives on each indicator.

    A person counts where she answered an item that names the indicator, or one that names none and serves
    its evaluation question. A document counts where it, or a coded passage of it, is tied to that question;
    the programme's own profile does not.

    Args:
        evidence: the study's evidence.
        question: keep to an evaluation question, or to its parts.

    Returns:
        (evaluation question id, indicator id) to source id to cell, all in the framework's order; questions
        without indicators have one row under an empty indicator.

    Raises:
        FindingsError: there is no such evaluation question.
    """
    leaves = _leaves(evidence, question)
    rows = [(leaf.id, each) for leaf in leaves for each in [i.id for i in leaf.indicators] or [""]]
    groups = [group.id for group in evidence.framework.respondent_groups]
    persons: dict[tuple[str, str], dict[str, set[str]]] = {row: {} for row in rows}
    said: dict[tuple[str, str], dict[str, set[str]]] = {row: {} for row in rows}
    for heard in evidence.heard.values():
        if not heard.answered:
            continue
        named = set(heard.item.indicators) if heard.item is not None else set()
        for row in persons:
            if row[0] in heard.leaves and (not named or not row[1] or row[1] in named):
                for person in heard.persons:
                    group = evidence.people[person].group
                    persons[row].setdefault(group, set()).add(person)
                    said[row].setdefault(group, set()).add(heard.response.id)
    spoken = _documents(evidence)
    lines = _lines(evidence)
    return {
        row: {
            **{
                group: MatrixCell(
                    evidence.codes_of(persons[row].get(group, ())),
                    responses=tuple(sorted(said[row].get(group, ()))),
                )
                for group in groups
            },
            **{line: MatrixCell(documents=tuple(sorted(spoken.get((row[0], line), ())))) for line in lines},
        }
        for row in rows
    }


def gaps(evidence: Evidence) -> list[Gap]:
    """The sources that the matrix wants on an evaluation question (`asked` or `facts`) and that are silent.

    Args:
        evidence: the study's evidence.

    Returns:
        The gaps, in the framework's order: groups first, then the other lines of evidence.
    """
    framework = evidence.framework
    cells = coverage(evidence)
    spoken = _documents(evidence)
    found = []
    for question in framework.evaluation_questions:
        for group in framework.respondent_groups:
            cell = cells[question.id, group.id]
            if cell.empty:
                lack: Lack = "not answered" if cell.interviewed else "not interviewed"
                found.append(Gap(question.id, group.id, cell.mark, lack))
        for line in _lines(evidence):
            mark = framework.mark(line, question.id)
            leaves = framework.leaf_ids(question.id)
            if mark in ("asked", "facts") and not any(spoken.get((leaf, line)) for leaf in leaves):
                found.append(Gap(question.id, line, mark, "no document"))
    return found


def source_json(source: Source, language: str) -> dict[str, Any]:
    """What a source says as JSON data."""
    return {
        "source": source.id,
        "name": source.name.get(language),
        "verdict": source.verdict,
        "agree": source.agree,
        "against": source.against,
        "between": source.between,
        "answering": source.answering,
    }


def _leaves(evidence: Evidence, question: str | None) -> list[EvaluationQuestion]:
    framework = evidence.framework
    if question is None:
        return framework.leaves
    if not framework.has_question(question):
        known = ", ".join(framework.question_ids)
        raise FindingsError(
            t("no evaluation question {question}: there are {known}").format(
                question=repr(visible_line(question)), known=known
            )
        )
    return [framework.question(leaf) for leaf in framework.leaf_ids(question)]


def _lines(evidence: Evidence) -> list[str]:
    """Lines of evidence other than interviews, those that only documents name last."""
    named = [line.id for line in evidence.framework.lines_of_evidence if line.kind != "interviews"]
    used = {line_of(evidence, document) for document in evidence.documents}
    return [*named, *sorted(used - set(named))]


def _documents(evidence: Evidence) -> dict[tuple[str, str], set[str]]:
    """(Leaf, line of evidence) to ids of the independent documents that speak to it."""
    independent = {each.id: each for each in evidence.documents if each.role != "profile"}
    found: dict[tuple[str, str], set[str]] = {}
    tied = [(each.id, each.evaluation_questions) for each in independent.values()]
    tied += [
        (coding.document, coding.evaluation_questions)
        for coding in document_codings(evidence, None)
        if coding.document in independent
    ]
    for document, questions in tied:
        line = line_of(evidence, independent[document])
        for leaf in evidence.leaves(questions):
            found.setdefault((leaf, line), set()).add(document)
    return found
