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
from fieldkit.say import grouped, mark, t

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
        what: what they are ids of, as `item`; in English, and in the catalogues.
        source: the file.
    """
    first: dict[str, int] = {}
    for identifier, place in zip(ids, places, strict=True):
        line = source.line((*place, "id"))
        if identifier in first:
            told = t('the {what} id "{id}" is given twice (first at line {line}): rename one')
            message = told.format(what=t(what), id=identifier, line=first[identifier])
            yield source.error((*place, "id"), message)
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
            told = t("the guide has {n} items; at most {most} are read: split it")
            message = told.format(n=grouped(len(self.placed)), most=ITEM_LIMIT)
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
        yield from duplicates([item.id for item, _ in self.placed], places, mark("item"), self.source)
        for item, place in self.placed:
            if item.id == INSTANCE_NAME:
                told = t("`{name}` is the instance of a repeat: give the item another id")
                message = told.format(name=f"${{{INSTANCE_NAME}}}")
                yield self.source.error((*place, "id"), message)
            probes: list[Place] = [(*place, "probes", n) for n in range(len(item.probes))]
            yield from duplicates([probe.id for probe in item.probes], probes, mark("probe"), self.source)
        for key, what, ids in (
            ("sections", mark("section"), [section.id for section in self.guide.sections]),
            ("show_cards", mark("show card"), [card.id for card in self.guide.show_cards]),
        ):
            places = [(key, n) for n in range(len(ids))]
            yield from duplicates(ids, places, what, self.source)

    def _consents(self) -> Iterator[Problem]:
        given = [consent.id for consent in self.guide.consents]
        if sorted(given) != sorted(CONSENT_IDS):
            message = t("`consents` must be {consent_ids}, each once").format(
                consent_ids=", ".join(CONSENT_IDS)
            )
            yield self.source.error(("consents",), message)

    def _show_cards(self) -> Iterator[Problem]:
        for c, card in enumerate(self.guide.show_cards):
            for r, row in enumerate(card.rows):
                if len(row) != len(card.columns):
                    told = t(
                        'show card "{card}": this row has {cells} cells, '
                        "the card has {columns} columns: make them the same"
                    )
                    message = told.format(card=card.id, cells=len(row), columns=len(card.columns))
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
            yield from duplicates(ids, [(*place, n) for n in range(len(ids))], mark("choice"), self.source)
            if "other" in ids:
                at = (*place, ids.index("other"))
                yield self.source.error(
                    at, t('the id "other" is kept for "other, namely": write `other: true`')
                )
        for place, values in scales:
            if values != sorted(set(values)):
                yield self.source.error(place, t("the values of a scale must ascend, each once"))

    def _group(self) -> Iterator[Problem]:
        if self.framework is None:
            return
        groups = [group.id for group in self.framework.respondent_groups]
        group = self.guide.respondent_group
        if group not in groups:
            message = t('no respondent group "{group}" in the framework: {hint}').format(
                group=group, hint=did_you_mean(group, groups)
            )
            yield self.source.error(("respondent_group",), message)

    def _references(self, item: Item, place: Place) -> Iterator[Problem]:
        cards = [card.id for card in self.guide.show_cards]
        known: list[tuple[str, list[str], list[str], str]] = [
            ("show_cards", item.show_cards, cards, mark('item "{item}": no show card "{name}": {hint}'))
        ]
        if self.framework is not None:
            known += [
                (
                    "evaluation_questions",
                    item.evaluation_questions,
                    self.framework.question_ids,
                    mark('item "{item}": no evaluation question "{name}": {hint}'),
                ),
                (
                    "indicators",
                    item.indicators,
                    indicator_ids(self.framework),
                    mark('item "{item}": no indicator "{name}": {hint}'),
                ),
            ]
        for key, named, existing, what in known:
            for n, name in enumerate(named):
                if name not in existing:
                    hint = did_you_mean(name, existing)
                    message = t(what).format(item=item.id, name=name, hint=hint)
                    yield self.source.error((*place, key, n), message)

    def _grid(self, item: GridItem, place: Place) -> Iterator[Problem]:
        needed = {"scale": "scale", "single": "choices"}.get(item.cell)
        if needed is not None and not getattr(item, needed):
            message = t(
                'item "{item}": a grid with `cell: {cell}` needs `{needed}`: name or write one'
            ).format(item=item.id, cell=item.cell, needed=needed)
            yield self.source.error((*place, "cell"), message)

    def _repeat(self, item: RepeatItem, place: Place) -> Iterator[Problem]:
        if item.for_each is None:
            return
        if item.instances:
            message = t('item "{item}": a repeat has `instances` or `for_each`, not both: delete one').format(
                item=item.id
            )
            yield self.source.error((*place, "for_each"), message)
        source = self.guide.item(item.for_each) if self.guide.has_item(item.for_each) else None
        if not isinstance(source, MultipleItem) or self.guide.repeat_of(item.for_each) is not None:
            multiples = [other.id for other in self.guide.items() if isinstance(other, MultipleItem)]
            hint = did_you_mean(item.for_each, multiples)
            message = t('item "{item}": `for_each` must name a multiple item outside repeats: {hint}').format(
                item=item.id, hint=hint
            )
            yield self.source.error((*place, "for_each"), message)

    def _conditions(self) -> Iterator[Problem]:
        for s, section in enumerate(self.guide.sections):
            if section.relevant is not None:
                yield from self._condition(
                    section.relevant,
                    ("sections", s),
                    t('section "{section}"').format(section=section.id),
                    None,
                )
        for item, place in self.placed:
            if item.relevant is not None:
                repeat = self.guide.repeat_of(item.id)
                yield from self._condition(
                    item.relevant, place, t('item "{item}"').format(item=item.id), repeat
                )

    def _condition(
        self, expression: str, place: Place, where: str, repeat: RepeatItem | None
    ) -> Iterator[Problem]:
        at = (*place, "relevant")
        try:
            names = compile_condition(expression).names
        except ConditionError as error:
            yield self.source.error(
                at,
                t("{where}: condition, column {column}: {message}").format(
                    where=where, column=error.column, message=error.message
                ),
            )
            return
        items = [item.id for item in self.guide.items()]
        for name in sorted(names):
            if name == INSTANCE_NAME and repeat is not None:
                continue
            if name not in items:
                hint = did_you_mean(name, items)
                message = t('{where}: the condition names "{name}", no item of this guide: {hint}').format(
                    where=where, name=name, hint=hint
                )
                yield self.source.error(at, message)
                continue
            if (named := self.guide.item(name)).type in ("note", "repeat"):
                message = t(
                    '{where}: "{name}" is a {type}, which has no answer to compare: name another'
                ).format(where=where, name=name, type=named.type)
                yield self.source.error(at, message)
            around = self.guide.repeat_of(name)
            if around is not None and around is not repeat:
                message = t(
                    '{where}: "{name}" is asked several times, in "{around}": name an item outside it'
                ).format(where=where, name=name, around=around.id)
                yield self.source.error(at, message)

    def _cycle(self) -> Iterator[Problem]:
        from fieldkit.protocol.routing import find_cycle

        cycle = find_cycle(self.guide)
        if cycle is not None:
            place = next(place for item, place in self.placed if item.id == cycle[0])
            loop = " -> ".join(cycle)
            message = t("the conditions go in a circle ({loop}): change one of them").format(loop=loop)
            yield self.source.error((*place, "relevant"), message)


def indicator_ids(framework: Framework) -> list[str]:
    """Ids of all indicators, in order."""
    questions = [framework.question(identifier) for identifier in framework.question_ids]
    return [indicator.id for question in questions for indicator in question.indicators]
