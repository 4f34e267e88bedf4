"""What is relevant now: conditions and repeats worked out over the answers of one interview."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from fieldkit.protocol.conditions import compile_condition
from fieldkit.protocol.guide import Guide, Section
from fieldkit.protocol.items import INSTANCE_NAME, OTHER, Item, MultipleItem, RepeatItem
from fieldkit.protocol.texts import Text

Key = tuple[str, str | None]
"""An item's id, and the instance's id where it stands in a repeat."""

Answers = Mapping[Key, Any]
"""Stored values by item and instance; what is not answered is absent or None."""


@dataclass(frozen=True)
class Step:
    """One item to ask, once for each instance of a repeat.

    Attributes:
        item: the item; a repeat has a step of its own before those of its instances.
        instance_id: id of the instance; None outside repeats.
        section: the section it stands in.
        relevant: whether it is asked, given the answers.
        instance_text: what `{instance}` in its texts stands for; a string is in no language.
    """

    item: Item
    instance_id: str | None
    section: Section
    relevant: bool
    instance_text: Text | str | None = None

    def text(self, language: str) -> str:
        """The item's text as it is read out, with the instance put in."""
        return self.fill(self.item.text, language)

    def fill(self, text: Text, language: str) -> str:
        """Any text of the item (hint, probe) in a language, with the instance put in."""
        if self.instance_text is None:
            return text.get(language)
        named = self.instance_text
        shown = named if isinstance(named, str) else named.get(language)
        return text.get(language).replace("{instance}", shown)


@dataclass(frozen=True)
class Routing:
    """All steps of an interview, relevant or not, in the order of the guide."""

    steps: list[Step]
    _by_key: dict[Key, Step] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_key.update({(step.item.id, step.instance_id): step for step in self.steps})

    @property
    def relevant(self) -> list[Step]:
        """The steps that are asked."""
        return [step for step in self.steps if step.relevant]

    def step(self, item_id: str, instance_id: str | None = None) -> Step | None:
        """The step of an item and instance; None where there is none (such as a closed instance)."""
        return self._by_key.get((item_id, instance_id))

    def is_relevant(self, item_id: str, instance_id: str | None = None) -> bool:
        """Whether an item is asked in an instance (None outside repeats)."""
        step = self.step(item_id, instance_id)
        return step is not None and step.relevant


def relevance(guide: Guide, answers: Answers, today: datetime.date | None = None) -> Routing:
    """Work out what is relevant.

    An answer to an item that is not relevant counts as empty for the conditions that name it.

    Args:
        guide: a guide without errors.
        answers: the stored values so far.
        today: what `today()` gives in conditions; the actual day where None.

    Returns:
        The steps in the guide's order.

    Raises:
        ValueError: the guide's conditions go in a circle.
    """
    state = _State(guide, answers, today)
    for item_id in _evaluation_order(guide):
        state.decide(guide.item(item_id))
    return Routing(list(state.steps()))


def dependencies(guide: Guide) -> dict[str, set[str]]:
    """For each item, the items whose answers decide whether it is asked.

    Args:
        guide: any guide; names that are no item of it are left out.

    Returns:
        Item id to ids. An item in a repeat depends on what the repeat depends on.
    """
    found: dict[str, set[str]] = {}
    for section in guide.sections:
        around = _names(section.relevant)
        for item in section.items:
            found[item.id] = {*around, *_names(item.relevant)}
            if isinstance(item, RepeatItem):
                if item.for_each is not None:
                    found[item.id].add(item.for_each)
                for inner in item.items:
                    found[inner.id] = found[item.id] | _names(inner.relevant)
    return {item_id: {name for name in names if guide.has_item(name)} for item_id, names in found.items()}


def find_cycle(guide: Guide) -> list[str] | None:
    """The ids of items whose conditions go in a circle, first and last the same; None where none do."""
    try:
        TopologicalSorter(dependencies(guide)).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return None


def next_instance(guide: Guide, repeat: RepeatItem, answers: Answers) -> str | None:
    """The id of the instance that "add another" opens in an open repeat.

    Args:
        guide: the guide the repeat stands in.
        repeat: a repeat with neither instances nor `for_each`.
        answers: the stored values so far.

    Returns:
        The id, or None where the repeat is full or not open.
    """
    if repeat.instances or repeat.for_each is not None:
        return None
    present = _open_instances(repeat, answers)
    highest = max((int(instance) for instance in present if instance.isdecimal()), default=0)
    return str(highest + 1) if len(present) < repeat.maximum else None


class _State:
    """What has been decided so far."""

    def __init__(self, guide: Guide, answers: Answers, today: datetime.date | None) -> None:
        self.guide = guide
        self.answers = answers
        self.today = today
        self.relevant: dict[Key, bool] = {}
        self.instances: dict[str, dict[str, Text | str]] = {}
        self.sections: dict[str, bool] = {}

    def decide(self, item: Item) -> None:
        """Decide an item, once all that it depends on is decided."""
        repeat = self.guide.repeat_of(item.id)
        if repeat is None:
            self.relevant[item.id, None] = self._section_holds(item.id) and self._holds(item.relevant, None)
            if isinstance(item, RepeatItem):
                self.instances[item.id] = self._instances(item)
            return
        for instance in self.instances[repeat.id]:
            holds = self.relevant[repeat.id, None] and self._holds(item.relevant, instance)
            self.relevant[item.id, instance] = holds

    def steps(self) -> Iterator[Step]:
        """All steps in the guide's order."""
        for section in self.guide.sections:
            for item in section.items:
                yield Step(item, None, section, self.relevant[item.id, None])
                if not isinstance(item, RepeatItem):
                    continue
                for instance, text in self.instances[item.id].items():
                    for inner in item.items:
                        yield Step(inner, instance, section, self.relevant[inner.id, instance], text)

    def _section_holds(self, item_id: str) -> bool:
        section = self.guide.section_of(item_id)
        if section.id not in self.sections:
            self.sections[section.id] = self._holds(section.relevant, None)
        return self.sections[section.id]

    def _holds(self, expression: str | None, instance: str | None) -> bool:
        if expression is None:
            return True
        condition = compile_condition(expression)
        values = {name: self._value(name, instance) for name in condition.names}
        return condition.evaluate(values, self.today)

    def _value(self, name: str, instance: str | None) -> Any:
        if name == INSTANCE_NAME and not self.guide.has_item(name):
            return instance
        inside = self.guide.repeat_of(name) is not None
        key = (name, instance if inside else None)
        return self.answers.get(key) if self.relevant.get(key) else None

    def _instances(self, repeat: RepeatItem) -> dict[str, Text | str]:
        if repeat.instances:
            return {choice.id: choice.text for choice in repeat.instances}
        if repeat.for_each is None:
            return {instance: instance for instance in _open_instances(repeat, self.answers) or ["1"]}
        source = self.guide.item(repeat.for_each)
        chosen = self._value(repeat.for_each, None)
        if not isinstance(source, MultipleItem) or not isinstance(chosen, list):
            return {}
        found: dict[str, Text | str] = {c.id: c.text for c in source.choices if c.id in chosen}
        for entry in chosen:
            if isinstance(entry, dict) and "other" in entry:
                found[OTHER] = str(entry["other"])
        return found


@lru_cache(maxsize=1024)
def _names(expression: str | None) -> frozenset[str]:
    return compile_condition(expression).names if expression is not None else frozenset()


def _evaluation_order(guide: Guide) -> list[str]:
    """All items, each after those it depends on, and inner items after their repeat."""
    graph: dict[str, set[str]] = {item_id: set(names) for item_id, names in dependencies(guide).items()}
    for item in guide.items():
        if isinstance(item, RepeatItem):
            for inner in item.items:
                graph[inner.id].add(item.id)
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        raise ValueError(f"the conditions of guide {guide.id} go in a circle") from None


def _open_instances(repeat: RepeatItem, answers: Answers) -> list[str]:
    """The instances of an open repeat that have answers, in the order of their numbers."""
    inner: set[str] = {item.id for item in repeat.items}
    present = {instance for item_id, instance in answers if item_id in inner and instance is not None}
    return sorted(present, key=lambda instance: (len(instance), instance))
