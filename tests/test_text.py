"""Text keeps every word, and shows none of its characters as a command to the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.text import fold, normalise, visible, visible_line

ANY_TEXT = st.text(st.characters(), max_size=60)
TROUBLE = st.text(
    st.sampled_from("ae\u0301\u0327\u0308\r\n\x0b\x85\u2028 \ud800\udc00\u1100\u1161\u11a8\u0344"),
    max_size=20,
)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("une re\u0301ponse", "une réponse"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("« Oui\u00a0! » dit-il\u202f; [sic]", "« Oui\u00a0! » dit-il\u202f; [sic]"),
        ("\x1b[31mred\x00", "\x1b[31mred\x00"),
    ],
)
def test_the_stored_form(raw: str, stored: str) -> None:
    assert normalise(raw).text == stored


def test_each_change_is_reported_with_its_place() -> None:
    changes = normalise("ok e\u0301\r\nx\r\ny \ud800").changes
    assert [(change.kind, change.offset, change.count) for change in changes] == [
        ("composed", 3, 1),
        ("newline", 5, 2),
        ("surrogate", 12, 1),
    ]


def test_text_that_is_already_in_form_reports_nothing() -> None:
    assert normalise("« déjà vu » — élève\n").changes == ()


@given(ANY_TEXT | TROUBLE)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(ANY_TEXT | TROUBLE)
def test_offsets_lead_from_the_original_to_the_stored_text(text: str) -> None:
    result = normalise(text)
    assert len(result.offsets) == len(text) + 1
    assert result.offsets[0] == 0
    assert result.offsets[-1] == len(result.text)
    assert result.offsets == sorted(result.offsets)


@given(
    st.text("ab é\u0301\r\n", max_size=12),
    st.text("xyz", min_size=1, max_size=5),
    st.text("é\r\n", max_size=9),
)
def test_a_passage_keeps_its_words_under_the_map(before: str, passage: str, after: str) -> None:
    result = normalise(before + passage + after)
    start, end = result.offsets[len(before)], result.offsets[len(before) + len(passage)]
    assert result.text[start:end] == passage


def test_the_map_of_offsets_counts_every_character() -> None:
    result = normalise("\r\ne\u0301 \ud800\u0344x\r\n")
    assert result.text == "\né \ufffd\u0308\u0301x\n"
    assert result.offsets == [0, 1, 1, 2, 2, 3, 6, 6, 7, 8, 8]


@pytest.mark.parametrize("base", ["e", "\u0301", "≠", "\u1100\u1161", "\n"])
def test_a_letter_with_very_many_accents_is_stored_as_unicode_has_it(base: str) -> None:
    text = f"a{base}" + "\u0344\u0301\u0327\u0316\u05b0" * 40 + "≠\u0338\u0316" * 40 + "b"
    assert normalise(text).text == unicodedata.normalize("NFC", text)
    assert fold(text + "É") == fold(f"a{base}" + "≠" * 40 + "be")


def test_hundreds_of_thousands_of_accents_on_one_letter_are_taken_in() -> None:
    # Sorted as Python sorts them, they would take minutes.
    text = "a" + "\u0301\u0316" * 200_000
    assert normalise(text).text == "á" + "\u0316" * 200_000 + "\u0301" * 199_999
    assert fold(text) == "a"


@given(ANY_TEXT)
def test_shown_text_holds_nothing_a_terminal_acts_on(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    for character in shown:
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not set(visible_line(text)) & set("\n\t")


def test_controls_become_symbols_and_words_stay() -> None:
    assert visible("\x1b]52;c;x\x07 [/] é\u00a0!") == "␛]52;c;x␇ [/] é\u00a0!"
    assert visible_line("a\nb\tc\x9b") == "a↵b c␦"
    assert visible("family 👨\u200d👩") == "family 👨\u200d👩"


def test_searching_ignores_case_and_accents() -> None:
    assert fold("ÉTABLI à l'œuvre") == fold("etabli a l'œuvre")
