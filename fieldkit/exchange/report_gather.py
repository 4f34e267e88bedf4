"""Gathering a report from a study: every table, word and text that it has, once for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passages import Passages
from fieldkit.exchange.report import IssuePart, Leaving, QuestionPart, Report, Stated
from fieldkit.exchange.report_gate import ReleaseGate
from fieldkit.exchange.report_grounds import drawn, triangulation_tables
from fieldkit.exchange.report_method import method_note
from fieldkit.exchange.report_outgoing import LEAVING, outgoing
from fieldkit.exchange.report_quotes import answers, quotes_of
from fieldkit.exchange.report_sentences import sentences
from fieldkit.exchange.report_texts import code_entries, guide_parts
from fieldkit.exchange.report_trail import trail_sums
from fieldkit.exchange.report_words import say
from fieldkit.findings.profile_tables import profile_tables
from fieldkit.findings.release import Terms
from fieldkit.findings.saturation_tables import saturation_tables

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.exchange.report_quotes import Quotes
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.table import Table
    from fieldkit.protocol.framework import EvaluationQuestion
    from fieldkit.study.findings import Viewed
    from fieldkit.study.study import Study


@dataclass(frozen=True)
class Gathering:
    """What a report is gathered from.

    Attributes:
        study: the study.
        evidence: its records, as tables are made from them.
        labels: its words, in the language of the report.
        by: what persons are told apart by.
        progress: what is told that it goes on.
    """

    study: Study
    evidence: Evidence
    labels: Labels
    by: str
    progress: Progress | None

    @property
    def language(self) -> str:
        """Language of the report."""
        return self.labels.language

    @cached_property
    def viewed(self) -> list[Viewed]:
        """The findings, beside what their evidence comes to now."""
        from fieldkit.study.findings import view_findings

        return view_findings(self.study)

    def tables(self, what: str, question: str | None = None) -> list[Table]:
        """The tables of one kind, on one evaluation question or all."""
        from fieldkit.findings.tabulate import tabulate

        if self.progress is not None:
            self.progress(0)
        return tabulate(self.evidence, what, by=self.by, question=question, language=self.language)


def gather(
    study: Study,
    *,
    language: str = "en",
    leaving: Leaving | bool = False,
    progress: Progress | None = None,
) -> Report:
    """Gather all that a report says.

    Args:
        study: the study.
        language: language of the report.
        leaving: whether it shall leave the house, on these terms or the usual ones: then its tables are
            by reporting group, and all of it passes the gate.
        progress: what is told, with 0, that it goes on.

    Returns:
        The report.

    Raises:
        StudyError: the framework or codebook is missing or wrong, or a finding would leave that names
            somebody.
    """
    from fieldkit.study.evidence import evidence
    from fieldkit.study.letting_out import Watch

    labels = Labels(study, language)
    by = "reporting_group" if leaving else "group"
    source = Gathering(study, evidence(study), labels, by, progress)
    passages = Passages(study, labels)
    left_out = passages.standing.left_out()
    report = Report(
        study=study.store.study_id if study.store is not None else "",
        title=study.title(language),
        language=language,
        outgoing=False,
        marking=labels.marking,
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        method=method_note(source.evidence, left_out, language, leaving=bool(leaving)),
        matrix=_matrix(source),
        issues=_issues(source, quotes_of(passages)),
        drawn=drawn(study, source.viewed),
        codes=tuple(source.tables("codes")),
        triangulation=triangulation_tables(source.evidence, _told(source, leaving=bool(leaving)), language),
        saturation=tuple(saturation_tables(source.evidence, language)),
        profile=tuple(profile_tables(source.evidence, language)),
        codebook=code_entries(study.codebook, language),
        guides=guide_parts(study.protocol.guides.values(), language),
        answers=() if leaving else answers(passages),
        trail=() if leaving else trail_sums(study, language),
    )
    if not leaving:
        return report
    codes = [person.code for person in source.evidence.respondents]
    scales = source.evidence.framework.quantity_scales
    on = leaving if isinstance(leaving, Leaving) else Leaving()
    terms = Terms(scales[0] if scales else None, on.threshold, on.numbers, language)
    watch = Watch(study, source.evidence, on.threshold)
    for viewed in _told(source, leaving=True):
        watch.refuse_names(viewed.finding.id, viewed.finding.statement)
    for each in report.drawn:
        if each.leaves:
            watch.refuse_names_drawn(each.id, each.text)
    gate = ReleaseGate(terms, watch, source.evidence)
    report = replace(report, leaving=on)
    return outgoing(report, gate, marking=labels.outgoing_marking, persons=codes)


def _told(source: Gathering, *, leaving: bool) -> list[Viewed]:
    """The findings that the report has: drafts stay in the house."""
    return [each for each in source.viewed if not leaving or each.finding.status in LEAVING]


def _matrix(source: Gathering) -> tuple[Table, ...]:
    """Who is to be asked what, by respondent group; and how far that is done."""
    if source.by == "group":
        return tuple(source.tables("coverage"))
    marks = replace(source, by="group").tables("coverage")[0]
    return (marks, *source.tables("coverage"))


def _issues(source: Gathering, quotes: Quotes) -> tuple[IssuePart, ...]:
    # All at once, for who was reached on each question is asked of every response.
    positions = {table.question: table for table in source.tables("positions")}
    parts = []
    for issue in source.evidence.framework.issues:
        questions = []
        for question in issue.evaluation_questions:
            if question.parts:
                questions.append(_above(source, question, quotes))
            for leaf in question.parts or [question]:
                made = _question(source, leaf, positions, quotes)
                questions.append(replace(made, level=int(leaf is not question)))
        parts.append(IssuePart(issue.id, issue.title.get(source.language), tuple(questions)))
    return tuple(parts)


def _above(source: Gathering, question: EvaluationQuestion, quotes: Quotes) -> QuestionPart:
    """A question with parts: what is stated on it as a whole."""
    return QuestionPart(
        id=question.id,
        text=question.text.get(source.language),
        proposition=None,
        indicators=_indicators(question, source.language),
        stated=tuple(_stated(source, question.id, quotes)),
        sentences=(),
        positions=None,
        tables=(),
        quotes=(),
        has_parts=True,
    )


def _indicators(question: EvaluationQuestion, language: str) -> tuple[str, ...]:
    return tuple(f"{each.id} {each.text.get(language)}" for each in question.indicators)


def _question(
    source: Gathering, leaf: EvaluationQuestion, positions: dict[str | None, Table], quotes: Quotes
) -> QuestionPart:
    language = source.language
    tables = [*source.tables("dispositions", leaf.id), *source.tables("ratings", leaf.id)]
    persons, _, *documents = source.tables("codes", leaf.id)
    tables += source.tables("totals", leaf.id)
    tables += [made for each in (persons, *documents) if (made := _given(each, language)) is not None]
    held = positions.get(leaf.id)
    return QuestionPart(
        id=leaf.id,
        text=leaf.text.get(language),
        proposition=leaf.proposition.get(language) if leaf.proposition else None,
        indicators=_indicators(leaf, language),
        stated=tuple(_stated(source, leaf.id, quotes)),
        sentences=sentences(source.evidence.framework, held, language) if held is not None else (),
        positions=held,
        tables=tuple(tables),
        quotes=tuple(quotes.on[leaf.id]),
    )


def _given(table: Table, language: str) -> Table | None:
    """A table of codes without rows of those that nobody gave on the question; None where none is left."""
    rows = [row for row in table.rows if any(table.cells[row.id, each.id].value for each in table.columns)]
    if len(rows) == len(table.rows):
        return table
    notes = [*table.notes, say(language, "given only")]
    return replace(table, rows=rows, notes=notes) if rows else None


def _stated(source: Gathering, question: str, quotes: Quotes) -> Iterator[Stated]:
    language = source.language
    strengths = {rule.id: rule.name.get(language) for rule in source.evidence.framework.strength_rules}
    for viewed in source.viewed:
        finding = viewed.finding
        if finding.evaluation_question != question:
            continue
        strength = finding.strength
        about = [say(language, "strength", strength=strengths.get(strength, strength))] if strength else []
        about.append(say(language, f"status {finding.status}"))
        notes = viewed.computed.explain(language) if strength else []
        if viewed.stale:
            notes.insert(0, say(language, "stale"))
        if finding.overruled is not None:
            by, why = finding.overruled.author or "-", finding.overruled.reason
            notes.append(say(language, "overruled", by=by, why=why))
        notes += [f"{note.author or '-'}: {note.text}" for note in finding.notes]
        may = (each for each in finding.quotes if each in quotes.of and each not in viewed.not_quotable)
        told = tuple(dict.fromkeys(quotes.of[each] for each in may))
        yield Stated(finding.statement, "; ".join(about), finding.status, tuple(notes), told)
