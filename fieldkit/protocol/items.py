"""The kinds of item a guide can hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from fieldkit.protocol.base import IndicatorId, ItemId, Model, QuestionId
from fieldkit.protocol.texts import Text

DEFAULT_MINUTES = 2.0
"""Minutes an item takes where the guide does not say."""

OTHER = "other"
"""The id that stands for "other, namely", as a choice and as an instance of a repeat over choices."""

INSTANCE_NAME = "instance"
"""Inside a repeat, `${instance}` in a condition is the id of the instance."""

Condition = Annotated[str, Field(min_length=1)]
DateWords = Annotated[str, BeforeValidator(lambda value: str(value) if type(value) is int else value)]


class Choice(Model):
    """One of the things to choose from, or one row of a grid, or one instance of a repeat.

    Attributes:
        exclusive: where several can be chosen, whether this one stands alone, as "none of these" does.
    """

    id: ItemId
    text: Text
    exclusive: bool = False


class ScalePoint(Model):
    """One labelled point of a scale."""

    value: int
    text: Text


class Probe(Model):
    """An optional follow-up to an item."""

    id: ItemId
    text: Text


class ItemBase(Model):
    """What all items have.

    Attributes:
        text: what the respondent hears.
        hint: for the interviewer only.
        evaluation_questions: ids of the evaluation questions, or parts, that it serves.
        context: it serves none, on purpose.
        facts: it asks for facts only, not for views.
        minutes: what it takes of the interview.
        relevant: an XLSForm expression; the item is asked where it holds.
        required: leaving it unanswered warns and never blocks.
        per: `person` where each respondent of a joint interview answers for herself.
    """

    id: ItemId
    text: Text
    hint: Text | None = None
    probes: list[Probe] = Field(default=[])
    evaluation_questions: list[QuestionId] = Field(default=[])
    context: bool = False
    facts: bool = False
    indicators: list[IndicatorId] = Field(default=[])
    show_cards: list[ItemId] = Field(default=[])
    priority: bool = False
    minutes: float = Field(default=DEFAULT_MINUTES, ge=0, le=240)
    relevant: Condition | None = None
    required: bool = False
    per: Literal["interview", "person"] = "interview"


class TextItem(ItemBase):
    """An open question, answered in words."""

    type: Literal["text"]


class SingleItem(ItemBase):
    """One of several choices; with `other`, also one in the respondent's own words."""

    type: Literal["single"]
    choices: list[Choice] = Field(min_length=1)
    other: bool = False


class MultipleItem(ItemBase):
    """Any number of several choices; with `other`, also one in the respondent's own words."""

    type: Literal["multiple"]
    choices: list[Choice] = Field(min_length=1)
    other: bool = False


class ScaleItem(ItemBase):
    """One point of a labelled scale."""

    type: Literal["scale"]
    scale: list[ScalePoint] = Field(min_length=2)


class GridItem(ItemBase):
    """The same small question for each of several rows.

    Attributes:
        cell: what each row is answered with; `scale` and `single` need `scale` and `choices`.
        answered_for: for percentages, whose time or share it is.
        release: its totals of percentages or numbers are facts on resources that may leave as they are.
    """

    type: Literal["grid"]
    rows: list[Choice] = Field(min_length=1)
    cell: Literal["scale", "percent", "number", "single"]
    scale: list[ScalePoint] = Field(default=[])
    choices: list[Choice] = Field(default=[])
    answered_for: Literal["self", "organisation"] = "self"
    minimum: float | None = None
    maximum: float | None = None
    unit: Text | None = None
    release: bool = False


class NumberItem(ItemBase):
    """A number. Outside `minimum` to `maximum` it warns.

    Attributes:
        release: its totals are facts on resources that may leave as they are.
    """

    type: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    unit: Text | None = None
    release: bool = False


class PercentItem(ItemBase):
    """A percentage or a range of percentages.

    Attributes:
        answered_for: whose time or share it is.
        release: its totals are facts on resources that may leave as they are.
    """

    type: Literal["percent"]
    answered_for: Literal["self", "organisation"] = "self"
    release: bool = False


class DateItem(ItemBase):
    """A date, or a year alone. `minimum` and `maximum` are dates or years, and warn."""

    type: Literal["date"]
    minimum: DateWords | None = None
    maximum: DateWords | None = None


class YearItem(ItemBase):
    """A year. Outside `minimum` to `maximum` it warns."""

    type: Literal["year"]
    minimum: int | None = None
    maximum: int | None = None


class RankItem(ItemBase):
    """Choices put in order; ties, and ranking none, are permitted."""

    type: Literal["rank"]
    choices: list[Choice] = Field(min_length=2)


class NoteItem(ItemBase):
    """Something read aloud that asks nothing."""

    type: Literal["note"]
    minutes: float = Field(default=0.0, ge=0, le=240)


class RepeatItem(ItemBase):
    """Items asked again for each of several things.

    With `instances`, for each of these; with `for_each`, for each choice selected in that item;
    with neither, as often as the interviewer adds one.

    Attributes:
        maximum: most instances of an open repeat.
        items: what is asked of each; `{instance}` in their texts is replaced by its text.
    """

    type: Literal["repeat"]
    minutes: float = Field(default=0.0, ge=0, le=240)
    instances: list[Choice] = Field(default=[])
    for_each: ItemId | None = None
    maximum: int = Field(default=5, ge=1, le=50)
    items: list[InnerItem] = Field(min_length=1)


def _tag(value: Any) -> str | None:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"<{kind}>" if isinstance(kind, str) else None


InnerItem = Annotated[
    Annotated[TextItem, Tag("<text>")]
    | Annotated[SingleItem, Tag("<single>")]
    | Annotated[MultipleItem, Tag("<multiple>")]
    | Annotated[ScaleItem, Tag("<scale>")]
    | Annotated[GridItem, Tag("<grid>")]
    | Annotated[NumberItem, Tag("<number>")]
    | Annotated[PercentItem, Tag("<percent>")]
    | Annotated[DateItem, Tag("<date>")]
    | Annotated[YearItem, Tag("<year>")]
    | Annotated[RankItem, Tag("<rank>")]
    | Annotated[NoteItem, Tag("<note>")],
    Discriminator(_tag),
]
"""What a repeat can hold: anything but another repeat."""

# The tags stand in angle brackets so that an error's path tells them from the file's own keys.
Item = Annotated[
    Annotated[TextItem, Tag("<text>")]
    | Annotated[SingleItem, Tag("<single>")]
    | Annotated[MultipleItem, Tag("<multiple>")]
    | Annotated[ScaleItem, Tag("<scale>")]
    | Annotated[GridItem, Tag("<grid>")]
    | Annotated[NumberItem, Tag("<number>")]
    | Annotated[PercentItem, Tag("<percent>")]
    | Annotated[DateItem, Tag("<date>")]
    | Annotated[YearItem, Tag("<year>")]
    | Annotated[RankItem, Tag("<rank>")]
    | Annotated[NoteItem, Tag("<note>")]
    | Annotated[RepeatItem, Tag("<repeat>")],
    Discriminator(_tag),
]
"""Any item of a guide."""

ITEM_TYPES: dict[str, type[ItemBase]] = {
    "text": TextItem,
    "single": SingleItem,
    "multiple": MultipleItem,
    "scale": ScaleItem,
    "grid": GridItem,
    "number": NumberItem,
    "percent": PercentItem,
    "date": DateItem,
    "year": YearItem,
    "rank": RankItem,
    "note": NoteItem,
    "repeat": RepeatItem,
}
"""The model of each item type."""

RepeatItem.model_rebuild()
