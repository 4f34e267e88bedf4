"""An interview guide: the sections of items for one respondent group."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Protocol

from pydantic import Discriminator, Field, PrivateAttr, Tag

from fieldkit.protocol.base import ItemId, Model, Slug, Version
from fieldkit.protocol.items import (
    OTHER,
    Choice,
    Condition,
    Item,
    MultipleItem,
    RepeatItem,
    ScalePoint,
    TextItem,
)
from fieldkit.protocol.texts import DEFAULT_LANGUAGE, LanguageCode, Text

CONSENT_IDS = ("given", "quote", "recording")
"""What is asked of each person: to take part, to be quoted, to be recorded."""

DEFAULT_BUDGET = 45.0
"""Minutes of an interview where the guide does not say."""

ADDED_SECTION: Final = "added"
"""Id of the section of items that were added to a guide for one interview."""

_ADDED_TITLE: Final = {"en": "Added", "fr": "Ajouts"}

Cell = Annotated[
    Annotated[str, Tag("<figure>")] | Annotated[Text, Tag("<text>")],
    Discriminator(lambda value: "<text>" if isinstance(value, dict | Text) else "<figure>"),
]
"""A cell of a show card: a plain string is a figure, the same in all languages."""


class ConsentText(Model):
    """One consent, as it is asked of each person."""

    id: Literal["given", "quote", "recording"]
    text: Text


class ShowCard(Model):
    """A table that the interviewer can bring up and read from."""

    id: ItemId
    title: Text
    columns: list[Text] = Field(min_length=1)
    rows: list[list[Cell]] = Field(min_length=1)
    note: Text | None = None
    source: str | None = None

    def cells(self, language: str) -> list[list[str]]:
        """The rows as they read in one language."""
        return [[cell if isinstance(cell, str) else cell.get(language) for cell in row] for row in self.rows]


class Section(Model):
    """A stretch of the interview.

    Attributes:
        minutes: what it may take; None where the sum of its items says it.
        relevant: an XLSForm expression; where it does not hold, none of its items is asked.
    """

    id: ItemId
    title: Text
    minutes: float | None = Field(default=None, ge=0, le=240)
    relevant: Condition | None = None
    items: list[Item] = Field(min_length=1)


class Added(Protocol):
    """An item that was put to a respondent though the guide does not have it."""

    @property
    def id(self) -> str:
        """Its id among the items."""

    @property
    def text(self) -> str:
        """The question as it was asked."""

    @property
    def evaluation_questions(self) -> list[str]:
        """Ids of the evaluation questions that it serves."""

    @property
    def language(self) -> str | None:
        """Language of its text."""


class Guide(Model):
    """An interview guide. Its id is its file's stem; named lists are resolved when it is loaded.

    Attributes:
        id: the stem of the guide's file.
        minutes: the longest that any path through it may take.
        statement: what is read out before anything else.
        consents: exactly `given`, `quote` and `recording`.
        default_language: the language of texts that are plain strings.
    """

    fieldkit: Literal[1]
    id: Slug
    version: Version
    title: Text
    respondent_group: Slug
    minutes: float = Field(default=DEFAULT_BUDGET, gt=0, le=600)
    statement: Text
    consents: list[ConsentText]
    choices: dict[ItemId, Annotated[list[Choice], Field(min_length=1)]] = Field(default={})
    scales: dict[ItemId, Annotated[list[ScalePoint], Field(min_length=2)]] = Field(default={})
    show_cards: list[ShowCard] = Field(default=[])
    sections: list[Section] = Field(min_length=1)
    closing_statement: Text | None = None
    default_language: LanguageCode = DEFAULT_LANGUAGE
    _base: Guide | None = PrivateAttr(default=None)
    _extended: dict[tuple[Any, ...], Guide] = PrivateAttr(default_factory=dict)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Guide:
        """Read a guide that `to_dict` wrote.

        Args:
            stored: plain data.

        Returns:
            The same guide.

        Raises:
            ValueError: the data is not a guide.
        """
        context = {"default_language": stored.get("default_language", DEFAULT_LANGUAGE)}
        return cls.model_validate(dict(stored), context=context)

    def to_dict(self) -> dict[str, Any]:
        """The guide as plain data fit for JSON, without what is left at its default, or was added."""
        return self.base.model_dump(mode="json", exclude_defaults=True)

    @property
    def base(self) -> Guide:
        """The guide without what was added to it."""
        return self._base or self

    def with_added(self, added: Sequence[Added]) -> Guide:
        """The guide with a last section of items that one interview adds to it; its hash stays the same.

        Args:
            added: the items; one whose id the guide has already is left out.

        Raises:
            ValueError: one of them cannot be an item.
        """
        base = self.base
        key = tuple((each.id, each.text, each.language, *each.evaluation_questions) for each in added)
        if key and key not in base._extended:
            items = [_added_item(each, self.default_language) for each in added if not base.has_item(each.id)]
            base._extended[key] = base._with_section(items) if items else base
        return base._extended[key] if key else base

    def _with_section(self, items: list[Item]) -> Guide:
        section = Section(id=ADDED_SECTION, title=Text(translations=_ADDED_TITLE), items=items)
        fields = {name: getattr(self, name) for name in Guide.model_fields}
        made = Guide.model_construct(**fields | {"sections": [*self.sections, section]})
        made._base = self
        return made

    @cached_property
    def content_hash(self) -> str:
        """SHA-256, in hex, of all that the guide says; what was added is not part of it."""
        canonical = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def items(self) -> list[Item]:
        """All items in the order of the file; a repeat stands before the items inside it."""
        return self._items

    def item(self, item_id: str) -> Item:
        """The item with an id, inside a repeat or not.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[item_id]

    def has_item(self, item_id: str) -> bool:
        """Whether there is an item with this id."""
        return item_id in self._by_id

    def section_of(self, item_id: str) -> Section:
        """The section an item stands in.

        Raises:
            KeyError: there is no such item.
        """
        return self._sections[item_id]

    def repeat_of(self, item_id: str) -> RepeatItem | None:
        """The repeat an item stands in, or None."""
        return self._repeats.get(item_id)

    def questions_of(self, item_id: str) -> list[str]:
        """Ids of the evaluation questions that an item serves: its own, then those of its repeat.

        Raises:
            KeyError: there is no such item.
        """
        repeat = self.repeat_of(item_id)
        around = repeat.evaluation_questions if repeat is not None else []
        return list(dict.fromkeys([*self.item(item_id).evaluation_questions, *around]))

    def named_instances(self, repeat: RepeatItem) -> list[Choice]:
        """What a repeat's items can be asked of, where the guide names it; nothing for an open one."""
        source = self._by_id.get(repeat.for_each or "")
        return source.choices if isinstance(source, MultipleItem) else repeat.instances

    def instance_ids(self, repeat: RepeatItem) -> list[str]:
        """Every id that an instance of a repeat can have."""
        source = self._by_id.get(repeat.for_each or "")
        if isinstance(source, MultipleItem):
            return [*(choice.id for choice in source.choices), *([OTHER] if source.other else [])]
        named = [choice.id for choice in repeat.instances]
        return named or [str(number) for number in range(1, repeat.maximum + 1)]

    def asked_text(self, item_id: str, instance: str | None, language: str) -> str:
        """An item's text as it is read out, with the instance put in, by its id where it has no name.

        Raises:
            KeyError: there is no such item.
        """
        text = self.item(item_id).text.get(language)
        repeat = self.repeat_of(item_id)
        if instance is None or repeat is None:
            return text
        names = {choice.id: choice.text.get(language) for choice in self.named_instances(repeat)}
        return text.replace("{instance}", names.get(instance, instance))

    def show_card(self, card_id: str) -> ShowCard:
        """The show card with an id.

        Raises:
            KeyError: there is none.
        """
        for card in self.show_cards:
            if card.id == card_id:
                return card
        raise KeyError(card_id)

    @cached_property
    def _items(self) -> list[Item]:
        found: list[Item] = []
        for section in self.sections:
            for item in section.items:
                found.append(item)
                if isinstance(item, RepeatItem):
                    found.extend(item.items)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self._items}

    @cached_property
    def _repeats(self) -> dict[str, RepeatItem]:
        repeats = [item for item in self._items if isinstance(item, RepeatItem)]
        return {inner.id: repeat for repeat in repeats for inner in repeat.items}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        found: dict[str, Section] = {}
        for section in self.sections:
            for item in section.items:
                found[item.id] = section
                if isinstance(item, RepeatItem):
                    found.update({inner.id: section for inner in item.items})
        return found


def _added_item(added: Added, language: str) -> Item:
    language = added.language or language
    return TextItem(
        id=added.id,
        type="text",
        text=Text(translations={language: added.text}, default=language),
        evaluation_questions=added.evaluation_questions,
        context=not added.evaluation_questions,
    )
