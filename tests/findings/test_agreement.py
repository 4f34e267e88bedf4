"""Agreement between coders of a study, against figures worked out by hand."""

from __future__ import annotations

import pytest

from fieldkit.findings.agreement import agreement_tables
from fieldkit.findings.agreement_table import AgreementLine, AgreementTable
from fieldkit.findings.errors import FindingsError
from tests.findings.world import World

HUNDRED = "The Council is slow and the papers come late. " * 3
HUNDRED = HUNDRED[:99] + "."


def line(tables: list[AgreementTable], by: str, line_id: str) -> AgreementLine:
    (table,) = (table for table in tables if table.by == by)
    return next(line for line in table.lines if line.id == line_id)


def value(found: AgreementLine, measure: str) -> float | None:
    return found.figures[measure].value


def two_coders() -> World:
    """Ten persons on one item: AB and MT both gave the code to 3, neither to 5, one alone to 1 each."""
    world = World()
    for number in range(10):
        interview = world.interviewed(f"CIC-{number:02}")
        change = world.response(interview, "change", HUNDRED)
        world.response(interview, "worth", "Yes.")
        # Both have coded every interview: a code that both give shows it.
        for coder in ("AB", "MT"):
            world.code(f"{interview}:worth", "value", "3.3", coder=coder, end=4)
        if number < 4:
            world.code(change, "council", "1.4b", coder="AB", end=30)
        if number < 3 or number == 4:
            world.code(change, "council", "1.4b", coder="MT", start=10, end=40)
    return world


def test_passages_agree_by_the_characters_they_share() -> None:
    world = World()
    response = world.response(world.interviewed("CIC-01"), "change", HUNDRED)
    world.code(response, "council", "1.4b", coder="AB", start=0, end=30)
    world.code(response, "council", "1.4b", coder="MT", start=10, end=40)
    tables = agreement_tables(world.evidence(), unit="passage")
    found = line(tables, "code", "council")
    assert found.units == 100
    assert value(found, "percent") == pytest.approx(0.8)
    assert value(found, "cohen") == pytest.approx(0.524, abs=0.0005)


def test_a_passage_coded_twice_by_one_coder_counts_once() -> None:
    world = World()
    response = world.response(world.interviewed("CIC-01"), "change", HUNDRED)
    for start, end in ((0, 20), (5, 30)):
        world.code(response, "council", "1.4b", coder="AB", start=start, end=end)
    # A coding of a longer text that was later shortened ends where the text does.
    world.code(response, "council", "1.4b", coder="MT", start=10, end=40)
    world.code(response, "scbf", "1.4b", coder="MT", start=90, end=900)
    tables = agreement_tables(world.evidence(), unit="passage")
    assert value(line(tables, "code", "council"), "cohen") == pytest.approx(0.524, abs=0.0005)
    assert value(line(tables, "code", "scbf"), "percent") == pytest.approx(0.9)


def test_responses_agree_where_both_gave_the_code_or_neither_did() -> None:
    found = line(agreement_tables(two_coders().evidence()), "code", "council")
    # 20 responses, of which 3 both, 1 and 1 one alone, 15 neither: .9 against .04 + .64.
    assert (found.units, len(found.responses)) == (20, 20)
    assert value(found, "percent") == pytest.approx(0.9)
    assert value(found, "cohen") == pytest.approx((0.9 - 0.68) / 0.32)
    # For two coders with the same habits Fleiss' is the same, and alpha a little more.
    assert value(found, "fleiss") == pytest.approx((0.9 - 0.68) / 0.32)
    assert value(found, "alpha") == pytest.approx(1 - 39 * 4 / (2 * 8 * 32))
    assert value(found, "ac1") == pytest.approx((0.9 - 0.32) / 0.68)
    assert found.figures["cohen"].reading == "substantial"
    assert found.figures["alpha"].reading == "tentative"
    low, high = found.figures["cohen"].interval or (1, 0)
    assert low < 0.6875 < high


def test_an_evaluation_question_is_judged_on_the_responses_that_speak_to_it() -> None:
    tables = agreement_tables(two_coders().evidence())
    found = line(tables, "question", "1.4b")
    assert found.units == 10
    assert value(found, "cohen") == pytest.approx((0.8 - 0.52) / 0.48)
    assert value(line(tables, "question", "1.4"), "cohen") == value(found, "cohen")
    # Whoever chooses the units by the codings would find nothing that was left uncoded.
    assert line(tables, "question", "3.3").units == 10
    assert any(note.endswith("1.1, 1.4a.") for note in tables[-1].notes)


def test_all_codes_together_are_pooled_with_the_chance_of_each() -> None:
    found = line(agreement_tables(two_coders().evidence()), "coders", "AB+MT")
    # council: .9 against .68; value: 1 against .5.
    assert value(found, "cohen") == pytest.approx((0.95 - 0.59) / (1 - 0.59))


def test_what_was_agreed_afterwards_changes_nothing() -> None:
    world = two_coders()
    before = agreement_tables(world.evidence())
    for number in range(10):
        world.code(f"i-CIC-{number:02}:change", "council", "1.4b", layer="consensus", coder="MT")
    after = agreement_tables(world.evidence())
    assert [table.lines for table in after] == [table.lines for table in before]
    assert "Consensus codings, not compared: 10." in after[-1].notes


def test_where_all_used_one_value_it_is_undefined_and_said() -> None:
    world = World()
    response = world.response(world.interviewed("CIC-01"), "change", HUNDRED)
    world.code(response, "council", "1.4b", coder="AB")
    world.code(response, "council", "1.4b", coder="MT")
    tables = agreement_tables(world.evidence())
    found = line(tables, "code", "council")
    assert [value(found, each) for each in ("percent", "cohen", "fleiss", "alpha")] == [1.0, None, None, None]
    assert tables[1].grid()[1] == ["Council", "1", "100.0%", "undefined", "1.000", "undefined", "–", "–"]
    data = next(each for each in tables[1].to_json()["lines"][0]["figures"] if each["measure"] == "cohen")
    assert (data["value"], data["undefined"], data["interval"], data["reading"]) == (None, True, None, None)
    assert any(note.startswith("undefined: ") for note in tables[-1].notes)


def test_interviews_that_one_coder_alone_has_coded_are_not_compared() -> None:
    world = two_coders()
    extra = world.response(world.interviewed("CIC-50"), "change", HUNDRED)
    world.code(extra, "council", "1.4b", coder="AB")
    found = line(agreement_tables(world.evidence()), "code", "council")
    assert found.units == 20
    assert extra not in found.responses


def test_interviews_that_do_not_count_are_not_compared() -> None:
    world = two_coders()
    world.consent("i-CIC-00", "CIC-00", given=False)
    found = line(agreement_tables(world.evidence()), "code", "council")
    assert found.units == 18
    assert "i-CIC-00:change" not in found.responses


def test_three_coders_are_judged_together_and_in_pairs_on_what_each_pair_has_coded() -> None:
    world = two_coders()
    for number in range(4):
        world.code(f"i-CIC-{number:02}:change", "council", "1.4b", coder="ZZ")
    tables = agreement_tables(world.evidence())
    assert [each.id for each in tables[0].lines] == ["AB+MT+ZZ", "AB+MT", "AB+ZZ", "MT+ZZ"]
    everybody = tables[0].lines[0]
    assert "cohen" not in everybody.figures
    assert (everybody.units, line(tables, "coders", "AB+ZZ").units) == (20, 8)
    assert value(line(tables, "code", "council"), "percent") == pytest.approx(
        # 12 responses of two coders, 1 of them apart; 8 of three, 1 of them with one coder apart.
        (12 - 1 + 8 - 2 / 3) / 20
    )
    chosen = agreement_tables(world.evidence(), coders=["ZZ", "AB"])
    assert chosen[0].lines[0].coders == ("ZZ", "AB")
    assert len(chosen[0].lines) == 1
    # On change alike; value was given by AB alone, where ZZ has coded the same interviews.
    assert value(line(chosen, "code", "council"), "cohen") == 1.0
    assert value(line(chosen, "code", "value"), "cohen") == 0.0


def test_codings_without_words_count_in_responses_and_are_said_in_passages() -> None:
    world = two_coders()
    answer = world.response("i-CIC-00", "oversight", value=3)
    for coder in ("AB", "MT"):
        world.code(answer, "governance", "1.1", coder=coder, start=0, end=0)
    assert line(agreement_tables(world.evidence()), "code", "governance").figures["cohen"].value == 1.0
    passages = agreement_tables(world.evidence(), unit="passage")
    assert "governance" not in [each.id for each in passages[1].lines]
    assert "Codings of no words, not compared by passage: 2." in passages[-1].notes


def test_tables_read_in_french() -> None:
    tables = agreement_tables(two_coders().evidence(), language="fr")
    assert tables[0].title == "Accord entre codeurs"
    assert tables[1].lines[0].label == "Council (fr)"


@pytest.mark.parametrize(
    ("coders", "message"),
    [
        (["AB", "JL"], "no coder 'JL' has coded a response that counts: there are AB, MT"),
        (["AB", "AB"], "agreement needs two coders: AB alone has coded"),
    ],
)
def test_coders_who_cannot_be_compared_are_refused_in_one_line(coders: list[str], message: str) -> None:
    with pytest.raises(FindingsError, match=f"^{message}$"):
        agreement_tables(two_coders().evidence(), coders=coders)


def test_coders_of_different_interviews_have_nothing_to_agree_on() -> None:
    world = World()
    for coder, code in (("AB", "CIC-01"), ("MT", "CIC-02")):
        world.code(world.response(world.interviewed(code), "change", HUNDRED), "council", coder=coder)
    with pytest.raises(FindingsError, match="AB, MT have coded no interview in common"):
        agreement_tables(world.evidence())
    with pytest.raises(FindingsError, match="agreement needs two coders: nobody"):
        agreement_tables(World().evidence())
