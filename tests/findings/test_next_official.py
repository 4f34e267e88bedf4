"""Whom to see next, against cells filled by hand."""

from __future__ import annotations

from fieldkit.findings.coverage import coverage
from fieldkit.findings.next_official import NextOfficial, next_officials
from fieldkit.protocol.guide import Guide
from tests.findings.world import GUIDES, World, guide, item, text


def nexts(world: World, guides: dict[str, Guide] | None = None) -> tuple[NextOfficial, ...]:
    evidence = world.evidence(guides=guides or GUIDES)
    return next_officials(evidence, coverage(evidence))


def told(world: World, guides: dict[str, Guide] | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code, each.fills) for each in nexts(world, guides)]


def test_whoever_fills_the_most_empty_cells_comes_first() -> None:
    world = World()
    one = world.interviewed("CIC-01")
    world.response(one, "oversight", value=3)
    world.response(one, "change", "Fewer meetings.")
    for code in ("CIC-02", "DFA-02", "DFA-01"):
        world.person(code)
    # CIC lacks 3.3 only; DFA lacks 1.4 and 3.3, and is asked 1.1 only if involved.
    assert told(world) == [
        ("DFA-01", ("1.4", "3.3")),
        ("DFA-02", ("1.4", "3.3")),
        ("CIC-02", ("3.3",)),
    ]


def test_nobody_who_was_seen_or_said_no_is_suggested() -> None:
    world = World()
    world.interviewed("DFA-01")
    world.person("DFA-02", status="declined")
    world.person("DFA-03", status="interviewed")
    refused = world.interviewed("DFA-04")
    world.consent(refused, "DFA-04", given=False)
    world.person("DFA-05", status="invited")
    assert [code for code, _ in told(world)] == ["DFA-05"]


def test_a_group_that_answered_everything_needs_nobody() -> None:
    world = World()
    one = world.interviewed("DFA-01")
    world.response(one, "bodies", "They work.")
    world.response(one, "time", value={"low": 5, "high": 5, "estimate": False})
    world.person("DFA-02")
    assert told(world) == []


def test_a_cell_that_no_item_of_the_guide_serves_is_nobodys_to_fill() -> None:
    world = World()
    world.person("CIDA-01")
    world.person("IOM-01")
    assert told(world) == []


def test_where_her_place_answers_what_decides_only_what_she_would_be_asked_counts() -> None:
    places = [{"id": each, "text": text(each)} for each in ("headquarters", "geneva")]
    routed = guide(
        "cic",
        "CIC",
        [
            item("unit", "single", [], context=True, choices=places),
            item("oversight", "text", ["1.1"], relevant="${unit} = 'geneva'"),
            item("bodies", "text", ["1.4"], relevant="${unit} = 'geneva'"),
            item("worth", "text", ["3.3"]),
        ],
    )
    world = World()
    world.person("CIC-01", place="headquarters")
    world.person("CIC-02", place="geneva")
    world.person("CIC-03", place="manila")
    assert told(world, {"cic": routed}) == [
        ("CIC-02", ("1.1", "1.4", "3.3")),
        ("CIC-03", ("1.1", "1.4", "3.3")),
        ("CIC-01", ("3.3",)),
    ]
