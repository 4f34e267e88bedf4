"""Coded words are found again by content on a later text, or marked: never shifted onto other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.records.anchors import Anchored, LaterText

WORDS = st.sampled_from(["yes", "no", "the", "Conseil", "tard", "👩‍💼", "1.4", "budget", "\n", ".", "late"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def place(before: str, quote: str, after: str, nth: int = 0) -> Anchored:
    start = -1
    for _ in range(nth + 1):
        start = before.index(quote, start + 1)
    return LaterText(before, after).place(start, start + len(quote), quote)


def words_of(found: Anchored, after: str) -> str:
    return after[found.start : found.end]


@given(TEXTS, st.text(min_size=1, max_size=12), TEXTS, TEXTS)
def test_what_comes_in_before_or_after_leaves_the_words(left: str, quote: str, right: str, new: str) -> None:
    before = left + quote + right
    start, end = len(left), len(left + quote)
    for after in (left + new + quote + right, new + before, before + new, left + quote + new + right):
        found = LaterText(before, after).place(start, end, quote)
        assert found.settled
        assert words_of(found, after) == quote


@given(TEXTS, TEXTS, st.text(min_size=1, max_size=12), TEXTS, TEXTS)
def test_what_goes_out_beside_them_leaves_the_words_or_asks(
    gone: str, left: str, quote: str, right: str, gone_too: str
) -> None:
    before = gone + left + quote + right + gone_too
    start = len(gone + left)
    for after in (left + quote + right + gone_too, gone + left + quote + right):
        found = LaterText(before, after).place(start, start + len(quote), quote)
        assert words_of(found, after) == quote
        assert found.settled or found.state == "ambiguous"


@given(TEXTS.filter(bool), TEXTS, st.data())
def test_whatever_was_edited_it_is_the_words_or_for_decision(
    before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    quote = before[start:end]
    found = LaterText(before, after).place(start, end, quote)
    assert 0 <= found.start <= found.end <= len(after)
    if found.settled or found.state == "ambiguous":
        assert words_of(found, after) == quote
        assert all(after[slice(*each)] == quote for each in found.candidates)
    if found.state == "exact":
        assert (found.start, found.end) == (start, end)
    if found.state == "lost":
        assert found.start == found.end
    assert LaterText(before, before).place(start, end, quote) == Anchored(start, end, "exact")


@given(st.lists(st.sampled_from(["Yes.", "No.", "Late again."]), min_size=1, max_size=6), st.data())
def test_of_like_paragraphs_the_marked_one_is_followed_or_asked_for(
    lines: list[str], data: st.DataObject
) -> None:
    which = data.draw(st.integers(0, len(lines) - 1))
    gone = data.draw(st.integers(0, len(lines) - 1))
    before = "\n".join(lines)
    start = sum(len(line) + 1 for line in lines[:which])
    after = "\n".join(lines[:gone] + lines[gone + 1 :])
    found = LaterText(before, after).place(start, start + len(lines[which]), lines[which])
    if which == gone:
        assert not found.settled or lines.count(lines[which]) > 1
        return
    kept = lines[:gone] + lines[gone + 1 :]
    at = sum(len(line) + 1 for line in kept[: which - (gone < which)])
    assert (found.start == at and found.settled) or (
        found.state == "ambiguous" and (at, at + len(lines[which])) in found.candidates
    )


def test_words_between_two_edits_are_found_by_what_stands_around_them() -> None:
    before = "He came late. The Council listens, he says. It meets in May."
    after = "He arrived very late. The Council listens, he says. It meets in early June."
    found = place(before, "The Council listens", after)
    assert (found.state, words_of(found, after)) == ("moved", "The Council listens")


def test_a_repeated_word_between_edits_is_told_by_its_context() -> None:
    before = "One: the papers came late.\nTwo: the minutes came late.\nThree: nothing."
    after = "1: the papers came late.\nTwo: the long minutes came late.\nIII: nothing at all."
    assert words_of(place(before, "came late", after), after) == "came late"
    first, second = place(before, "came late", after), place(before, "came late", after, nth=1)
    assert (first.state, second.state) == ("moved", "moved")
    assert first.start < second.start


def test_an_edit_inside_widens_or_shrinks_the_passage_and_says_so() -> None:
    before = "They say the Council meets twice a year in Geneva, no more."
    longer = "They say the Council meets formally twice every year in Geneva, no more."
    shorter = "They say the Council meets in Geneva, no more."
    quote = "the Council meets twice a year"
    found = place(before, quote, longer)
    assert (found.state, words_of(found, longer)) == (
        "changed",
        "the Council meets formally twice every year",
    )
    found = place(before, quote, shorter)
    assert (found.state, words_of(found, shorter)) == ("changed", "the Council meets")


def test_an_edited_first_and_last_word_stay_in_the_passage() -> None:
    before = "It is so. Members oversee the budget. That is all."
    after = "It is so. Some members oversee the budgets. That is all."
    found = place(before, "Members oversee the budget", after)
    assert (found.state, words_of(found, after)) == ("changed", "Some members oversee the budgets")


def test_words_that_are_gone_are_lost_and_not_given_to_others() -> None:
    before = "The Council is slow.\nThe overhead is too high for us.\nNothing else."
    after = "The Council is slow.\nHe would rather not say.\nNothing else."
    found = place(before, "overhead is too high", after)
    assert (found.state, found.start, found.end) == ("lost", found.start, found.start)


def test_a_word_deleted_here_is_not_found_where_it_stood_all_along() -> None:
    before = "The Council is slow. Nobody knows why. The budget is late, says the Council."
    after = "It is slow. Nobody knows why. The budget is late, says the Council."
    assert place(before, "Council", after).state == "lost"
    assert place(before, "Council", after, nth=1).state == "moved"


def test_one_of_two_like_paragraphs_gone_is_for_a_person_to_decide() -> None:
    found = place("Yes.\nYes.", "Yes.", "Yes.")
    assert (found.state, found.candidates) == ("ambiguous", ((0, 4),))


def test_without_the_text_it_was_made_on_only_the_words_tell() -> None:
    later = LaterText(None, "late, late, too late. Never early.")
    assert later.place(0, 4, "late").state == "exact"
    assert later.place(3, 8, "early") == Anchored(28, 33, "moved")
    assert later.place(1, 5, "late").state == "ambiguous"
    assert later.place(2, 6, "slow") == Anchored(2, 2, "lost")


@pytest.mark.parametrize("after", ["", "Something else entirely"])
def test_what_was_coded_without_words_stays(after: str) -> None:
    assert LaterText("", after).place(0, 0, "") == Anchored(0, 0, "exact")


def test_a_long_text_with_many_edits_is_compared_line_by_line() -> None:
    lines = [f"Paragraph {n} says what number {n} says, and no more." for n in range(2_000)]
    edited = [line.replace("says,", "said,") if n % 3 == 0 else line for n, line in enumerate(lines)]
    later = LaterText("\n".join(lines), "\n".join(["New.", *edited]))
    before = later.before or ""
    for n in (1, 1_000, 1_999):
        quote = f"number {n} says, and"
        start = before.index(quote)
        found = later.place(start, start + len(quote), quote)
        assert later.after[found.start : found.end] == (quote if n % 3 else quote.replace("says", "said"))
        assert found.settled == bool(n % 3)
