"""What leaves tells nothing of what is kept back: all tables that read the same are looked at."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.release import Terms, release_positions
from fieldkit.findings.release_facts import release_facts, released_items
from fieldkit.findings.release_ratings import nameable_guides, release_ratings
from fieldkit.findings.table import Cell, Heading, Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.protocol.framework import QuantityScale
from fieldkit.protocol.guide import Guide
from fieldkit.study.study import Study
from tests.findings.world import CIC, DFA, GUIDES, World

KEPT = "kept back"
SMALL = "half or fewer, or nobody"
Counts = tuple[tuple[int, ...], ...]
"""For each group, how many persons hold each position."""


@cache
def scale() -> QuantityScale:
    return Study(Path(__file__).parents[2], None, None).framework.quantity_scales[0]


def table(counts: Counts) -> Table:
    rows = [*(f"p{n}" for n in range(len(counts[0]))), "total"]
    columns = [*(f"g{n}" for n in range(len(counts))), "total"]
    full = [[*group, sum(group)] for group in counts]
    full.append([sum(group[row] for group in full) for row in range(len(rows))])
    cells = {
        (row, column): Cell(full[y][x], str(full[y][x]), full[y][-1], ("r",), ("CIC-01",), f"{row}/{column}")
        for y, column in enumerate(columns)
        for x, row in enumerate(rows)
    }
    headings = ([Heading(each, each) for each in part] for part in (columns, rows))
    return Table("positions", "", "", *headings, cells, ["CIC-01 differs"])


def released(counts: Counts, *, numbers: bool = False, threshold: int = 3) -> dict[tuple[str, str], str]:
    """What can be read in the table that leaves."""
    made = release_positions(table(counts), Terms(scale(), threshold, numbers))
    if made is None:
        return {}
    assert not any(cell.persons or cell.responses for cell in made.cells.values())
    assert "CIC" not in " ".join(made.notes)
    return {place: cell.text for place, cell in made.cells.items()}


def columns_of(size: int, most: int) -> Iterator[tuple[int, ...]]:
    return (each for each in product(range(most + 1), repeat=size) if sum(each) <= most)


groups_of = st.lists(st.tuples(*(st.integers(0, 6),) * 3), min_size=1, max_size=2).map(tuple)


@settings(deadline=None, max_examples=60)
@given(groups_of, st.sampled_from((3, 5)))
def test_no_number_kept_back_can_be_worked_out_from_those_that_leave(counts: Counts, threshold: int) -> None:
    """All tables of non-negative integers with the released cells and margins: two values for each."""
    shown = released(counts, numbers=True, threshold=threshold)
    known = {place: int(text) for place, text in shown.items() if text != KEPT}
    assert not any(0 < number <= threshold for number in known.values())
    groups = range(len(counts))
    most = max(sum(group) for group in counts) + 1
    options = [[each for each in columns_of(3, most) if fits(each, f"g{g}", known)] for g in groups]
    kept = [(row, g) for g in groups for row in range(3) if (f"p{row}", f"g{g}") not in known]
    values: dict[tuple[int, int], set[int]] = {place: set() for place in kept}
    for columns in product(*options):
        every = tuple(map(sum, zip(*columns, strict=True)))
        if fits(every, "total", known):
            for row, g in kept:
                values[row, g].add(columns[g][row])
    assert all(len(found) > 1 for (row, g), found in values.items() if counts[g][row])


def fits(column: tuple[int, ...], name: str, known: dict[tuple[str, str], int]) -> bool:
    """Whether a column may be the one that was released under this name."""
    cells = all(known.get((f"p{row}", name), count) == count for row, count in enumerate(column))
    return cells and known.get(("total", name), sum(column)) == sum(column)


@settings(deadline=None, max_examples=60)
@given(st.tuples(*(st.integers(0, 5),) * 3), st.integers(0, 2), st.booleans(), st.sampled_from((3, 5)))
def test_nor_from_the_table_before_and_the_one_after_one_more_interview(
    before: tuple[int, ...], position: int, numbers: bool, threshold: int
) -> None:
    """Every group that reads so before, and so after one more person of it, wherever she stands."""
    after = tuple(count + (row == position) for row, count in enumerate(before))
    how = (numbers, threshold)
    seen = read(before, *how), read(after, *how)
    values: dict[tuple[int, int], set[int]] = {(row, when): set() for row in range(3) for when in (0, 1)}
    for candidate in columns_of(3, sum(before) + 4):
        if read(candidate, *how) != seen[0]:
            continue
        for new in range(3):
            later = tuple(count + (row == new) for row, count in enumerate(candidate))
            if read(later, *how) == seen[1]:
                for row in range(3):
                    values[row, 0].add(candidate[row])
                    values[row, 1].add(later[row])
    for when, counts in enumerate((before, after)):
        for row, count in enumerate(counts):
            if 0 < count < threshold:
                assert seen[when].get((f"p{row}", "g0"), KEPT) in (KEPT, SMALL)
                assert len(values[row, when]) > 1


@cache
def read(group: tuple[int, ...], numbers: bool, threshold: int) -> dict[tuple[str, str], str]:
    """What can be read where another group's numbers are known besides."""
    return released((group, (4, 4, 4)), numbers=numbers, threshold=threshold)


def test_words_are_given_without_numbers_and_one_person_is_never_told() -> None:
    shown = released(((7, 1, 0), (4, 4, 4)))
    assert [shown[f"p{row}", "g0"] for row in range(3)] == ["most or all", SMALL, SMALL]
    assert [shown[f"p{row}", "g1"] for row in range(3)] == [SMALL, SMALL, SMALL]
    assert not any(text.isdigit() for text in shown.values())
    assert released(((8, 0, 0), (4, 4, 4))) == released(((7, 1, 0), (4, 4, 4)))


def test_a_group_of_too_few_is_kept_back_whole_and_all_persons_with_it() -> None:
    shown = released(((1, 1, 0), (4, 4, 4)))
    for row in range(3):
        assert shown[f"p{row}", "g0"] == KEPT
        assert shown[f"p{row}", "g1"] == SMALL
    numbers = released(((1, 1, 0), (4, 4, 4)), numbers=True)
    assert [numbers[row, "g0"] for row in ("p0", "p1", "p2", "total")] == [KEPT] * 4
    assert released(((1, 1, 0), (2, 0, 0))) == {}


def test_numbers_leave_where_they_are_asked_for_and_large_enough() -> None:
    shown = released(((5, 3, 0, 1), (4, 4, 4, 4)), numbers=True)
    assert [shown[f"p{row}", "g0"] for row in range(4)] == ["5", KEPT, KEPT, KEPT]
    assert [shown[f"p{row}", "g1"] for row in range(4)] == ["4"] * 4
    assert (shown["total", "g0"], shown["total", "g1"]) == ("9", KEPT)
    assert {group for _, group in shown} == {"g0", "g1"}
    stricter = released(((5, 3, 0, 1), (4, 4, 4, 6)), numbers=True, threshold=5)
    assert {place: text for place, text in stricter.items() if text != KEPT} == {
        ("total", "g0"): "9",
        ("p3", "g1"): "6",
        ("total", "g1"): "18",
    }
    with pytest.raises(FindingsError, match="3 or 5"):
        Terms(scale(), 2)


def test_facts_leave_by_item_as_they_are_and_without_who_said_them() -> None:
    world = World()
    for code, low in (("CIC-01", 10), ("CIC-02", 30)):
        held = world.interviewed(code)
        world.response(held, "own_time", value={"membership": {"low": low, "high": low + 5}})
        world.response(held, "missions", value=2)
        world.response(held, "oversight", value=3)
    world.interview(world.person("CIC-03"), given=False)
    said = CIC.to_dict()
    for item in said["sections"][0]["items"]:
        if item["id"] == "own_time":
            item["release"] = True
    evidence = world.evidence(guides={"cic": Guide.model_validate(said), "dfa": DFA})
    items = released_items(evidence)
    assert items == {"cic:own_time"}
    for what in WHATS:
        for complete in tabulate(evidence, what, by="reporting_group"):
            left = release_facts(complete, items, "en")
            assert (left is not None) == (complete.question == "cic:own_time")
            if left is not None:
                assert left.grid() == complete.grid()
                assert left.cells["membership@total", "sum"].text == "~45"
                assert left.notes == ["~ : an estimate is in it; a range counts by its midpoint."]
                assert not any(cell.persons or cell.responses for cell in left.cells.values())


def rated(counts: Counts) -> World:
    """As many raters of each group at each of four points as are counted."""
    world = World()
    for group, of_group in zip(("CIC", "IOM"), counts, strict=True):
        for point, times in enumerate(of_group, start=1):
            for n in range(times):
                person = world.person(f"{group}-{point}{n}")
                held = world.interview(person)
                world.interviews[-1] = world.interviews[-1].model_copy(update={"guide": "cic"})
                world.response(held, "oversight", value=point)
                world.response(held, "bodies", value={"council": point, "scbf": 5 - point})
    return world


four = st.tuples(*(st.integers(0, 5),) * 4)


@settings(deadline=None, max_examples=40)
@given(st.tuples(four, four), st.sampled_from((3, 5)))
def test_ratings_leave_in_the_words_that_positions_leave_in_and_in_no_numbers(
    counts: Counts, threshold: int
) -> None:
    positions = release_positions(table(counts), Terms(scale(), threshold))
    words = (
        {}
        if positions is None
        else {(place[1], place[0]): cell.text for place, cell in positions.cells.items() if cell.text != KEPT}
    )
    in_numbers = Terms(scale(), threshold, numbers=True)
    evidence = rated(counts).evidence()
    tables = {each.question: each for each in tabulate(evidence, "ratings", by="reporting_group")}
    for item, about in (("oversight", ""), ("bodies", "council@")):
        complete = tables.get(f"cic:{item}")
        left = complete and release_ratings(complete, Terms(scale(), threshold), GUIDES)
        told = left.cells if left else {}
        expected = {
            (f"{about}reporting_group={('CIC', 'IOM')[int(group[1])]}", str(int(point[1]) + 1)): text
            for (group, point), text in words.items()
        }
        found = {place: cell.text for place, cell in told.items() if place[0].startswith(about + "rep")}
        assert found == expected
        assert not any(cell.persons or cell.responses or cell.value or cell.n for cell in told.values())
        assert complete is None or release_ratings(complete, in_numbers, GUIDES) is None


def test_of_other_tables_nothing_leaves_as_ratings() -> None:
    world = rated(((6, 6, 6, 6), (0, 0, 0, 0)))
    for number, person in enumerate(world.respondents):
        world.response(f"i-{person.id}", "order", value=[["forum"], ["savings"]][: number % 3])
    for what in WHATS:
        for complete in tabulate(world.evidence(), what, by="reporting_group"):
            if complete.question not in ("cic:oversight", "cic:bodies"):
                assert release_ratings(complete, Terms(scale()), GUIDES) is None


def test_ratings_stay_where_their_guide_tells_more_than_the_reporting_group() -> None:
    world = World()
    for code in [f"{group}-{number}" for group in ("CIC", "DFA") for number in range(9)]:
        world.response(world.interviewed(code), "oversight", value=4)
    evidence = world.evidence()
    nameable = nameable_guides(evidence)
    assert nameable == {"cic"}
    left = [
        table.question
        for complete in tabulate(evidence, "ratings", by="reporting_group")
        if (table := release_ratings(complete, Terms(scale()), nameable)) is not None
    ]
    assert left == ["cic:oversight"]
