"""A report on a study as data: what every format of it says, gathered once and drawn by a file for each.

An internal report is complete. An outgoing one has passed disclosure control, and holds no code of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fieldkit.findings.table import Table


@dataclass(frozen=True)
class Leaving:
    """On what terms a report leaves the house.

    Attributes:
        threshold: fewest persons that its tables and passages may tell of: 3 or 5.
        numbers: whether its tables have numbers in place of words.
    """

    threshold: int = 3
    numbers: bool = False


@dataclass(frozen=True)
class Quote:
    """One passage that was coded.

    Attributes:
        words: the words, as they were noted.
        who: code of the person who said them, or name of the document they stand in; None where nobody is
            named, or, of a person, the report leaves the house.
        group: name of her respondent group, or, where the report leaves the house, of her reporting group;
            None where there is none.
        reporting_group: name of her reporting group, or None.
        codes: names of the codes given to it, in the order of the codebook.
        item: the question it answers, as it was asked; a document's name. Empty where the report leaves the
            house, since a guide is that of one respondent group.
        verbatim: whether these are her own words.
        quotable: whether they are, she agreed to be quoted, and they are for attribution.
        language: language it was said in, or None.
        response: id of the response or document it stands in; None where the report leaves the house.
        place: start and end in the text of it.
        written: whether a document says it, and no person.
        codings: ids of its codings; none where the report leaves the house.
    """

    words: str
    who: str | None
    group: str | None
    reporting_group: str | None
    codes: tuple[str, ...]
    item: str
    verbatim: bool
    quotable: bool
    language: str | None
    response: str | None
    place: tuple[int, int]
    written: bool = False
    codings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A response, or a document, as a reader meets it who asks what a number rests on.

    Attributes:
        id: of the response or document.
        who: codes of the persons it may be of.
        item: the question it answers, as it was asked; a document's name.
        became: what became of the item.
        value: the value in words; empty where it has none.
        words: the words; empty where it has none.
    """

    id: str
    who: str
    item: str
    became: str
    value: str
    words: str


@dataclass(frozen=True)
class Stated:
    """A finding as it stands.

    Attributes:
        statement: what the evaluator states.
        about: its strength and status, in words.
        status: draft, reviewed or final.
        notes: what is to be known of it, one line each.
        quotes: the passages chosen to be quoted with it, as far as they may be.
    """

    statement: str
    about: str
    status: str
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A conclusion or a recommendation.

    Attributes:
        id: its id; it stands in no report.
        kind: which of the two.
        text: the words.
        findings: the findings it is drawn from: evaluation question and statement of each.
        leaves: whether all of them are more than drafts.
    """

    id: str
    kind: Literal["conclusion", "recommendation"]
    text: str
    findings: tuple[tuple[str, str], ...]
    leaves: bool


@dataclass(frozen=True)
class QuestionPart:
    """What there is on one evaluation question, or on a part of one.

    A question with parts comes before them, with what is stated on it as a whole; the rest is under them.

    Attributes:
        id: its id.
        text: the question.
        proposition: what positions refer to, or None.
        indicators: what would show the answer.
        stated: the findings on it.
        sentences: quantities in words, offered for the text.
        positions: the table of positions on it.
        tables: all other tables on it.
        quotes: what was said on it.
        level: 1 where it is a part of the question before it, else 0.
        has_parts: whether parts of it follow.
    """

    id: str
    text: str
    proposition: str | None
    indicators: tuple[str, ...]
    stated: tuple[Stated, ...]
    sentences: tuple[str, ...]
    positions: Table | None
    tables: tuple[Table, ...]
    quotes: tuple[Quote, ...]
    level: int = 0
    has_parts: bool = False

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """Every table on it, that of positions first."""
        return (self.positions, *self.tables) if self.positions is not None else self.tables


@dataclass(frozen=True)
class IssuePart:
    """An issue with its evaluation questions."""

    id: str
    title: str
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True)
class CodeEntry:
    """A code of the codebook, in words; `level` is its depth in the tree."""

    id: str
    name: str
    level: int
    definition: str
    use_when: str
    not_when: str
    examples: tuple[str, ...]
    retired: bool


@dataclass(frozen=True)
class GuidePart:
    """A guide as it is asked.

    Attributes:
        title: its title and version.
        sections: title of each section, and its items with their evaluation questions.
    """

    title: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class TrailSum:
    """What one person did to records of one kind: how many times, and when first and last (days, UTC)."""

    author: str
    table: str
    action: str
    changes: int
    first: str
    last: str


@dataclass(frozen=True)
class Report:
    """All that a report says.

    Attributes:
        study: id of the study's store, by which a report is known to be of it; empty where it has none.
        title: the study's title.
        language: `en` or `fr`, or another language of the study for its own texts.
        outgoing: whether it may leave the house.
        marking: what stands on every page.
        made_at: when it was computed, ISO 8601, UTC.
        method: how its numbers came about, one paragraph each.
        matrix: who is asked what, and how far that is done.
        issues: findings and tables by issue and evaluation question.
        drawn: conclusions, then recommendations.
        codes: codes over all evaluation questions.
        triangulation: what each method says, evidence on each indicator, what is missing, divergence.
        saturation: how new codes came in, the curve last.
        profile: who was interviewed, as counts only.
        codebook: the codes.
        guides: the guides.
        answers: what was answered; empty in an outgoing report.
        trail: what was changed, summed up; empty in an outgoing report.
        leaving: on what terms it leaves; None where it does not.
    """

    study: str
    title: str
    language: str
    outgoing: bool
    marking: str
    made_at: str
    method: tuple[str, ...]
    matrix: tuple[Table, ...]
    issues: tuple[IssuePart, ...]
    drawn: tuple[Drawn, ...]
    codes: tuple[Table, ...]
    triangulation: tuple[Table, ...]
    saturation: tuple[Table, ...]
    profile: tuple[Table, ...]
    codebook: tuple[CodeEntry, ...]
    guides: tuple[GuidePart, ...]
    answers: tuple[Answer, ...] = ()
    trail: tuple[TrailSum, ...] = ()
    leaving: Leaving | None = None

    @property
    def questions(self) -> Iterator[QuestionPart]:
        """Every evaluation question in order, each followed by its parts."""
        return (question for issue in self.issues for question in issue.questions)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, in the order of the report."""
        yield from self.matrix
        for question in self.questions:
            yield from question.all_tables
        for _, tables in self.sections:
            yield from tables

    @property
    def sections(self) -> tuple[tuple[str, tuple[Table, ...]], ...]:
        """The sections of tables after the findings, those that have any: key of the title, and tables."""
        sections = (
            ("codes", self.codes),
            ("triangulation", self.triangulation),
            ("saturation", self.saturation),
            ("profile", self.profile),
        )
        return tuple((key, tables) for key, tables in sections if tables)
