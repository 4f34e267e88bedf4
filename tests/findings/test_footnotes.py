"""What every table says of itself: its denominator, its moment, and what is not settled or not coded."""

from __future__ import annotations

from fieldkit.findings.tabulate import WHATS, tabulate
from tests.findings.world import World


def made() -> World:
    """Three answers in words, of two persons in two interviews, and one of them coded; two values alone."""
    world = World()
    first, second = world.interviewed("CIC-01"), world.interviewed("CIC-02")
    world.code(world.response(first, "change", "The Council is slow."), "council", "1.4b")
    world.response(first, "worth", "It is worth it.")
    world.response(second, "worth", "It is not.")
    world.response(second, "oversight", value=3)
    world.response(second, "change", "No time.", disposition="not asked")
    world.position("CIC-01", "1.1", "favourable")
    world.response(first, "missions", value=2)
    return world


def test_answers_in_words_that_nobody_coded_are_counted_with_their_persons_and_interviews() -> None:
    world = made()
    told = "Answers with words that nobody has coded: 2 (persons: 2; interviews: 2)."
    for what in ("codes", "coverage"):
        *_, table = tabulate(world.evidence(), what)
        assert told in table.notes
    assert told not in tabulate(world.evidence(), "positions")[0].notes
    world.consent("i-CIC-02", "CIC-02", given=False)
    persons, _ = tabulate(world.evidence(), "codes")
    assert "Answers with words that nobody has coded: 1 (persons: 1; interviews: 1)." in persons.notes
    world.code("i-CIC-01:worth", "costs", "3.3")
    persons, _ = tabulate(world.evidence(), "codes")
    assert not any("nobody has coded" in note for note in persons.notes)


def test_every_kind_of_table_tells_its_moment_and_what_is_not_settled() -> None:
    conflicts = frozenset({("chart", "a"), ("responses", "b")})
    evidence = made().evidence(as_of="2005-03-01T14:05:59.123Z", conflicts=conflicts)
    for what in WHATS:
        table = tabulate(evidence, what)[-1]
        assert table.denominator.endswith("; as recorded by 2005-03-01T14:05Z")
        assert table.to_json()["as_of"] == "2005-03-01T14:05:59.123Z"
        assert any(
            note.startswith("Records changed on two laptops") and note.endswith(" 2.") for note in table.notes
        )


def test_where_no_moment_is_known_none_is_told() -> None:
    table = tabulate(made().evidence(), "positions")[0]
    assert table.as_of is None
    assert table.denominator == "n = persons whose position is charted and not disputed"
