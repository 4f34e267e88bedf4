"""How far coders agree on the positions they charted: an ordered scale, from favourable to unfavourable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from fieldkit.findings.agreement_alpha import KrippendorffAlpha
from fieldkit.findings.agreement_interval import DRAWS, SEED, Resampling, estimate
from fieldkit.findings.agreement_kappa import CohenKappa, FleissKappa, GwetAC1, PercentAgreement
from fieldkit.findings.agreement_ratings import Cluster, Measure
from fieldkit.findings.agreement_reading import KRIPPENDORFF, LANDIS_KOCH, reading
from fieldkit.findings.agreement_table import AgreementLine, AgreementTable, Figure
from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.words import say
from fieldkit.say import t
from fieldkit.text import visible_line

Charted = dict[tuple[str, str], dict[str, str]]
"""Evaluation question and person to coder to the position she charted."""


def position_agreement(
    evidence: Evidence, *, coders: Sequence[str] | None = None, language: str = "en"
) -> list[AgreementTable]:
    """Tables of agreement on charted positions, on coders' own cells before adjudication.

    A unit is one person on one evaluation question. Positions with a stance form a scale, from the most
    favourable down: two coders' kappa is weighted by the steps between them (Cohen 1968), alpha takes
    them as ranks (Krippendorff 2011); percent agreement, Fleiss' kappa and AC1 take them as names.
    Positions without a stance have no place on it, and cells with these are left out.

    Args:
        evidence: the study's evidence.
        coders: initials of the coders to compare, two or more; None takes all who charted.
        language: language of titles and labels.

    Returns:
        Agreement overall and of each pair; and by evaluation question.

    Raises:
        FindingsError: no two coders have charted the same person on the same evaluation question.
    """
    framework = evidence.framework
    scale = [each for each in framework.positions if each.stance is not None]
    scale.sort(key=lambda each: -(each.stance or 0))
    ranks = tuple(each.id for each in scale)
    charted, left_out = _charted(evidence, ranks)
    known = sorted({coder for by_coder in charted.values() for coder in by_coder})
    chosen = [coder for coder in dict.fromkeys(coders or known) if coder in known]
    units = {unit: given for unit, given in charted.items() if sum(each in given for each in chosen) > 1}
    if not units:
        who = ", ".join(map(visible_line, coders or known)) or t("nobody")
        raise FindingsError(
            t("{who}: no two coders have charted a position of one person on one question").format(who=who)
        )
    groups = ([tuple(chosen)] if len(chosen) > 2 else []) + list(combinations(chosen, 2))
    by_coders = [
        _line(evidence, "+".join(each), _name(each, chosen, language), each, units, ranks) for each in groups
    ]
    by_question = [
        _line(evidence, leaf.id, leaf.id, tuple(chosen), own, ranks)
        for leaf in framework.leaves
        if (own := {unit: given for unit, given in units.items() if unit[0] == leaf.id})
    ]
    tables = [_table("coders", by_coders, language), _table("question", by_question, language)]
    names = ", ".join(each.name.get(language) for each in scale)
    notes = tables[-1].notes
    notes += [
        say(language, "note own cells"),
        say(language, "note scale", names=names),
        say(language, "note interval", draws=DRAWS, seed=SEED),
        say(language, "note thresholds", kappa=LANDIS_KOCH, alpha=KRIPPENDORFF),
    ]
    figures = [figure for line in [*by_coders, *by_question] for figure in line.figures.values()]
    if any(figure.value is None for figure in figures):
        notes.append(say(language, "note undefined"))
    if left_out:
        notes.append(say(language, "note no stance", n=left_out))
    return tables


def _charted(evidence: Evidence, ranks: Sequence[str]) -> tuple[Charted, int]:
    """Coders' own cells with a place on the scale, and how many have none."""
    found: Charted = {}
    left_out = 0
    for cell in evidence.cells:
        if cell.layer is not None or not cell.coder or not cell.position:
            continue
        if cell.position not in ranks:
            left_out += 1
            continue
        found.setdefault((cell.evaluation_question, cell.respondent), {})[cell.coder] = cell.position
    return found, left_out


def _line(
    evidence: Evidence,
    line_id: str,
    label: str,
    coders: Sequence[str],
    units: Charted,
    ranks: tuple[str, ...],
) -> AgreementLine:
    own = {unit: given for unit, given in units.items() if sum(each in given for each in coders) > 1}
    clusters: list[Cluster] = [{tuple(own[unit].get(coder) for coder in coders): 1.0} for unit in sorted(own)]
    figures = {}
    if clusters:
        found = estimate(_measures(ranks, len(coders)), [clusters], Resampling(len(clusters)))
        for measure, figure in found.items():
            ends = None if figure.low is None or figure.high is None else (figure.low, figure.high)
            word = None if figure.value is None else reading(measure, figure.value)
            figures[measure] = Figure(measure, figure.value, ends, word)
    else:
        figures = {each.id: Figure(each.id, None) for each in _measures(ranks, len(coders))}
    return AgreementLine(line_id, label, tuple(coders), _responses(evidence, own), len(own), figures)


def _measures(ranks: tuple[str, ...], coders: int) -> list[Measure]:
    weighted: list[Measure] = [CohenKappa(ranks, "linear")] if coders == 2 else []
    alpha = KrippendorffAlpha(ranks, "ordinal")
    return [PercentAgreement(), *weighted, FleissKappa(ranks), alpha, GwetAC1(ranks)]


def _responses(evidence: Evidence, units: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Ids of what the persons said on the evaluation questions."""
    wanted = set(units)
    return tuple(
        response
        for response, heard in evidence.heard.items()
        if any((leaf, person) in wanted for leaf in heard.leaves for person in heard.persons)
    )


def _name(coders: Sequence[str], chosen: Sequence[str], language: str) -> str:
    return say(language, "total") if len(coders) > 2 and len(coders) == len(chosen) else ", ".join(coders)


def _table(by: str, lines: list[AgreementLine], language: str) -> AgreementTable:
    title = say(language, f"title agreement {by}")
    return AgreementTable(by, "position", title, say(language, "unit position"), lines, language, [])
