"""Whether a framework and a codebook are whole in themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.framework import EvaluationQuestion, Framework
from fieldkit.protocol.problems import Problem, did_you_mean
from fieldkit.protocol.quantity import scale_problems
from fieldkit.protocol.references import duplicates
from fieldkit.protocol.source import Place, Source
from fieldkit.say import mark, t

_LISTS = (
    ("respondent_groups", mark("respondent group")),
    ("reporting_groups", mark("reporting group")),
    ("places", mark("place")),
    ("levels", mark("level")),
    ("lines_of_evidence", mark("line of evidence")),
    ("positions", mark("position")),
    ("bases", mark("basis")),
    ("quantity_scales", mark("quantity scale")),
    ("strength_rules", mark("strength rule")),
    ("issues", mark("issue")),
)


def framework_problems(framework: Framework, source: Source) -> list[Problem]:
    """Find ids given twice, names that name nothing, and gaps in the matrix.

    Args:
        framework: a framework of the right form.
        source: its file.

    Returns:
        Errors and warnings, in no order.
    """
    found = [
        *_ids(framework, source),
        *_questions(framework, source),
        *_groups(framework, source),
        *_matrix(framework, source),
        *_logic_model(framework, source),
    ]
    for n, scale in enumerate(framework.quantity_scales):
        for word, message in scale_problems(scale):
            place: Place = ("quantity_scales", n, "words", word)
            found.append(
                source.warning(
                    place, t('quantity scale "{scale}": {message}').format(scale=scale.id, message=message)
                )
            )
    return found


def codebook_problems(codebook: Codebook, source: Source) -> list[Problem]:
    """Find codes given twice, parents that are missing or go in a circle.

    Args:
        codebook: a codebook of the right form.
        source: its file.

    Returns:
        The errors, in no order.
    """
    ids = [code.id for code in codebook.codes]
    found = list(duplicates(ids, [("codes", n) for n in range(len(ids))], mark("code"), source))
    parents = {code.id: code.parent for code in codebook.codes}
    for n, code in enumerate(codebook.codes):
        at = ("codes", n, "parent")
        if code.parent is not None and code.parent not in parents:
            hint = did_you_mean(code.parent, ids)
            message = t('code "{code}": no code "{parent}" to be its parent: {hint}').format(
                code=code.id, parent=code.parent, hint=hint
            )
            found.append(source.error(at, message))
        elif code.id in _ancestors(code.id, parents):
            found.append(
                source.error(
                    at, t('code "{code}" stands above itself: change its parent').format(code=code.id)
                )
            )
    return found


def placed_questions(framework: Framework) -> Iterator[tuple[EvaluationQuestion, Place]]:
    """Every evaluation question and part with its place in the file."""
    for i, issue in enumerate(framework.issues):
        for q, question in enumerate(issue.evaluation_questions):
            place: Place = ("issues", i, "evaluation_questions", q)
            yield question, place
            for p, part in enumerate(question.parts):
                yield part, (*place, "parts", p)


def _ancestors(code_id: str, parents: dict[str, str | None]) -> set[str]:
    found: set[str] = set()
    current = parents[code_id]
    while current is not None and current not in found:
        found.add(current)
        current = parents.get(current)
    return found


def _ids(framework: Framework, source: Source) -> Iterator[Problem]:
    for key, what in _LISTS:
        entries: Sequence[Any] = getattr(framework, key)
        yield from duplicates([e.id for e in entries], [(key, n) for n in range(len(entries))], what, source)
    placed = list(placed_questions(framework))
    places = [place for _, place in placed]
    yield from duplicates(
        [question.id for question, _ in placed], places, mark("evaluation question"), source
    )
    indicators = [
        (indicator.id, (*place, "indicators", n))
        for question, place in placed
        for n, indicator in enumerate(question.indicators)
    ]
    yield from duplicates(
        [i for i, _ in indicators], [place for _, place in indicators], mark("indicator"), source
    )
    for name in sorted({group.id for group in framework.respondent_groups} & _line_ids(framework)):
        message = t('"{name}" is both a respondent group and a line of evidence: rename one').format(
            name=name
        )
        yield source.error(("lines_of_evidence",), message)


def _questions(framework: Framework, source: Source) -> Iterator[Problem]:
    outcomes = [outcome.id for outcome in framework.logic_model.outcomes]
    for question, place in placed_questions(framework):
        where = t('evaluation question "{question}"').format(question=question.id)
        if "parts" in place and question.parts:
            yield source.error(
                (*place, "parts"),
                t("{where}: a part has no parts: list them beside it").format(where=where),
            )
        elif question.parts and question.proposition is not None:
            message = t("{where}: a question with parts has no proposition: give each part its own").format(
                where=where
            )
            yield source.error((*place, "proposition"), message)
        elif not question.parts and question.proposition is None:
            message = t(
                "{where}: `proposition` is missing: write the statement that positions refer to"
            ).format(where=where)
            yield source.error(place, message)
        for n, outcome in enumerate(question.outcomes):
            if outcome not in outcomes:
                message = t('{where}: no outcome "{outcome}" in the logic model: {hint}').format(
                    where=where, outcome=outcome, hint=did_you_mean(outcome, outcomes)
                )
                yield source.error((*place, "outcomes", n), message)


def _groups(framework: Framework, source: Source) -> Iterator[Problem]:
    known = [group.id for group in framework.reporting_groups]
    for n, group in enumerate(framework.respondent_groups):
        if group.reporting_group not in known:
            hint = did_you_mean(group.reporting_group, known)
            message = t('group "{group}": no reporting group "{reporting_group}": {hint}').format(
                group=group.id, reporting_group=group.reporting_group, hint=hint
            )
            yield source.error(("respondent_groups", n, "reporting_group"), message)


def _line_ids(framework: Framework) -> set[str]:
    return {line.id for line in framework.lines_of_evidence}


def _matrix(framework: Framework, source: Source) -> Iterator[Problem]:
    groups = [group.id for group in framework.respondent_groups]
    keys = [*groups, *(line.id for line in framework.lines_of_evidence if line.kind != "interviews")]
    known = framework.question_ids
    for key, marks in framework.matrix.items():
        if key not in keys and key not in _line_ids(framework):
            message = t('matrix: no respondent group or line of evidence "{key}": {hint}').format(
                key=key, hint=did_you_mean(key, keys)
            )
            yield source.error(("matrix", key), message)
        for identifier in marks:
            if identifier not in known:
                message = t('matrix: no evaluation question "{identifier}": {hint}').format(
                    identifier=identifier, hint=did_you_mean(identifier, known)
                )
                yield source.error(("matrix", key, identifier), message)
    for key in keys:
        marks = framework.matrix.get(key, {})
        unmarked = [
            leaf.id
            for leaf in framework.leaves
            if leaf.id not in marks and framework.parent_id(leaf.id) not in marks
        ]
        if unmarked:
            message = t('matrix: "{key}" has no mark for {unmarked}: mark them, or write no').format(
                key=key, unmarked=", ".join(unmarked)
            )
            yield source.warning(("matrix", key), message)


def _logic_model(framework: Framework, source: Source) -> Iterator[Problem]:
    model = framework.logic_model
    activities = [activity.id for activity in model.activities]
    outputs = [output.id for output in model.outputs]
    outcomes = [outcome.id for outcome in model.outcomes]
    entries: list[tuple[str, Sequence[Any], list[str]]] = [
        ("activities", model.activities, []),
        ("outputs", model.outputs, activities),
        ("outcomes", model.outcomes, [*outputs, *outcomes]),
    ]
    every = [
        (entry.id, ("logic_model", key, n)) for key, listed, _ in entries for n, entry in enumerate(listed)
    ]
    yield from duplicates([i for i, _ in every], [place for _, place in every], mark("logic model"), source)
    for key, listed, known in entries:
        for n, entry in enumerate(listed):
            for f, name in enumerate(getattr(entry, "from_", [])):
                if name not in known:
                    told = t('logic model: "{entry}" comes from "{name}", which is not there: {hint}')
                    message = told.format(entry=entry.id, name=name, hint=did_you_mean(name, known))
                    yield source.error(("logic_model", key, n, "from", f), message)
