"""How far coders agree: overall, by pair, by code and by evaluation question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from fieldkit.findings.agreement_alpha import KrippendorffAlpha
from fieldkit.findings.agreement_interval import DRAWS, SEED, Resampling, estimate
from fieldkit.findings.agreement_kappa import CohenKappa, FleissKappa, GwetAC1, PercentAgreement
from fieldkit.findings.agreement_ratings import Measure
from fieldkit.findings.agreement_reading import KRIPPENDORFF, LANDIS_KOCH, reading
from fieldkit.findings.agreement_table import AgreementLine, AgreementTable, Figure
from fieldkit.findings.agreement_units import Compared, Unit, Work, compare, work
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.words import say
from fieldkit.say import t
from fieldkit.text import visible_line

GIVEN = (False, True)
"""What is decided of every unit and code: not given, or given."""

FOR_ALL: tuple[Measure, ...] = (
    PercentAgreement(),
    FleissKappa(GIVEN),
    KrippendorffAlpha(GIVEN),
    GwetAC1(GIVEN),
)
FOR_TWO: tuple[Measure, ...] = (FOR_ALL[0], CohenKappa(GIVEN), *FOR_ALL[1:])


def agreement_tables(
    evidence: Evidence,
    *,
    unit: Unit = "response",
    coders: Sequence[str] | None = None,
    language: str = "en",
) -> list[AgreementTable]:
    """Tables of agreement between coders, on their codings before adjudication.

    Args:
        evidence: the study's evidence.
        unit: what is compared: whole responses, or passages by their characters.
        coders: initials of the coders to compare, two or more; None takes all who coded.
        language: language of titles and labels.

    Returns:
        Agreement overall and of each pair; by code; and by evaluation question, on the responses that
        speak to it.

    Raises:
        FindingsError: a coder has coded nothing, or no two of them have coded the same response.
    """
    done = work(evidence, unit)
    chosen = _chosen(done, coders)
    everything = compare(done, chosen)
    if not everything.responses:
        raise FindingsError(
            t(
                "{names} have coded no interview in common: agreement needs two coders of one interview"
            ).format(names=_names(chosen))
        )
    some = set(chosen) < set(done.rated)
    tables = [
        _table("coders", unit, _by_coders(done, everything, language), [], language),
        _table("code", unit, _by_code(evidence, everything, language), [], language, some=some),
        _table("question", unit, *_by_question(evidence, done, chosen, language), language),
    ]
    tables[-1].notes.extend(_notes(evidence, done, tables, language))
    return tables


def agreement_line(
    evidence: Evidence,
    by: str,
    line_id: str,
    *,
    unit: Unit,
    coders: Sequence[str] | None = None,
    language: str = "en",
) -> AgreementTable:
    """The table of `agreement_tables` that has a line, with that line alone and without notes.

    Args:
        evidence: the study's evidence.
        by: `coders`, `code` or `question`.
        line_id: id of the line.
        unit: what is compared.
        coders: initials of the coders to compare; None takes all who coded.
        language: language of titles and labels.

    Returns:
        The table; without lines where there is no such line.

    Raises:
        FindingsError: a coder has coded nothing, or there are no two.
    """
    done = work(evidence, unit)
    chosen = _chosen(done, coders)
    lines: list[AgreementLine] = []
    if by == "question":
        lines, _ = _by_question(evidence, done, chosen, language, only=line_id)
    elif by == "code":
        lines = _by_code(evidence, compare(done, chosen), language, only=line_id)
    else:
        lines = _by_coders(done, compare(done, chosen), language, only=line_id)
    return _table(by, unit, lines, [], language, some=set(chosen) < set(done.rated))


def _chosen(done: Work, coders: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(done.rated)
    for coder in coders or ():
        if coder not in known:
            told = t("no coder {coder} has coded a response that counts: there are {known}")
            raise FindingsError(
                told.format(coder=repr(visible_line(coder)), known=_names(known) or t("none"))
            )
    chosen = tuple(dict.fromkeys(coders or known))
    if len(chosen) < 2:
        told = t("agreement needs two coders: {coder} alone has coded")
        raise FindingsError(told.format(coder=_names(chosen) or t("nobody")))
    return chosen


def _names(coders: Sequence[str]) -> str:
    return ", ".join(visible_line(coder) for coder in coders)


def _lines(compared: Compared, wanted: Mapping[tuple[str, str], Collection[str]]) -> list[AgreementLine]:
    """Lines on the same responses: their ids and labels to the codes that each pools."""
    measures = FOR_TWO if len(compared.coders) == 2 else FOR_ALL
    resampling = Resampling(len(compared.responses))
    lines = []
    for (line_id, label), codes in wanted.items():
        figures = {}
        decisions = [compared.decisions[code] for code in codes]
        for measure, found in estimate(measures, decisions, resampling).items():
            ends = None if found.low is None or found.high is None else (found.low, found.high)
            word = None if found.value is None else reading(measure, found.value)
            figures[measure] = Figure(measure, found.value, ends, word)
        responses, units = compared.responses, compared.units
        lines.append(AgreementLine(line_id, label, compared.coders, responses, units, figures))
    return lines


def _by_coders(
    done: Work, everything: Compared, language: str, only: str | None = None
) -> list[AgreementLine]:
    """A line for all coders where there are more than two, and one for each pair; or only one of them."""
    coders = everything.coders
    lines = []
    if len(coders) > 2 and only in (None, "+".join(coders)):
        lines += _lines(everything, {("+".join(coders), say(language, "total")): everything.decisions})
    for pair in combinations(coders, 2):
        if only in (None, "+".join(pair)):
            compared = compare(done, pair)
            lines += _lines(compared, {("+".join(pair), ", ".join(pair)): compared.decisions})
    return lines


def _by_code(
    evidence: Evidence, everything: Compared, language: str, only: str | None = None
) -> list[AgreementLine]:
    """A line for each code that was given (or only one), in the codebook's order, those it lacks last."""
    names = {code.id: code.name.get(language) for code in evidence.codebook.codes}
    given = [code for code in names if code in everything.decisions]
    given += [code for code in everything.decisions if code not in names]
    wanted = {(code, names.get(code, code)): [code] for code in given if only in (None, code)}
    return _lines(everything, wanted)


def _by_question(
    evidence: Evidence, done: Work, coders: Sequence[str], language: str, only: str | None = None
) -> tuple[list[AgreementLine], list[str]]:
    """A line for each evaluation question and part with something to compare; and a note on the others."""
    lines: list[AgreementLine] = []
    others = []
    for question in evidence.framework.question_ids:
        if only not in (None, question):
            continue
        wanted = evidence.leaves([question])
        among = {response for response, heard in evidence.heard.items() if heard.leaves & wanted}
        compared = compare(done, coders, among)
        if compared.decisions:
            lines += _lines(compared, {(question, question): compared.decisions})
        else:
            others.append(question)
    notes = [say(language, "note not compared", questions=", ".join(others))] if others else []
    return lines, notes


def _table(
    by: str, unit: Unit, lines: list[AgreementLine], notes: list[str], language: str, *, some: bool = False
) -> AgreementTable:
    title = say(language, f"title agreement {by}")
    return AgreementTable(by, unit, title, say(language, f"unit {unit}"), lines, language, notes, some)


def _notes(evidence: Evidence, done: Work, tables: list[AgreementTable], language: str) -> list[str]:
    """What holds for all tables."""
    lines = [line for table in tables for line in table.lines]
    figures = [figure for line in lines for figure in line.figures.values()]
    notes = [say(language, "note own work"), say(language, "note read all"), say(language, "note pooled")]
    notes.append(say(language, "note interval", draws=DRAWS, seed=SEED))
    notes.append(say(language, "note alpha alone"))
    notes.append(say(language, "note thresholds", kappa=LANDIS_KOCH, alpha=KRIPPENDORFF))
    if any(figure.value is None for figure in figures):
        notes.append(say(language, "note undefined"))
    if any(figure.interval and figure.interval[0] == figure.interval[1] for figure in figures):
        notes.append(say(language, "note no width"))
    if any(len(line.coders) > 2 for line in lines):
        notes.append(say(language, "note two coders"))
    notes += [say(language, key, n=n) for key, n in done.left_out.items() if n]
    return notes + evidence.notes(language)
