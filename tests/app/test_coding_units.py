"""Units of text, marks of passages, recent codes: what the Coding screen reckons with."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.records.codings import Coding
from fieldkit.tui.widgets.chart_cell import letters
from fieldkit.tui.widgets.coding_bench import Recent
from fieldkit.tui.widgets.coding_marks import Marked, passages_of
from fieldkit.tui.widgets.coding_units import beside, extended, is_edge, units, widened

FAMILY = "👩\u200d👩\u200d👧"
TEXTS = st.text(st.sampled_from("ab é.!? \n\u0301'[]«»\u200d👩🏽🇨🇦"), max_size=60)


def words(text: str, grain: str) -> list[str]:
    return [text[start:end] for start, end in units(text, grain)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "The Exec. Committee met. M. Roy said 1.5 m. was too much! Why?",
            ["The Exec. Committee met.", "M. Roy said 1.5 m. was too much!", "Why?"],
        ),
        (
            "« On arrive préparés ! » dit-elle. Vraiment\u00a0? « Oui. » Bon.",
            ["« On arrive préparés ! » dit-elle.", "Vraiment\u00a0?", "« Oui. »", "Bon."],
        ),
        ("1. It grew by 3. Why?\n2) No.", ["1. It grew by 3.", "Why?", "2) No."]),
        ("No full stop\nA second line. ", ["No full stop", "A second line."]),
        (
            "Selon M. Roy, p. ex., 1,5 % suffit. MM. Roy et C. Dubé, eux, non. Voir art. 3. Oui",
            [
                "Selon M. Roy, p. ex., 1,5 % suffit.",
                "MM. Roy et C. Dubé, eux, non.",
                "Voir art. 3.",
                "Oui",
            ],
        ),
        (
            "Le 3 sept. 2004, le S.G. Roy, c.-à-d. Ottawa, a dit « Non ! » Puis rien.",
            ["Le 3 sept. 2004, le S.G. Roy, c.-à-d. Ottawa, a dit « Non ! »", "Puis rien."],
        ),
        (
            "She said no. Dr. Lee, p.\u00a0ex. Bern, left.",
            ["She said no.", "Dr. Lee, p.\u00a0ex. Bern, left."],
        ),
        ("Etc. and so on…  Then (it ended.) Yes", ["Etc. and so on…", "Then (it ended.)", "Yes"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert words(text, "sentence") == sentences


def test_words_leave_punctuation_out_and_keep_what_belongs_to_them() -> None:
    assert words(f"« L’État-major », [sic] 10\u202f% {FAMILY}!", "word") == [
        "L’État-major",
        "sic",
        "10",
        FAMILY,
    ]


def test_a_number_is_one_word_in_both_languages() -> None:
    assert words("1,5 de 1\u202f200\u00a0000 $, or 1,200.50", "word") == [
        "1,5",
        "de",
        "1\u202f200\u00a0000",
        "$",
        "or",
        "1,200.50",
    ]


@given(TEXTS, st.sampled_from(["word", "sentence", "paragraph"]), st.data())
def test_what_is_beside_a_passage_is_the_same_however_little_is_looked_at(
    text: str, grain: str, data: st.DataObject
) -> None:
    every = units(text, grain)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("fieldkit.tui.widgets.coding_units._REACH", 1)
        following = beside(text, grain, (start, end), 1)
        before = beside(text, grain, (start, end), -1)
        grown = extended(text, (start, end), "end", grain, 1)
        begun = extended(text, (start, end), "start", grain, -1)
    assert following == min((s for s in every if (s[0], -s[1]) > (start, -end)), default=None)
    assert before == max((s for s in every if s[0] < start), default=None)
    assert grown == (start, min((s[1] for s in every if s[1] > end), default=end))
    assert begun == (max((s[0] for s in every if s[0] < start), default=start), end)


@given(TEXTS, st.sampled_from(["word", "sentence", "paragraph"]))
def test_units_are_in_order_apart_and_not_blank(text: str, grain: str) -> None:
    spans = units(text, grain)
    assert all(text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "\n" not in "".join(text[start:end] for start, end in spans)


@given(TEXTS)
def test_widening_goes_on_to_the_whole_response(text: str) -> None:
    passage = widened(text, None)
    for _ in range(4):
        if passage is None:
            return
        wider = widened(text, passage)
        assert wider is None or (wider[0] <= passage[0] and passage[1] <= wider[1] and wider != passage)
        passage = wider
    assert passage is None


@given(TEXTS, st.data())
def test_an_end_that_moves_on_and_back_leaves_a_passage(text: str, data: st.DataObject) -> None:
    passage = beside(text, "word", None, 1)
    if passage is None:
        return
    moves = st.tuples(
        st.sampled_from(["start", "end"]),
        st.sampled_from(["character", "word", "sentence"]),
        st.sampled_from([1, -1]),
    )
    for side, grain, direction in data.draw(st.lists(moves, max_size=6)):
        passage = extended(text, passage, side, grain, direction)
        assert 0 <= passage[0] < passage[1] <= len(text)


def test_a_letter_more_takes_all_that_is_drawn_as_one() -> None:
    text = f"a{FAMILY}\U0001f1e8\U0001f1e6e\u0301z"
    passage = (0, 1)
    grown = []
    for _ in range(4):
        passage = extended(text, passage, "end", "character", 1)
        grown.append(text[: passage[1]])
    assert grown == [text[:6], text[:8], text[:10], text]
    assert [at for at in range(len(text) + 1) if is_edge(text, at)] == [0, 1, 6, 8, 10, 11]


def test_a_letter_more_passes_a_line_break_that_cannot_be_seen() -> None:
    assert extended("One\ntwo", (0, 3), "end", "character", 1) == (0, 5)
    assert extended("One\ntwo", (0, 5), "end", "character", -1) == (0, 3)
    assert extended("One\ntwo", (4, 7), "start", "character", -1) == (2, 7)


def coding(start: int, end: int, quote: str, code: str = "council") -> Coding:
    return Coding(id=f"{code}{start}-{end}", response="r", code=code, start=start, end=end, quote=quote)


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=5)


@given(st.text(st.sampled_from("ab \n"), min_size=12, max_size=12), SPANS)
def test_marks_take_nothing_away_and_say_where_each_passage_is(text: str, spans: list[list[int]]) -> None:
    passages = passages_of(text, [coding(start, end, text[start:end]) for start, end in spans])
    marked = Marked(text, passages)
    signs = {at for first, last in marked.signs for at in range(first, last)}
    assert "".join(character for at, character in enumerate(marked.shown) if at not in signs) == text
    for passage in passages:
        if passage.place == "words":
            first, last = marked.stretch(passage.start, passage.end)
            bare = "".join(marked.shown[at] for at in range(first, last) if at not in signs)
            assert bare == text[passage.start : passage.end]
            covering = sum(
                each.place == "words" and each.start <= passage.start < each.end for each in passages
            )
            assert next(depth for a, b, depth in marked.coded if a <= first < b) == covering


def test_overlapping_passages_are_told_apart_by_numbers() -> None:
    text = "The Council met in June."
    passages = passages_of(text, [coding(4, 15, text[4:15]), coding(12, 23, text[12:23], "scbf")])
    assert Marked(text, passages).shown == "The [¹Council [²met¹] in June²]."


def test_a_passage_whose_words_have_changed_is_not_marked_somewhere_else() -> None:
    (passage,) = passages_of("The Council met.", [coding(4, 11, "council")])
    assert passage.place == "lost"
    assert Marked("The Council met.", [passage]).shown == "The Council met."


def test_recent_codes_keep_their_digits() -> None:
    recent = Recent()
    for number in range(9):
        recent.use(f"code-{number}")
    recent.use("code-0")
    recent.use("new")
    assert recent.on("1") == "code-0"
    assert recent.on("2") == "new"
    assert recent.on("3") == "code-2"
    assert recent.on("0") is None


def test_bases_get_letters_of_their_own() -> None:
    assert letters(["first-hand", "second-hand", "opinion"]) == ["f", "s", "o"]
    assert letters(["aa", "ab", "a"]) == ["a", "b", ""]
