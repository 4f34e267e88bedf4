"""What the evidence amounts to, as tables for the Findings place: saturation, methods, indicators, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.say import mark, t
from fieldkit.text import shortened
from fieldkit.tui.pictures import binned, sparkline

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.findings.saturation import Saturation
    from fieldkit.findings.standpoints import Source
    from fieldkit.findings.triangulate import Gap, MatrixCell
    from fieldkit.records.findings import Finding

SATURATION: Final = "saturation"
METHODS: Final = "methods"
INDICATORS: Final = "indicators"

ALL_QUESTIONS: Final = "all"
"""Id of the row for all evaluation questions together."""

VERDICTS: Final = {
    "agrees": mark("● agrees"),
    "partly": mark("◐ partly"),
    "contradicts": mark("✕ contradicts"),
    "silent": mark("· silent"),
}
"""What a source says to a finding: a sign, and the word."""

CURVE_MOST: Final = 24
"""Signs in the curve of new codes; of more interviews, each stands for several."""

STATEMENT_SHOWN: Final = 200
"""Characters of a finding's statement that label its row."""


def series_by_row(evidence: Evidence, question: str | None) -> dict[str, Saturation]:
    """The series of all evaluation questions together, and of each.

    Args:
        evidence: the study's evidence.
        question: keep to this evaluation question and its parts; None for all.

    Returns:
        Id of a row of the table of saturation to its series.
    """
    from fieldkit.findings.saturation import saturation

    return {
        each or ALL_QUESTIONS: saturation(evidence, question=each) for each in _questions(evidence, question)
    }


def saturation_tables(
    evidence: Evidence, series: Mapping[str, Saturation], question: str | None, language: str
) -> list[Table]:
    """How new codes came in over the interviews.

    Args:
        evidence: the study's evidence.
        series: those of `series_by_row`.
        question: the evaluation question they are kept to.
        language: language of the labels.
    """
    rows: list[Heading] = []
    cells: dict[tuple[str, str], Cell] = {}
    for name, found in series.items():
        label = t("All questions") if name == ALL_QUESTIONS else _label(evidence, name, language)
        rows.append(Heading(name, label))
        cells |= {(name, column): _text(text) for column, text in _series(found).items()}
    names = {
        "interviews": t("Interviews"),
        "codes": t("Codes"),
        "last": t("Last run"),
        "reached": t("Reached"),
        "new": t("New codes, in order"),
    }
    told = t(
        "New codes of a run of two interviews against those of the first four (Guest, Namey and Chen 2020); "
        "reached where they are 5 % or less. Of fewer than six interviews nothing is said."
    )
    title = t("Saturation: whether interviews still bring new codes")
    return [Table(SATURATION, title, told, _headings(names), rows, cells, [], question)]


def method_tables(
    evidence: Evidence, findings: Sequence[Finding], question: str | None, language: str
) -> list[Table]:
    """What every method, and every group inside interviews, says to each finding; how far groups differ.

    Args:
        evidence: the study's evidence.
        findings: the findings that were stated.
        question: keep to this evaluation question and its parts; None for all.
        language: language of the labels.
    """
    return [
        table
        for table in (_methods(evidence, findings, question, language), _apart(evidence, question, language))
        if table.rows
    ]


def indicator_tables(evidence: Evidence, question: str | None, language: str) -> list[Table]:
    """What evidence each source gives on each indicator; then what the matrix wants and is not there.

    Args:
        evidence: the study's evidence.
        question: keep to this evaluation question or its parts; None for all.
        language: language of the labels.
    """
    from fieldkit.findings.triangulate import evidence_matrix

    framework = evidence.framework
    names = {
        indicator.id: indicator.text.get(language)
        for leaf in framework.leaves
        for indicator in leaf.indicators
    }
    found = evidence_matrix(evidence, question)
    rows: list[Heading] = []
    cells: dict[tuple[str, str], Cell] = {}
    for (leaf, indicator), sources in found.items():
        label = f"{indicator} {names[indicator]}" if indicator else _label(evidence, leaf, language)
        rows.append(Heading(indicator or leaf, label))
        cells |= {(rows[-1].id, source): _count(cell) for source, cell in sources.items()}
    columns = _sources(evidence, next(iter(found.values()), {}), language)
    title = t("Evidence on each indicator")
    counted = t("persons who answered an item on it, and documents that speak to its evaluation question")
    matrix = Table(INDICATORS, title, counted, columns, rows, cells, [], question)
    missing = _gaps(evidence, question, columns, language)
    return [matrix, *([missing] if missing.rows else [])]


def told_lack(lack: str) -> str:
    """Why a source that is wanted gives nothing, in a column's room."""
    from fieldkit.findings.triangulate import Lack

    told = t("no interview"), t("no answer"), t("no document")
    names: dict[str, str] = dict(zip(get_args(Lack), told, strict=True))
    return names[lack]


def _methods(evidence: Evidence, findings: Sequence[Finding], question: str | None, language: str) -> Table:
    from fieldkit.findings.triangulate import triangulation
    from fieldkit.study.findings import statement_of

    framework = evidence.framework
    wanted = None if question is None else {question, *framework.leaf_ids(question)}
    kept = {each.id: each for each in findings if wanted is None or each.evaluation_question in wanted}
    grid = triangulation(evidence, {name: statement_of(each) for name, each in kept.items()})
    rows, cells, columns = [], {}, []
    for name, points in grid.items():
        statement = shortened(kept[name].statement, STATEMENT_SHOWN, " …")
        rows.append(Heading(name, f"{kept[name].evaluation_question} {statement}"))
        columns = [
            Heading(points.interviews.id, points.interviews.name.get(language)),
            *(Heading(f"group:{group.id}", group.id) for group in points.groups),
            *(Heading(method.id, method.name.get(language)) for method in points.methods),
        ]
        sources = (points.interviews, *points.groups, *points.methods)
        for column, source in zip(columns, sources, strict=True):
            cells[name, column.id] = _text(_verdict(source))
    told = t(
        "persons or documents that hold it, of those that answered; groups are sources inside interviews"
    )
    return Table(METHODS, t("Findings by method"), told, columns, rows, cells, [], question)


def _apart(evidence: Evidence, question: str | None, language: str) -> Table:
    from fieldkit.findings.divergence import divergences

    rows, cells = [], {}
    for each in divergences(evidence, question):
        pair = " – ".join(each.groups)
        rows.append(
            Heading(f"{each.question}:{pair}", f"{pair}  {_label(evidence, each.question, language)}")
        )
        percent = round(each.distance * 100)
        cells[rows[-1].id, "distance"] = Cell(percent, f"{percent} %", 100, (), (), "")
        cells[rows[-1].id, "n"] = _text(f"{each.n[0]}, {each.n[1]}")
    columns = _headings({"distance": t("Distance"), "n": t("Persons")})
    told = t("half the sum of the differences of their shares: 0 % for the same, 100 % for nothing in common")
    return Table(METHODS, t("How far groups differ"), told, columns, rows, cells, [], question)


def _gaps(evidence: Evidence, question: str | None, columns: list[Heading], language: str) -> Table:
    from fieldkit.findings.triangulate import gaps

    framework = evidence.framework
    wanted = None if question is None else {question, *(q for q in _parents(evidence, question))}
    found: dict[tuple[str, str], Gap] = {
        (each.question, each.source): each
        for each in gaps(evidence)
        if wanted is None or each.question in wanted
    }
    lacking = {question for question, _ in found}
    rows = [
        Heading(each.id, _label(evidence, each.id, language))
        for each in framework.evaluation_questions
        if each.id in lacking
    ]
    cells = {}
    for row in rows:
        for column in columns:
            gap = found.get((row.id, column.id))
            asked = framework.mark(column.id, row.id) != "no"
            cells[row.id, column.id] = _text(told_lack(gap.lack) if gap else "·" if asked else "-")
    told = t("no denominator: what is wanted and lacks; · is there, or only wanted of some; - is not wanted")
    return Table(
        INDICATORS, t("Gaps: wanted by the matrix, and not there"), told, columns, rows, cells, [], question
    )


def _series(found: Saturation) -> dict[str, str]:
    held = str(len(found.interviews))
    if not found.shown:
        return {"interviews": held, "codes": "", "new": "", "last": "", "reached": ""}
    last = found.runs[-1].share if found.runs else None
    return {
        "interviews": held,
        "codes": str(found.curve[-1]),
        "new": sparkline(binned(found.new, CURVE_MOST)),
        "last": _percent(last),
        "reached": t("after {n}").format(n=found.reached) if found.reached else t("not reached"),
    }


def _percent(share: Fraction | None) -> str:
    return t("undefined") if share is None else f"{round(share * 100)} %"


def _verdict(source: Source) -> str:
    said = t(VERDICTS[source.verdict])
    return said if source.verdict == "silent" else f"{said} {source.agree}/{source.answering}"


def _count(cell: MatrixCell) -> Cell:
    return Cell(cell.count, str(cell.count or "-"), None, cell.responses, cell.persons, "")


def _text(text: str) -> Cell:
    return Cell(None, text, None, (), (), "")


def _headings(names: Mapping[str, str]) -> list[Heading]:
    return [Heading(column, label) for column, label in names.items()]


def _questions(evidence: Evidence, question: str | None) -> list[str | None]:
    framework = evidence.framework
    if question is not None:
        return list(dict.fromkeys([question, *framework.leaf_ids(question)]))
    return [None, *(each.id for each in framework.evaluation_questions)]


def _parents(evidence: Evidence, question: str) -> list[str]:
    """The evaluation question that a part belongs to."""
    questions = evidence.framework.evaluation_questions
    return [each.id for each in questions if question in evidence.framework.leaf_ids(each.id)]


def _label(evidence: Evidence, question: str, language: str) -> str:
    return f"{question} {evidence.framework.question(question).text.get(language)}"


def _sources(evidence: Evidence, sources: Mapping[str, object], language: str) -> list[Heading]:
    lines = {line.id: line.name.get(language) for line in evidence.framework.lines_of_evidence}
    return [Heading(source, lines.get(source, source)) for source in sources]
