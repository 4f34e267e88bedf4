"""Giving values by keys: what the keys of each item type store."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.protocol.items import (
    Choice,
    DateItem,
    GridItem,
    MultipleItem,
    NumberItem,
    PercentItem,
    RankItem,
    ScaleItem,
    ScalePoint,
    SingleItem,
    TextItem,
    YearItem,
)
from fieldkit.protocol.texts import Text
from fieldkit.protocol.values import check_value
from fieldkit.tui.widgets.phrases import choice_labels
from fieldkit.tui.widgets.value_form import ValueForm
from fieldkit.tui.widgets.values import FORMS, value_form

WORDS = Text.model_validate({"en": "How much [so far]?", "fr": "Combien [jusqu’ici] ?"})


def choices(count: int) -> list[Choice]:
    return [
        Choice(id=f"c{number}", text=Text.model_validate({"en": f"Choice {number}"}))
        for number in range(count)
    ]


SCALE = [
    ScalePoint(value=number, text=Text.model_validate({"en": f"Point {number}", "fr": f"Degré {number}"}))
    for number in range(1, 6)
]
ITEMS = {
    "single": SingleItem(id="a", text=WORDS, type="single", choices=choices(3), other=True),
    "multiple": MultipleItem(id="a", text=WORDS, type="multiple", choices=choices(9), other=True),
    "scale": ScaleItem(id="a", text=WORDS, type="scale", scale=SCALE),
    "grid": GridItem(id="a", text=WORDS, type="grid", rows=choices(3), cell="scale", scale=SCALE),
    "grid of percentages": GridItem(id="a", text=WORDS, type="grid", rows=choices(2), cell="percent"),
    "grid of choices": GridItem(
        id="a", text=WORDS, type="grid", rows=choices(2), cell="single", choices=choices(4)
    ),
    "grid of numbers": GridItem(id="a", text=WORDS, type="grid", rows=choices(2), cell="number", maximum=9),
    "number": NumberItem(id="a", text=WORDS, type="number", minimum=0, maximum=50),
    "percent": PercentItem(id="a", text=WORDS, type="percent"),
    "date": DateItem(id="a", text=WORDS, type="date"),
    "year": YearItem(id="a", text=WORDS, type="year", minimum=1951, maximum=2005),
    "rank": RankItem(id="a", text=WORDS, type="rank", choices=choices(3)),
}
NAMES = {" ": "space", "\n": "enter", "⌫": "backspace", "↓": "down", "↑": "up", "←": "left", "→": "right"}


def form_of(kind: str, value=None) -> ValueForm:
    form = value_form(ITEMS[kind], value, "en")
    assert form is not None
    return form


def press(form: ValueForm, keys: str) -> list[bool]:
    """Press keys: characters, and as in NAMES space, Enter (newline), Backspace and arrows."""
    return [form.take(NAMES.get(key, key), None if key in "⌫\n↓↑←→" else key) for key in keys]


@pytest.mark.parametrize(
    ("kind", "keys", "value"),
    [
        ("single", "2", "c1"),
        ("single", "21", "c0"),
        ("single", "22", None),
        ("single", "↓↓\n", "c2"),
        ("single", "2\n\n", "c1"),
        ("multiple", "2\n", ["c1"]),
        ("single", "4the archive\n", {"other": "the archive"}),
        ("multiple", "31", ["c0", "c2"]),
        ("multiple", "131", ["c2"]),
        ("multiple", "0102", ["c7", "c8"]),
        ("multiple", "103l’été, 3 jours\n", ["c0", {"other": "l’été, 3 jours"}]),
        ("multiple", "1⌫", None),
        ("scale", "4", 4),
        ("scale", "45", 5),
        ("scale", "4⌫", None),
        ("scale", "↓↓ ", 3),
        ("grid", "345", {"c0": 3, "c1": 4, "c2": 5}),
        ("grid", "3↓5", {"c0": 3, "c2": 5}),
        ("grid", "34↑↑⌫", {"c1": 4}),
        ("grid", "→→↓←", {"c0": 2, "c1": 5}),
        ("grid", "→←←↓5→", {"c0": 1, "c1": 5, "c2": 1}),
        ("grid of choices", "→→↓←←", {"c0": "c1", "c1": "c2"}),
        (
            "grid of percentages",
            "70\n10-15\n",
            {
                "c0": {"low": 70, "high": 70, "estimate": False},
                "c1": {"low": 10, "high": 15, "estimate": True},
            },
        ),
        ("grid of choices", "42", {"c0": "c3", "c1": "c1"}),
        ("grid of numbers", "7↓12\n", {"c0": 7, "c1": 12}),
        ("number", "1200\n", 1200),
        ("number", "2.5\n", 2.5),
        ("number", "12\n⌫", None),
        ("percent", "10-15\n", {"low": 10, "high": 15, "estimate": True}),
        ("percent", "~12\n", {"low": 12, "high": 12, "estimate": True}),
        ("percent", "30\n", {"low": 30, "high": 30, "estimate": False}),
        ("date", "2005-06-30\n", "2005-06-30"),
        ("date", "1951\n", "1951"),
        ("year", "1990\n", 1990),
        ("rank", "312", [["c2"], ["c0"], ["c1"]]),
        ("rank", "3=12", [["c2", "c0"], ["c1"]]),
        ("rank", "31⌫", [["c2"]]),
        ("rank", "-", []),
        ("rank", "1⌫", None),
    ],
)
def test_keys_give_values(kind: str, keys: str, value) -> None:
    form = form_of(kind)
    assert all(press(form, keys))
    assert form.finish() is None
    assert form.value == value
    assert not check_value(ITEMS[kind], form.value)


@pytest.mark.parametrize("kind", ["single", "multiple", "scale", "grid", "rank"])
def test_eight_and_nine_mean_the_same_everywhere(kind: str) -> None:
    form = form_of(kind)
    press(form, "8")
    assert (form.value, form.disposition) == (None, "don't know")
    press(form, "9")
    assert form.disposition == "not applicable"
    press(form, "9")
    assert form.disposition is None
    press(form, "91")
    assert form.disposition is None
    assert form.value is not None


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("scale", "58⌫"),
        ("scale", "588"),
        ("scale", "589⌫"),
        ("single", "28⌫"),
        ("multiple", "129⌫"),
        ("rank", "3=128⌫"),
        ("rank", "3=12-⌫"),
        ("rank", "3=12-8⌫"),
    ],
)
def test_what_don_t_know_or_none_took_the_place_of_comes_back(kind: str, keys: str) -> None:
    form, before = form_of(kind), form_of(kind)
    press(form, keys)
    press(before, keys.rstrip("89-⌫"))
    assert form.value == before.value is not None
    assert form.disposition is None


def test_what_is_chosen_anew_is_not_undone_to_what_was_before() -> None:
    form = form_of("scale")
    press(form, "58")
    assert str(form.remark).startswith("Put aside, Backspace brings it back: ")
    press(form, "3⌫")
    assert form.value is None


def test_a_choice_that_excludes_the_others_is_chosen_alone() -> None:
    alone = Choice(id="none", text=WORDS, exclusive=True)
    item = MultipleItem(id="a", text=WORDS, type="multiple", choices=[*choices(2), alone], other=True)
    form = value_form(item, None, "en")
    assert form is not None
    for keys, value in (
        ("12", ["c0", "c1"]),
        ("3", ["none"]),
        ("⌫", ["c0", "c1"]),
        ("3", ["none"]),
        ("2", ["c1"]),
        ("3", ["none"]),
        ("4Sitka\n", [{"other": "Sitka"}]),
        ("3", ["none"]),
        ("3", None),
    ):
        press(form, keys)
        assert form.value == value
        assert not check_value(item, form.value)
    assert "choose it alone" in check_value(item, ["c0", "none"])[0]


def test_eight_does_not_empty_a_grid_that_has_answers() -> None:
    form = form_of("grid")
    press(form, "38")
    assert (form.value, form.disposition) == ({"c0": 3}, None)
    assert "empty its rows first" in str(form.remark)


def test_the_row_being_asked_is_shown_in_full() -> None:
    """It is read out; the other rows are cut to a line each."""
    names = ["the informal consultations and briefings", "the working groups of the member states"]
    rows = [
        Choice(id=f"c{at}", text=Text.model_validate({"en": name, "fr": name}))
        for at, name in enumerate(names)
    ]
    form = value_form(GridItem(id="a", text=WORDS, type="grid", rows=rows, cell="percent"), None, "en")
    assert form is not None
    for name in names:
        shown = [line.plain for line in form.lines(40)]
        assert set(name.split()) <= set(" ".join(shown).split())
        assert all(len(line) <= 40 for line in shown)
        press(form, "5\n")


@pytest.mark.parametrize("kind", list(ITEMS))
@pytest.mark.parametrize("letter", ["e", "É", "«", "[", "字"])
def test_letters_are_left_for_the_notes(kind: str, letter: str) -> None:
    form = form_of(kind)
    assert press(form, letter) == [False]
    assert (form.value, form.disposition) == (None, None)


def test_a_soft_limit_warns_and_keeps() -> None:
    form = form_of("year")
    press(form, "1900\n")
    assert form.value == 1900
    assert form.remark == "1900 is under 1951, the least expected"
    form = form_of("grid of percentages")
    press(form, "80\n40\n")
    assert form.remark == "the rows add up to at least 120%"


def test_what_is_no_value_is_told_and_given_back_at_the_end() -> None:
    form = form_of("percent")
    press(form, "10-\n")
    assert form.value is None
    assert "10-15" in str(form.remark)
    assert form.finish() == "10-"
    grid = form_of("grid of percentages")
    press(grid, "10-")
    assert grid.finish() == "Choice 0: 10-"
    assert grid.finish() is None


def test_a_moments_rest_gives_what_reads_as_a_value_and_typing_goes_on() -> None:
    form = form_of("percent")
    press(form, "10")
    form.settle()
    assert form.value["high"] == 10
    press(form, "-15")
    form.settle()
    assert form.value["high"] == 15


def test_settling_does_not_bring_back_what_was_taken_back() -> None:
    form = form_of("number")
    press(form, "12\n⌫")
    form.settle()
    assert form.value is None


def test_choosing_in_another_order_is_the_same_answer() -> None:
    one, other = form_of("multiple"), form_of("multiple")
    press(one, "17")
    press(other, "71")
    assert one.value == other.value == ["c0", "c6"]


def test_other_without_words_is_not_kept() -> None:
    form = form_of("single", "c1")
    press(form, "4")
    assert form.finish() is None
    assert form.value == "c1"


def test_items_answered_in_words_have_no_form() -> None:
    assert value_form(TextItem(id="a", text=WORDS, type="text"), None, "en") is None
    assert set(FORMS) == {item.type for item in ITEMS.values()}


@given(st.integers(1, 60))
def test_no_label_begins_another(count: int) -> None:
    """So a choice needs no Enter; and 8 and 9 stay free."""
    labels = choice_labels(count)
    assert Counter(labels).most_common(1)[0][1] == 1
    assert not {"8", "9"} & set(labels)
    assert not [(a, b) for a in labels for b in labels if a != b and b.startswith(a)]


@pytest.mark.parametrize("kind", list(ITEMS))
@given(keys=st.lists(st.sampled_from("0123456789.-~= \n⌫↓↑"), max_size=12))
def test_no_keys_give_an_impossible_value(kind: str, keys: list[str]) -> None:
    form = form_of(kind)
    press(form, "".join(keys))
    form.finish()
    assert check_value(ITEMS[kind], form.value) == []
    assert form.value is None or form.disposition is None
    assert all(line.cell_length <= 76 for line in form.lines(76))


@pytest.mark.parametrize("kind", list(ITEMS))
def test_a_form_shows_what_is_stored(kind: str) -> None:
    """A form opened on a value that another one gave draws that value."""
    empty = form_of(kind)
    filled = form_of(kind)
    press(filled, "2005\n" if kind in ("date", "year") else "2\n")
    assert filled.value is not None
    again = form_of(kind, filled.value)
    drawn = "\n".join(line.plain for line in again.lines(76))
    assert drawn != "\n".join(line.plain for line in empty.lines(76))


def test_the_unit_stands_there_before_anything_is_typed() -> None:
    form = form_of("percent")
    assert form.lines(60)[0].plain.strip().startswith("____ %")
    press(form, "10-15")
    assert "10-15_ %" in form.lines(60)[0].plain


def test_a_point_of_a_scale_stays_with_its_label() -> None:
    form = form_of("grid")
    shown = [line.plain for line in form.lines(30)]
    for point in range(1, 6):
        assert any(f"{point} Point {point}" in line for line in shown)
