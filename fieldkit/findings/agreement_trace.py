"""From a figure of agreement back to the units compared, what each coder made of them, and the words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from fieldkit.findings.agreement import agreement_line
from fieldkit.findings.agreement_positions import position_agreement
from fieldkit.findings.agreement_ratings import Cluster
from fieldkit.findings.agreement_table import AgreementLine, AgreementTable, Figure
from fieldkit.findings.agreement_units import UNITS, Unit, compare, work
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import Heard
from fieldkit.records.codings import ChartCell, Coding
from fieldkit.say import t
from fieldkit.text import visible_line

AGREEMENT = "agreement"
"""What the ids of these figures begin with."""


@dataclass(frozen=True)
class Decided:
    """What coders decided on one code in one response, or on one person's position.

    Attributes:
        on: id of the code, or of the evaluation question.
        given: coder to the words that she gave the code to, or to her position and summary; nothing where she
            read it and gave none. Who did not read it is not in it.
        units: initials of those who gave it, joined by `+`, to how many units they gave it to; an empty
            name is nobody. Of positions, there is one unit.
    """

    on: str
    given: Mapping[str, tuple[str, ...]]
    units: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """It as JSON data."""
        given = {coder: list(each) for coder, each in self.given.items()}
        return {"on": self.on, "given": given, "units": dict(self.units)}


@dataclass(frozen=True)
class ComparedText:
    """A response, or what a person said on an evaluation question, that coders are compared on.

    Attributes:
        id: id of the response; of positions, of the evaluation question and the person.
        responses: ids of the responses.
        persons: codes of the persons.
        item: text of the item, or id of the evaluation question.
        words: its words; of who did not agree to be heard, a dot for each character.
        decided: what coders decided, each code that one of them gave; of other codes, that nobody gave them.
    """

    id: str
    responses: tuple[str, ...]
    persons: tuple[str, ...]
    item: str
    words: str
    decided: tuple[Decided, ...]

    def to_json(self) -> dict[str, Any]:
        """It as JSON data."""
        return {
            "id": self.id,
            "responses": list(self.responses),
            "persons": list(self.persons),
            "item": self.item,
            "words": self.words,
            "decided": [each.to_json() for each in self.decided],
        }


@dataclass(frozen=True)
class AgreementTrace:
    """What one figure of agreement rests on.

    Attributes:
        id: the figure's.
        table: the table it stands in.
        line: its line there, which names the coders.
        figure: the figure, as it is now.
        codes: ids of the codes that it pools; of positions, none.
        texts: what was compared, in the order of ids.
    """

    id: str
    table: AgreementTable
    line: AgreementLine
    figure: Figure
    codes: tuple[str, ...]
    texts: tuple[ComparedText, ...]

    def to_json(self) -> dict[str, Any]:
        """The trace as JSON data."""
        return {
            "trace": self.id,
            "title": self.table.title,
            "denominator": self.table.denominator,
            "row": self.line.label,
            "coders": list(self.line.coders),
            "units": self.line.units,
            "codes": list(self.codes),
            **self.figure.to_json(),
            "compared": [each.to_json() for each in self.texts],
        }


def trace_agreement(evidence: Evidence, cell_id: str, language: str = "en") -> AgreementTrace:
    """Find a figure of agreement by its id, and what it rests on.

    Args:
        evidence: the study's evidence.
        cell_id: `agreement/evaluation question/row/unit:measure`, as `fieldkit agreement --json` prints it.
        language: language of labels; words stay in the language they were noted in.

    Returns:
        The figure as it is now, which may differ from what was printed once.

    Raises:
        FindingsError: it is no id of a figure, or no table has it now.
    """
    parts = [unquote(part) for part in cell_id.split("/")]
    column = parts[3].split(":") if len(parts) == 4 else []
    if not all(parts) or len(column) not in (2, 3) or column[0] not in (*UNITS, "position"):
        told = t(
            "{cell_id} names no figure of agreement: its id is "
            "AGREEMENT/EVALUATION-QUESTION/ROW/UNIT:MEASURE, such as agreement/all/council/response:alpha, "
            "as `fieldkit agreement --json` prints it"
        )
        raise FindingsError(told.format(cell_id=repr(visible_line(cell_id))))
    for table in _tables(evidence, parts[1], parts[2], column, language):
        for line in table.lines:
            for figure in line.figures.values():
                if table.trace_of(line, figure) == cell_id:
                    return _traced(evidence, cell_id, table, line, figure, language)
    told = t(
        "no table has a figure {cell_id} now: "
        "`fieldkit agreement --unit {unit} --json` prints those there are"
    )
    raise FindingsError(told.format(cell_id=repr(visible_line(cell_id)), unit=column[0]))


def _tables(
    evidence: Evidence, question: str, row: str, column: Sequence[str], language: str
) -> list[AgreementTable]:
    """The tables that may have a figure; coders stand in its row, or of a code's in its column."""
    coders = row.split("+") if "+" in row else column[2].split("+") if len(column) == 3 else None
    if column[0] == "position":
        return position_agreement(evidence, coders=coders, language=language)
    unit = _unit(column[0])
    by = "coders" if "+" in row else "code"
    if question != "all":
        return [agreement_line(evidence, "question", question, unit=unit, coders=coders, language=language)]
    return [agreement_line(evidence, by, row, unit=unit, coders=coders, language=language)]


def _unit(name: str) -> Unit:
    return next(unit for unit in UNITS if unit == name)


def _traced(
    evidence: Evidence,
    cell_id: str,
    table: AgreementTable,
    line: AgreementLine,
    figure: Figure,
    language: str,
) -> AgreementTrace:
    if table.unit == "position":
        charted = _charted(evidence, table, line, language)
        return AgreementTrace(cell_id, table, line, figure, (), charted)
    compared = compare(work(evidence, _unit(table.unit)), line.coders, set(line.responses))
    codes = (line.id,) if table.by == "code" else tuple(compared.decisions)
    own: dict[tuple[str, str, str], list[Coding]] = {}
    for coding in evidence.codings:
        if coding.layer is None and coding.response and coding.coder:
            own.setdefault((coding.response, coding.code, coding.coder), []).append(coding)
    texts = []
    for place, response in enumerate(compared.responses):
        heard = evidence.heard[response]
        words = _words(evidence, heard)
        decided = []
        for code in codes:
            rated, units = _units(compared.coders, compared.decisions[code][place])
            if set(units) != {""}:
                given = {coder: _passages(own.get((response, code, coder), ()), words) for coder in rated}
                decided.append(Decided(code, given, units))
        item = heard.item.text.get(language) if heard.item is not None else heard.response.item
        persons = evidence.codes_of(heard.persons)
        texts.append(ComparedText(response, (response,), persons, item, words, tuple(decided)))
    return AgreementTrace(cell_id, table, line, figure, codes, tuple(texts))


def _units(coders: Sequence[str], cluster: Cluster) -> tuple[list[str], dict[str, int]]:
    """The coders who read a response, and how many of its units were given a code by whom."""
    rated = [coder for coder, given in zip(coders, next(iter(cluster)), strict=True) if given is not None]
    units: dict[str, int] = {}
    for pattern, size in cluster.items():
        who = "+".join(coder for coder, given in zip(coders, pattern, strict=True) if given is True)
        units[who] = units.get(who, 0) + round(size)
    return rated, units


def _passages(codings: Collection[Coding], words: str) -> tuple[str, ...]:
    """The words of passages; of a value alone, how it was shown when it was coded."""
    ordered = sorted(codings, key=lambda each: (each.start, each.end, each.id))
    return tuple(words[each.start : each.end] or each.quote for each in ordered)


def _words(evidence: Evidence, heard: Heard) -> str:
    return "\n".join(
        "·" * len(each.text) if (heard.interview.id, each.respondent) in evidence.silent else each.text
        for each in heard.response.paragraphs
    )


def _charted(
    evidence: Evidence, table: AgreementTable, line: AgreementLine, language: str
) -> tuple[ComparedText, ...]:
    """Each person on each evaluation question, with her coders' cells and what she said on it."""
    positions = evidence.framework.positions
    ranked = {each.id: each.name.get(language) for each in positions if each.stance is not None}
    cells: dict[tuple[str, str], dict[str, ChartCell]] = {}
    for cell in evidence.cells:
        unit = (cell.evaluation_question, cell.respondent)
        own = cell.layer is None and cell.coder in line.coders and cell.position in ranked
        if own and (table.by != "question" or unit[0] == line.id):
            cells.setdefault(unit, {})[cell.coder or ""] = cell
    found = []
    for (question, person), given in sorted(cells.items()):
        if len(given) < 2:
            continue
        heard = [
            each for each in evidence.heard.values() if question in each.leaves and person in each.persons
        ]
        code = evidence.people[person].code
        said = {
            coder: tuple(filter(None, (ranked[given[coder].position or ""], given[coder].summary)))
            for coder in line.coders
            if coder in given
        }
        decided = Decided(question, said, {"+".join(said): 1})
        words = "\n".join(text for each in heard if (text := _words(evidence, each)))
        responses = tuple(each.response.id for each in heard)
        found.append(ComparedText(f"{question}:{code}", responses, (code,), question, words, (decided,)))
    return tuple(found)
