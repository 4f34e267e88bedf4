"""Which texts lack one of the study's languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from fieldkit.protocol.problems import Problem, did_you_mean
from fieldkit.protocol.source import Place, Source
from fieldkit.protocol.texts import Text
from fieldkit.say import mark, t

_NAMES = {"en": mark("English"), "fr": mark("French")}


def language_problems(model: BaseModel, source: Source, languages: list[str]) -> Iterator[Problem]:
    """Find texts that lack a language of the study, or have one that the study has not.

    Args:
        model: what was read from the file.
        source: the file.
        languages: the study's languages.

    Yields:
        Warnings.
    """
    for text, place in _texts(model, (), source):
        missing = [
            t(_NAMES.get(language, language)) for language in languages if language not in text.languages
        ]
        if missing:
            shown = text.get(languages[0]).replace("\n", " ")[:40]
            told = t('no {languages} text for "{shown}": write {form}')
            form = f"{{{': ..., '.join(languages)}: ...}}"
            message = told.format(languages=t(" or ").join(missing), shown=shown, form=form)
            yield source.warning(place, message)
        for language in text.languages:
            if language not in languages:
                message = t('"{language}" is no language of the study: {hint}').format(
                    language=language, hint=did_you_mean(language, languages)
                )
                yield source.warning((*place, language), message)


def _texts(value: Any, place: Place, source: Source) -> Iterator[tuple[Text, Place]]:
    """Every text with its place. Lists that an item only names are met where they stand."""
    if place not in source.lines:
        return
    if isinstance(value, Text):
        yield value, place
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*place, field.alias or name), source)
    elif isinstance(value, list):
        for n, entry in enumerate(value):
            yield from _texts(entry, (*place, n), source)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _texts(entry, (*place, key), source)
