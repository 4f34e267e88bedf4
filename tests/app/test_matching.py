"""Letters typed in the palette: what they find, which comes first, and that it takes no time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.text import fold
from fieldkit.tui.matching import match

LETTERS = st.text(alphabet="aéb c-É1", max_size=12)


def score(letters: str, name: str) -> float:
    found = match(letters, name)
    return found.score if found else 0


def test_letters_together_at_a_words_beginning_come_before_others() -> None:
    names = ["Ask again", "Task list", "Answers, skipped and kept", "Nothing here"]
    assert sorted(names, key=lambda name: -score("ask", name))[:3] == names[:3]
    assert score("ask", "Nothing here") == 0


def test_of_two_names_that_begin_alike_the_shorter_one_comes_first() -> None:
    assert score("save", "Save") > score("save", "Save elsewhere")


def test_accents_and_case_may_be_left_out_and_the_letters_are_marked_where_they_stand() -> None:
    found = match("ELEVE", "Thème : contraste élevé")
    assert found is not None
    assert "".join("Thème : contraste élevé"[place] for place in found.places) == "élevé"


@given(LETTERS, LETTERS)
def test_found_is_what_has_the_letters_in_their_order(letters: str, name: str) -> None:
    left = iter(fold(name))
    wanted = fold(letters.strip())
    assert (match(letters, name) is not None) == (bool(wanted) and all(each in left for each in wanted))


@given(LETTERS, LETTERS)
def test_what_is_marked_are_the_letters(letters: str, name: str) -> None:
    found = match(letters, name)
    if found is not None and found.places:
        assert "".join(fold(name[place]) for place in found.places) == fold(letters.strip())
        assert list(found.places) == sorted(set(found.places))


def test_many_letters_in_a_long_sentence_that_does_not_have_them_are_done_with_at_once() -> None:
    # Every way in which these may stand in it is about 10 to the 30.
    assert match("a " * 40 + "z", "a " * 400) is None
