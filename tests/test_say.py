"""The interface speaks French as it speaks English: whole, with every value in its place."""

from __future__ import annotations

import errno
import os
import re
import runpy
from collections import Counter
from gettext import GNUTranslations
from pathlib import Path

import pytest

from fieldkit.say import (
    CATALOGUES,
    LANGUAGES,
    environment_language,
    grouped,
    language,
    reason_of,
    set_language,
    t,
    tn,
)
from fieldkit.study.preferences import preferences, remember, speak_preferred

CATALOGUE = runpy.run_path(str(Path(__file__).parent.parent / "docs" / "catalogue.py"))
OTHERS = [code for code in LANGUAGES if code != "en"]

PLACES = re.compile(r"\$\w+|\{\w*\}|\[/?[a-z ]*\]|%(?:\(\w+\))?[sr%]")
"""Places for values, and markup."""


def pairs(code: str) -> list[tuple[str, str]]:
    """Each English form with its translation."""
    found = []
    for message in CATALOGUE["read"](code):
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            found += list(zip(ids, strings, strict=True))
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_everything_said_is_translated_and_looked_at(code: str) -> None:
    said = {message.id for message in CATALOGUE["template"]() if message.id}
    catalogue = CATALOGUE["read"](code)
    there = {message.id for message in catalogue if message.id}
    assert said - there == set(), "run `python docs/catalogue.py` and translate what is new"
    assert there - said == set(), "run `python docs/catalogue.py`: this is no longer said"
    assert CATALOGUE["lacking"](catalogue) == []


@pytest.mark.parametrize("code", OTHERS)
def test_values_and_markup_have_their_place_in_every_translation(code: str) -> None:
    for english, translated in pairs(code):
        assert Counter(PLACES.findall(translated)) == Counter(PLACES.findall(english)), english
        assert (english[:1].isspace(), english[-1:].isspace()) == (
            translated[:1].isspace(),
            translated[-1:].isspace(),
        ), english


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_is_written(code: str) -> None:
    with (CATALOGUES / code / "LC_MESSAGES" / "fieldkit.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in CATALOGUE["read"](code):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string, "run `python docs/catalogue.py`"


def test_french_is_set_as_french_is() -> None:
    for _, french in pairs("fr"):
        assert not re.search(r"[^\W\d_]'[^\W\d_]", french), f"straight apostrophe: {french}"
        assert " :" not in french, f"a breaking space before a colon: {french}"
        assert not re.search(r"« | »|“|”", french), f"quotation marks: {french}"


def test_a_sentence_and_a_number_are_said_in_the_language_chosen() -> None:
    assert (t("Desk"), language()) == ("Desk", "en")
    assert tn("Locks after {n} minute", "Locks after {n} minutes", 0) == "Locks after {n} minutes"
    set_language("fr")
    assert t("Desk") == "Bureau"
    assert t("Not in any catalogue") == "Not in any catalogue"
    assert t("") == ""
    # In French nought is singular.
    assert tn("Locks after {n} minute", "Locks after {n} minutes", 0) == "Se verrouille après {n} minute"
    assert tn("Locks after {n} minute", "Locks after {n} minutes", 2) == "Se verrouille après {n} minutes"
    with pytest.raises(ValueError, match="no language 'de'"):
        set_language("de")


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_CA.UTF-8", "LC_MESSAGES": "en_CA"}, "en"),
        ({"LANG": "en_CA", "LC_MESSAGES": "en_CA", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_environment_says_which_language_to_begin_with(environ: dict[str, str], code: str) -> None:
    assert environment_language(environ) == code


def test_the_language_chosen_last_goes_before_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    remember(language="fr")
    speak_preferred()
    assert language() == "fr"
    remember(language="xx")
    speak_preferred()
    assert language() == "en"


def test_preferences_are_kept_beside_each_other_and_a_broken_file_is_none() -> None:
    remember(language="fr")
    remember(theme="fieldkit-light")
    assert preferences() == {"language": "fr", "theme": "fieldkit-light"}
    from fieldkit.study.preferences import config_folder

    (config_folder() / "config.json").write_text("{", encoding="utf-8")
    assert preferences() == {}


def test_what_the_system_says_is_said_in_french_where_it_is_known() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert reason_of(full) == os.strerror(errno.ENOSPC)
    set_language("fr")
    assert reason_of(full) == "plus d’espace sur le disque"
    assert reason_of(OSError(errno.ENXIO, "No such device or address")) == "No such device or address"
    assert reason_of(OSError("as it is")) == "as it is"


def test_thousands_stand_apart_as_each_language_has_it() -> None:
    assert (grouped(12), grouped(1234567)) == ("12", "1,234,567")
    set_language("fr")
    assert (grouped(12), grouped(1234567)) == ("12", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567")


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_says_whose_it_is(code: str) -> None:
    head = CATALOGUE["po_path"](code).read_text(encoding="utf-8").split("\n\n")[0]
    assert not re.search(r"PROJECT|VERSION|FULL NAME|EMAIL|ORGANIZATION|LL@li|YEAR|, fuzzy", head)
    assert "The fieldkit authors" in head
