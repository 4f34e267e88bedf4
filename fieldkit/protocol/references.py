"""Whether a guide is whole in itself, and all that it names is there.

These are errors: a guide that has one is not used. What is merely unwise is in `check`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from fieldkit.protocol.conditions import ConditionError, compile_condition
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import CONSENT_IDS, Guide
from fieldkit.protocol.items import INSTANCE_NAME, GridItem, Item, MultipleItem, RepeatItem
from fieldkit.protocol.problems import Problem, did_you_mean
from fieldkit.protocol.source import PROBLEM_LIMIT, Place, Source

ITEM_LIMIT = 500
"""Most items of a guide; an interview holds about 14."""


def guide_problems(guide: Guide, source: Source, framework: Framework | None) -> list[Problem]:
    """Find what makes a guide unusable beyond its form.

    Args:
        guide: a guide of the right form.
        source: its file.
        framework: what its evaluation questions are looked up in; None where that cannot be read,
            and they are not looked up.

    Returns:
        The errors, in no order; of very many the first.
    """
    return list(itertools.islice(_Checker(guide, source, framework).run(), PROBLEM_LIMIT))


def placed_items(guide: Guide) -> Iterator[tuple[Item, Place]]:
    """Every item of a guide with its place in the file, inner items after their repeat."""
    for s, section in enumerate(guide.sections):
        for i, item in enumerate(section.items):
            place: Place = ("sections", s, "items", i)
            yield item, place
            if isinstance(item, RepeatItem):
                for n, inner in enumerate(item.items):
                    yield inner, (*place, "items", n)


def duplicates(ids: list[str], places: list[Place], what: str, source: Source) -> Iterator[Problem]:
    """One error for each id that was given before.

    Args:
        ids: the ids in the order of the file.
        places: the place of each.
        what: what they are ids of, as `item`.
        source: the file.
    """
    first: dict[str, int] = {}
    for identifier, place in zip(ids, places, strict=True):
        line = source.line((*place, "id"))
        if identifier in first:
            where = f"first at line {first[identifier]}"
            yield source.error(
                (*place, "id"), f'the {what} id "{identifier}" is given twice ({where}): rename one'
            )
        first.setdefault(identifier, line)


class _Checker:
    """Checks one guide."""

    def __init__(self, guide: Guide, source: Source, framework: Framework | None) -> None:
        self.guide = guide
        self.source = source
        self.framework = framework
        self.placed = list(placed_items(guide))

    def run(self) -> Iterator[Problem]:
        """All errors."""
        if len(self.placed) > ITEM_LIMIT:
            message = f"the guide has {len(self.placed):,} items; at most {ITEM_LIMIT} are read: split it"
            yield self.source.error(("sections",), message)
            return
        yield from self._ids()
        yield from self._consents()
        yield from self._show_cards()
        yield from self._lists()
        yield from self._group()
        for item, place in self.placed:
            yield from self._references(item, place)
            if isinstance(item, GridItem):
                yield from self._grid(item, place)
            if isinstance(item, RepeatItem):
                yield from self._repeat(item, place)
        conditions = list(self._conditions())
        yield from conditions
        if not conditions:
            yield from self._cycle()

    def _ids(self) -> Iterator[Problem]:
        places = [place for _, place in self.placed]
        yield from duplicates([item.id for item, _ in self.placed], places, "item", self.source)
        for item, place in self.placed:
            if item.id == INSTANCE_NAME:
                message = f"`${{{INSTANCE_NAME}}}` is the instance of a repeat: give the item another id"
                yield self.source.error((*place, "id"), message)
            probes: list[Place] = [(*place, "probes", n) for n in range(len(item.probes))]
            yield from duplicates([probe.id for probe in item.probes], probes, "probe", self.source)
        for key, ids in (
            ("sections", [section.id for section in self.guide.sections]),
            ("show_cards", [card.id for card in self.guide.show_cards]),
        ):
            places = [(key, n) for n in range(len(ids))]
            yield from duplicates(ids, places, key.removesuffix("s").replace("_", " "), self.source)

    def _consents(self) -> Iterator[Problem]:
        given = [consent.id for consent in self.guide.consents]
        if sorted(given) != sorted(CONSENT_IDS):
            message = f"`consents` must be {', '.join(CONSENT_IDS)}, each once"
            yield self.source.error(("consents",), message)

    def _show_cards(self) -> Iterator[Problem]:
        for c, card in enumerate(self.guide.show_cards):
            for r, row in enumerate(card.rows):
                if len(row) != len(card.columns):
                    message = (
                        f'show card "{card.id}": this row has {len(row)} cells, '
                        f"the card has {len(card.columns)} columns: make them the same"
                    )
                    yield self.source.error(("show_cards", c, "rows", r), message)

    def _lists(self) -> Iterator[Problem]:
        """Lists of choices and scales, wherever they are written out."""
        guide = self.guide
        lists: list[tuple[Place, list[str]]] = [
            (("choices", name), [choice.id for choice in choices]) for name, choices in guide.choices.items()
        ]
        scales: list[tuple[Place, list[int]]] = [
            (("scales", name), [point.value for point in scale]) for name, scale in guide.scales.items()
        ]
        for item, place in self.placed:
            for key in ("choices", "rows", "instances"):
                choices = getattr(item, key, [])
                if ((*place, key, 0)) in self.source.lines:
                    lists.append(((*place, key), [choice.id for choice in choices]))
            if (*place, "scale", 0) in self.source.lines:
                scales.append(((*place, "scale"), [point.value for point in getattr(item, "scale", [])]))
        for place, ids in lists:
            yield from duplicates(ids, [(*place, n) for n in range(len(ids))], "choice", self.source)
            if "other" in ids:
                at = (*place, ids.index("other"))
                yield self.source.error(at, 'the id "other" is kept for "other, namely": write `other: true`')
        for place, values in scales:
            if values != sorted(set(values)):
                yield self.source.error(place, "the values of a scale must ascend, each once")

    def _group(self) -> Iterator[Problem]:
        if self.framework is None:
            return
        groups = [group.id for group in self.framework.respondent_groups]
        group = self.guide.respondent_group
        if group not in groups:
            message = f'no respondent group "{group}" in the framework: {did_you_mean(group, groups)}'
            yield self.source.error(("respondent_group",), message)

    def _references(self, item: Item, place: Place) -> Iterator[Problem]:
        cards = [card.id for card in self.guide.show_cards]
        known: list[tuple[str, list[str], list[str], str]] = [
            ("show_cards", item.show_cards, cards, "show card")
        ]
        if self.framework is not None:
            known += [
                (
                    "evaluation_questions",
                    item.evaluation_questions,
                    self.framework.question_ids,
                    "evaluation question",
                ),
                ("indicators", item.indicators, indicator_ids(self.framework), "indicator"),
            ]
        for key, named, existing, what in known:
            for n, name in enumerate(named):
                if name not in existing:
                    message = f'item "{item.id}": no {what} "{name}": {did_you_mean(name, existing)}'
                    yield self.source.error((*place, key, n), message)

    def _grid(self, item: GridItem, place: Place) -> Iterator[Problem]:
        needed = {"scale": "scale", "single": "choices"}.get(item.cell)
        if needed is not None and not getattr(item, needed):
            message = f'item "{item.id}": a grid with `cell: {item.cell}` needs `{needed}`: name or write one'
            yield self.source.error((*place, "cell"), message)

    def _repeat(self, item: RepeatItem, place: Place) -> Iterator[Problem]:
        if item.for_each is None:
            return
        if item.instances:
            message = f'item "{item.id}": a repeat has `instances` or `for_each`, not both: delete one'
            yield self.source.error((*place, "for_each"), message)
        source = self.guide.item(item.for_each) if self.guide.has_item(item.for_each) else None
        if not isinstance(source, MultipleItem) or self.guide.repeat_of(item.for_each) is not None:
            multiples = [other.id for other in self.guide.items() if isinstance(other, MultipleItem)]
            hint = did_you_mean(item.for_each, multiples)
            message = f'item "{item.id}": `for_each` must name a multiple item outside repeats: {hint}'
            yield self.source.error((*place, "for_each"), message)

    def _conditions(self) -> Iterator[Problem]:
        for s, section in enumerate(self.guide.sections):
            if section.relevant is not None:
                yield from self._condition(section.relevant, ("sections", s), f'section "{section.id}"', None)
        for item, place in self.placed:
            if item.relevant is not None:
                repeat = self.guide.repeat_of(item.id)
                yield from self._condition(item.relevant, place, f'item "{item.id}"', repeat)

    def _condition(
        self, expression: str, place: Place, where: str, repeat: RepeatItem | None
    ) -> Iterator[Problem]:
        at = (*place, "relevant")
        try:
            names = compile_condition(expression).names
        except ConditionError as error:
            yield self.source.error(at, f"{where}: condition, column {error.column}: {error.message}")
            return
        items = [item.id for item in self.guide.items()]
        for name in sorted(names):
            if name == INSTANCE_NAME and repeat is not None:
                continue
            if name not in items:
                hint = did_you_mean(name, items)
                message = f'{where}: the condition names "{name}", no item of this guide: {hint}'
                yield self.source.error(at, message)
                continue
            if (named := self.guide.item(name)).type in ("note", "repeat"):
                message = f'{where}: "{name}" is a {named.type}, which has no answer to compare: name another'
                yield self.source.error(at, message)
            around = self.guide.repeat_of(name)
            if around is not None and around is not repeat:
                message = (
                    f'{where}: "{name}" is asked several times, in "{around.id}": name an item outside it'
                )
                yield self.source.error(at, message)

    def _cycle(self) -> Iterator[Problem]:
        from fieldkit.protocol.routing import find_cycle

        cycle = find_cycle(self.guide)
        if cycle is not None:
            place = next(place for item, place in self.placed if item.id == cycle[0])
            loop = " -> ".join(cycle)
            message = f"the conditions go in a circle ({loop}): change one of them"
            yield self.source.error((*place, "relevant"), message)


def indicator_ids(framework: Framework) -> list[str]:
    """Ids of all indicators, in order."""
    questions = [framework.question(identifier) for identifier in framework.question_ids]
    return [indicator.id for question in questions for indicator in question.indicators]
