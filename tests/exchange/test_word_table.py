"""Tables of Word documents: columns that hold their words, on a page as wide as it is."""

from __future__ import annotations

from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.exchange.word_table import table_xml
from fieldkit.exchange.word_xml import NAMESPACE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CELLS = st.text(alphabet="abAB 12–<&", max_size=40)


def made(heading: list[str], rows: list[list[str]]):  # type: ignore[no-untyped-def]  # an lxml element
    table = table_xml(heading, rows, name="A", style="T", cell="C")
    return parse_xml(table.replace("<w:tbl>", f"<w:tbl {NAMESPACE}>", 1))


def widths(table) -> list[int]:  # type: ignore[no-untyped-def]  # as above
    return [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]


@given(st.integers(2, 20).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1)))
def test_whatever_stands_in_a_table_it_is_as_wide_as_the_text_and_has_it_all(grid: list[list[str]]) -> None:
    heading, *rows = grid
    table = made(heading, rows)
    assert sum(widths(table)) == 9360
    assert min(widths(table)) > 0
    shown = [
        ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        for row in table.iter(f"{W}tr")
    ]
    assert shown == grid


def test_columns_of_figures_are_set_right_and_headings_without_room_upright() -> None:
    few = made(["", "CIC", "said"], [["Favourable", "12", "agrees (1 of 2)"], ["Mixed", "–", "silent"]])
    assert not list(few.iter(f"{W}textDirection"))
    _, first, _ = few.iter(f"{W}tr")
    set_right = [cell.find(f".//{W}jc") is not None for cell in first.iter(f"{W}tc")]
    assert set_right == [False, True, False]
    many = made(["", *["not applicable"] * 12], [["CIC", *"123456789012"]])
    assert len(list(many.iter(f"{W}textDirection"))) == 12
    # Figures keep the room that they need below.
    assert min(widths(many)[1:]) >= 400
