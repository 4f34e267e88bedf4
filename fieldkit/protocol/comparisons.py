"""What a condition compares answers with, and whether the item can have such an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import (
    INSTANCE_NAME,
    OTHER,
    GridItem,
    Item,
    MultipleItem,
    RankItem,
    RepeatItem,
    ScaleItem,
    SingleItem,
)
from fieldkit.protocol.problems import did_you_mean
from fieldkit.say import t

_SIGNS = {
    "name": "n", "string": "s", "number": "d", "word": "w",
    "operator": "o", "open": "(", "close": ")", "comma": ",",
}  # fmt: skip
"""A letter for each kind of token, so that what follows what is a word."""


class Comparison(NamedTuple):
    """An answer held against something written out.

    Attributes:
        name: id of the item.
        literal: what it is held against, without quotes.
        whole: whether it is held against all that was chosen, with blanks between, not one choice.
    """

    name: str
    literal: str
    whole: bool


def comparisons(tokens: Sequence[tuple[str, str, int]]) -> Iterator[Comparison]:
    """Find the answers that an expression holds against texts or numbers written out.

    Args:
        tokens: kind, text and column of each token of the expression.

    Yields:
        Those of `=`, `!=`, `selected` and `selected-at`; what is calculated first is left alone.
    """
    texts = [text for _, text, _ in tokens]
    kinds = "".join(_SIGNS[kind] for kind, _, _ in tokens)
    for at, text in enumerate(texts):
        if text == "selected" and kinds[at : at + 6] in ("w(n,s)", "w(n,d)"):
            yield Comparison(texts[at + 2], _plain(texts[at + 4]), whole=False)
        if text not in ("=", "!=") or kinds[at] != "o":
            continue
        before, after = kinds[:at], kinds[at + 1 : at + 2]
        if after in ("s", "d") and before.endswith("n"):
            yield Comparison(texts[at - 1], _plain(texts[at + 1]), whole=True)
        elif after == "n" and before.endswith(("s", "d")):
            yield Comparison(texts[at + 1], _plain(texts[at - 1]), whole=True)
        elif after in ("s", "d") and before.endswith("w(n,d)") and texts[at - 6] == "selected-at":
            yield Comparison(texts[at - 4], _plain(texts[at + 1]), whole=False)


def unknown_answers(guide: Guide, compared: Iterable[Comparison], repeat: RepeatItem | None) -> Iterator[str]:
    """Say which comparisons are with something that is never an answer.

    Args:
        guide: the guide of the condition.
        compared: its comparisons.
        repeat: the repeat that the condition stands in, if it does.

    Yields:
        One line for each, with the nearest right choice; nothing for items without choices.
    """
    for name, literal, whole in dict.fromkeys(compared):
        if name == INSTANCE_NAME and repeat is not None:
            known, several = guide.instance_ids(repeat), False
        elif guide.has_item(name):
            item = guide.item(name)
            known, several = _answers(item), isinstance(item, MultipleItem | RankItem | GridItem)
            if isinstance(item, ScaleItem) and _is_point(item, literal):
                continue
        else:
            continue
        # No answer at all equals nothing written out, so that is always worth asking.
        for part in literal.split() if whole and several else filter(None, [literal]):
            if known and part not in known:
                told = t('"{name}" is compared with "{part}", which it never is: {hint}')
                yield told.format(name=name, part=part, hint=did_you_mean(part, known))


def _plain(text: str) -> str:
    return text[1:-1] if text[0] in "'\"" else text


def _answers(item: Item) -> list[str]:
    """The ids that the answer of an item can have; none for items without choices."""
    if isinstance(item, ScaleItem):
        return [str(point.value) for point in item.scale]
    if isinstance(item, GridItem):
        return [row.id for row in item.rows]
    if isinstance(item, SingleItem | MultipleItem):
        return [*(choice.id for choice in item.choices), *([OTHER] if item.other else [])]
    return [choice.id for choice in item.choices] if isinstance(item, RankItem) else []


def _is_point(item: ScaleItem, literal: str) -> bool:
    try:
        return float(literal) in {point.value for point in item.scale}
    except ValueError:
        return False
