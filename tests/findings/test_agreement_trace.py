"""From a figure of agreement back to the units, what each coder made of them, and the words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fieldkit.findings.agreement import agreement_tables
from fieldkit.findings.agreement_positions import position_agreement
from fieldkit.findings.agreement_trace import AgreementTrace, trace_agreement
from fieldkit.findings.agreement_units import Unit
from fieldkit.findings.errors import FindingsError
from tests.findings.test_agreement import HUNDRED, two_coders
from tests.findings.world import World


def three_coders() -> World:
    """The work of AB and MT on ten persons; CD has coded four of them, and charted like the others."""
    world = two_coders()
    for number in range(4):
        world.code(f"i-CIC-{number:02}:change", "scbf", "1.4b", coder="CD", start=number, end=20)
        for coder, position in (("AB", "favourable"), ("MT", "mixed"), ("CD", "favourable")):
            world.position(f"CIC-{number:02}", "1.4b", position, coder, summary=f"{coder} read it so.")
    return world


def test_a_figure_of_a_code_is_traced_to_the_words_that_each_coder_gave_it_to() -> None:
    world = World()
    response = world.response(world.interviewed("CIC-01"), "change", HUNDRED)
    world.code(response, "council", "1.4b", coder="AB", start=0, end=30)
    world.code(response, "council", "1.4b", coder="MT", start=10, end=40)
    found = trace_agreement(world.evidence(), "agreement/all/council/passage:cohen")
    (text,) = found.texts
    assert (text.id, text.persons, text.item, text.words) == (response, ("CIC-01",), "Change", HUNDRED)
    (decided,) = text.decided
    assert decided.given == {"AB": (HUNDRED[:30],), "MT": (HUNDRED[10:40],)}
    assert decided.units == {"AB": 10, "AB+MT": 20, "MT": 10, "": 60}
    assert found.figure.value == pytest.approx(0.524, abs=0.0005)


def test_who_read_a_response_and_gave_nothing_is_told_from_who_did_not_read_it() -> None:
    found = trace_agreement(three_coders().evidence(), "agreement/all/council/response:alpha")
    given = {text.id: {coder: bool(each) for coder, each in decided.given.items()}
             for text in found.texts for decided in text.decided}  # fmt: skip
    assert given["i-CIC-03:change"] == {"AB": True, "CD": False, "MT": False}
    assert given["i-CIC-04:change"] == {"AB": False, "MT": True}
    assert "i-CIC-05:change" not in given
    assert "i-CIC-05:change" in {text.id for text in found.texts}


def percent(found: AgreementTrace) -> Fraction:
    """Percent agreement of two coders, counted from the units of a trace: the mean over its codes."""
    apart = sum(
        units for text in found.texts for each in text.decided for who, units in each.units.items()
        if who in found.line.coders
    )  # fmt: skip
    return 1 - Fraction(apart, found.line.units * len(found.codes))


@pytest.mark.parametrize(
    ("unit", "coders"), [("response", None), ("response", ["MT", "CD"]), ("passage", ["AB", "MT"])]
)
def test_every_figure_is_found_by_its_id_and_counted_again_from_what_it_rests_on(
    unit: Unit, coders: list[str] | None
) -> None:
    evidence = three_coders().evidence()
    tables = agreement_tables(evidence, unit=unit, coders=coders)
    ids = [table.trace_of(line, figure) for table in tables for line in table.lines
           for figure in line.figures.values()]  # fmt: skip
    assert len(ids) == len(set(ids))
    lines = [(table, line) for table in tables for line in table.lines]
    for place, (table, line) in enumerate(lines):
        figure = list(line.figures.values())[place % len(line.figures)]
        found = trace_agreement(evidence, table.trace_of(line, figure))
        assert (found.line, found.figure) == (line, figure)
        assert tuple(text.id for text in found.texts) == line.responses
        if len(line.coders) == 2:
            assert float(percent(found)) == pytest.approx(line.figures["percent"].value)


def test_a_figure_of_positions_is_traced_to_both_cells_and_to_what_was_said() -> None:
    evidence = three_coders().evidence()
    for table in position_agreement(evidence):
        line = table.lines[0]
        for figure in line.figures.values():
            found = trace_agreement(evidence, table.trace_of(line, figure))
            assert (found.line.units, found.figure) == (len(found.texts), figure)
    found = trace_agreement(evidence, "agreement/1.4b/AB+MT/position:percent")
    first = found.texts[0]
    assert (first.id, first.responses, first.words) == ("1.4b:CIC-00", ("i-CIC-00:change",), HUNDRED)
    (decided,) = first.decided
    assert decided.given == {
        "AB": ("Favourable", "AB read it so."),
        "MT": ("Mixed", "MT read it so."),
    }


def test_words_of_who_did_not_agree_are_not_shown() -> None:
    world = World()
    interview = world.interview(world.person("CIC-01"), world.person("CIC-02"))
    world.consent(interview, "CIC-02", given=False)
    response = world.response(interview, "change", [("CIC-01", "Heard."), ("CIC-02", "Secret.")])
    for coder in ("AB", "MT"):
        world.code(response, "council", "1.4b", coder=coder, start=0, end=14)
    found = trace_agreement(world.evidence(), "agreement/all/council/response:percent")
    assert "Secret" not in repr(found)
    assert found.texts[0].words == "Heard.\n·······"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("agreement/all/council", "names no figure of agreement"),
        ("agreement/all/council/word:alpha", "names no figure of agreement"),
        ("agreement/all/council/response", "names no figure of agreement"),
        ("agreement/all/council/response:beta", "no table has a figure"),
        ("agreement/9.9/AB+MT/response:alpha", "no table has a figure"),
        ("agreement/all/AB+XY/response:alpha", "no coder 'XY'"),
        ("agreement/all/AB+XY/position:alpha", "no two coders"),
        ("agreement/all/a\x1b[2J/response:alpha", "\u241b[2J"),
    ],
)
def test_what_is_no_figure_is_told_in_one_line(cell: str, told: str) -> None:
    with pytest.raises(FindingsError) as caught:
        trace_agreement(three_coders().evidence(), cell)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
