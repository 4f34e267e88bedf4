"""A text in the study's languages."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints, ValidationInfo, model_serializer, model_validator

from fieldkit.protocol.base import LANGUAGE_PATTERN, Model
from fieldkit.say import t

DEFAULT_LANGUAGE = "en"
"""The language of a plain string where no study says otherwise."""

LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
Words = Annotated[str, StringConstraints(min_length=1)]


class Text(Model):
    """A text in one or more languages.

    In a file it is `{en: ..., fr: ...}`, or a plain string in the study's default language, which
    the validation context gives as `default_language`.

    Attributes:
        translations: language code to text, in the order of the file.
        default: the language to fall back to.
    """

    translations: dict[LanguageCode, Words]
    default: LanguageCode = DEFAULT_LANGUAGE

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages this text has, in the order of the file."""
        return tuple(self.translations)

    def get(self, language: str) -> str:
        """The text in a language, else in the default language, else in any."""
        for wanted in (language, self.default):
            if wanted in self.translations:
                return self.translations[wanted]
        return next(iter(self.translations.values()))

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, value: Any, info: ValidationInfo) -> Any:
        default = (info.context or {}).get("default_language", DEFAULT_LANGUAGE)
        if isinstance(value, str):
            return {"translations": {default: value}, "default": default}
        if isinstance(value, dict) and "translations" not in value:
            if not value:
                raise ValueError(t("the text is empty: write {en: ..., fr: ...}"))
            return {"translations": value, "default": default}
        return value

    @model_serializer
    def _to_file(self) -> dict[str, str]:
        return dict(self.translations)
