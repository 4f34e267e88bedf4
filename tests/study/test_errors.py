"""An error names what is not there in a whole sentence, and can be told without its place."""

from __future__ import annotations

import pytest

from fieldkit.say import set_language, t
from fieldkit.study.errors import UnknownId, without_place


def test_an_unknown_id_is_told_in_a_sentence_of_its_kind() -> None:
    told = str(UnknownId("item of a guide", "role1", ["role", "budget"], guide="cic"))
    assert told == "there is no item in guide cic 'role1'; nearest: role"
    set_language("fr")
    nearest = "; au plus proche\N{NO-BREAK SPACE}: "
    assert str(UnknownId("interview", "abd", ["abc"])) == f"il n’y a pas d’entrevue 'abd'{nearest}abc"
    assert (
        str(UnknownId("item of a guide", "role1", ["role", "budget"], guide="cic"))
        == f"le guide cic n’a pas de question 'role1'{nearest}role"
    )
    assert str(UnknownId("respondent", "x", [])) == "il n’y a pas de répondant 'x'; il n’y en a pas encore"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_line_is_told_without_the_place_it_begins_with(language: str) -> None:
    set_language(language)
    alone = t("these are the keys of another study")
    whole = t("{path}: these are the keys of another study").format(path="/study/store")
    assert without_place(whole, "/study/store") == alone
    assert without_place(alone, "/study/store") == alone
