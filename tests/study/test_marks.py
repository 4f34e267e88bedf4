"""Marks at the start of a paragraph: what each says, and what stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.study.marks import Mark, Numbered, named_in, read_marks, with_mark, without_last_mark

NUMBERED = Numbered(
    probes={1: "first", 2: "second"},
    items={number: f"item_{number}" for number in range(1, 19) if number != 4},
    speakers={1: "ann", 2: "ben"},
)


@pytest.mark.parametrize(
    ("line", "marks", "rest"),
    [
        ("plain words", {}, "plain words"),
        ('"We were late', {"kind": "verbatim"}, "We were late"),
        ("« On était en retard", {"kind": "verbatim"}, "On était en retard"),
        ("«\u00a0On était", {"kind": "verbatim"}, "On était"),
        ("* looks tired", {"kind": "note"}, "looks tired"),
        ("!send the terms", {"follow_up": True}, "send the terms"),
        ("?2yes", {"probe": "second"}, "yes"),
        ("=9 and costs", {"also_answers": ["item_9"]}, "and costs"),
        ("=1 first", {"also_answers": ["item_1"]}, "first"),
        ("=12 twelfth", {"also_answers": ["item_12"]}, "twelfth"),
        ("=1=12 both", {"also_answers": ["item_1", "item_12"]}, "both"),
        ('&2"I said so', {"respondent": "ben", "kind": "verbatim"}, "I said so"),
        ('=1 "quoted', {"also_answers": ["item_1"], "kind": "verbatim"}, "quoted"),
        ("=9", {"also_answers": ["item_9"]}, ""),
        ("=1", {"also_answers": ["item_1"]}, ""),
        ('""quoted" by her', {}, '"quoted" by her'),
        ("**bold", {}, "*bold"),
        ("!!!", {}, "!!"),
        ("??", {}, "?"),
        ("== same", {}, "= same"),
        ('!""no', {"follow_up": True}, '"no'),
        ("? what of it", {}, "? what of it"),
        ("&c.", {}, "&c."),
        ("", {}, ""),
        ('said "so" =9', {}, 'said "so" =9'),
        ('"We were late"', {"kind": "verbatim"}, "We were late"),
        ("«\u00a0On était en retard\u00a0» ", {"kind": "verbatim"}, "On était en retard"),
        ("« Elle dit « oui » »", {"kind": "verbatim"}, "Elle dit « oui »"),
        ("« Elle dit « oui »", {"kind": "verbatim"}, "Elle dit « oui »"),
        ('"She said "no""', {"kind": "verbatim"}, 'She said "no"'),
        ('"She said "no"', {"kind": "verbatim"}, 'She said "no"'),
        ('"On dit « oui »', {"kind": "verbatim"}, "On dit « oui »"),
        ('"We were late" and more', {"kind": "verbatim"}, 'We were late" and more'),
        ('"late" ', {"kind": "verbatim"}, "late"),
        ('"late ', {"kind": "verbatim"}, "late "),
        ('* said "so"', {"kind": "note"}, 'said "so"'),
        ('"*late"', {"kind": "note"}, 'late"'),
        ("« »", {"kind": "verbatim"}, "»"),
        ("« « Oui », dit-elle »", {"kind": "verbatim"}, "« Oui », dit-elle"),
        ("* * two stars", {"kind": "note"}, "* two stars"),
        ("! =9 later", {"follow_up": True, "also_answers": ["item_9"]}, "later"),
    ],
)
def test_what_a_line_says(line: str, marks: dict[str, object], rest: str) -> None:
    assert read_marks(line, NUMBERED) == (marks, rest, [])


@pytest.mark.parametrize("line", ["?3 x", "=19 x", "=4 x", "&3x", "=0 x", "?07"])
def test_an_unknown_number_stays_text_and_is_told_of(line: str) -> None:
    marks, rest, remarks = read_marks(line, NUMBERED)
    assert (marks, rest) == ({}, line)
    assert "stays as text" in remarks[0]


@given(st.text(alphabet='"*!?=&0129 «\u00a0ab', max_size=12))
def test_no_word_is_lost(line: str) -> None:
    """What follows the marks is the end of the line, letter for letter, but for what closes a quotation."""
    marks, rest, _ = read_marks(line, NUMBERED)
    if not line.endswith(rest):
        assert marks["kind"] == "verbatim"
        assert line.rstrip(" \u00a0").removesuffix('"').rstrip(" \u00a0").endswith(rest)


@given(st.text(alphabet='ab"*', max_size=8))
def test_words_after_a_letter_are_never_read(words: str) -> None:
    assert read_marks(f"a{words}", NUMBERED) == ({}, f"a{words}", [])


def test_the_last_mark_is_taken_back_first() -> None:
    paragraph = {"kind": "paraphrase", "offset_s": 3.0}
    made = [paragraph]
    for mark in (Mark("respondent", "ben"), Mark("kind", "note"), Mark("also_answers", "x")):
        made.append(with_mark(made[-1], mark))
    made.append(with_mark(made[-1], Mark("also_answers", "y")))
    assert made[-1]["also_answers"] == ["x", "y"]
    for before in reversed(made[:-1]):
        taken = without_last_mark(made[-1])
        assert taken == before
        made[-1] = taken
    assert without_last_mark(paragraph) is None


def test_what_paragraphs_name() -> None:
    paragraphs = [{"probe": "a"}, {"also_answers": ["x", "y"]}, {"probe": "a", "also_answers": ["y"]}, {}]
    assert named_in(paragraphs, "probe") == ["a"]
    assert named_in(paragraphs, "also_answers") == ["x", "y"]
