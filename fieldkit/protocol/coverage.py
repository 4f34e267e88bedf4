"""Whether the guides ask what the framework's matrix says they ask."""

from __future__ import annotations

from collections.abc import Iterator

from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import Item
from fieldkit.protocol.paths import Survey
from fieldkit.protocol.problems import Problem
from fieldkit.protocol.source import Source
from fieldkit.say import t


def items_by_question(guide: Guide, framework: Framework) -> dict[str, list[Item]]:
    """The items of a guide that serve each evaluation question or part.

    Args:
        guide: the guide.
        framework: the framework its evaluation questions are in.

    Returns:
        Id of each question without parts, and of each part, to items in the guide's order. An item
        that names a question with parts serves each part; one in a repeat also serves what the
        repeat serves.
    """
    found: dict[str, list[Item]] = {leaf.id: [] for leaf in framework.leaves}
    for item in guide.items():
        known = [
            identifier for identifier in guide.questions_of(item.id) if framework.has_question(identifier)
        ]
        for leaf in dict.fromkeys(leaf for name in known for leaf in framework.leaf_ids(name)):
            found[leaf].append(item)
    return found


def coverage_problems(
    framework: Framework,
    source: Source,
    guides: dict[str, Guide],
    surveys: dict[str, Survey],
    spoilt: set[str],
) -> Iterator[Problem]:
    """Hold the matrix against the guides.

    Args:
        framework: the framework.
        source: its file.
        guides: the guides that are right, by id.
        surveys: the ways through each.
        spoilt: groups whose guide is there and has errors; these are told elsewhere.

    Yields:
        An error where the matrix promises that a group is asked and its guide never asks; a warning
        for the rest.
    """
    for n, group in enumerate(framework.respondent_groups):
        own = [guide for guide in guides.values() if guide.respondent_group == group.id]
        if group.id in spoilt:
            continue
        if not own:
            message = t('group "{group}" has no guide: write one with `respondent_group: {group}`').format(
                group=group.id
            )
            yield source.warning(("respondent_groups", n), message)
            continue
        names = ", ".join(f"{guide.id}.yaml" for guide in own)
        asked: dict[str, list[Item]] = {leaf.id: [] for leaf in framework.leaves}
        for guide in own:
            for leaf_id, items in items_by_question(guide, framework).items():
                reachable = surveys[guide.id].reachable
                asked[leaf_id] += [item for item in items if item.id in reachable and item.type != "repeat"]
        for leaf_id, items in asked.items():
            yield from _against_matrix(framework, source, group.id, leaf_id, items, names)


def _against_matrix(
    framework: Framework, source: Source, group: str, leaf_id: str, items: list[Item], names: str
) -> Iterator[Problem]:
    mark = framework.mark(group, leaf_id)
    marks = framework.matrix.get(group, {})
    key = leaf_id if leaf_id in marks else framework.parent_id(leaf_id)
    place = ("matrix", group, key)
    shown = ", ".join(f'"{item.id}"' for item in items)
    if mark == "no" and items:
        message = t(
            "matrix: {group} is not asked {leaf_id}, but {names} asks it ({shown}): change one of the two"
        ).format(group=group, leaf_id=leaf_id, names=names, shown=shown)
        yield source.warning(place, message)
    elif mark in ("asked", "facts") and not items:
        message = t(
            "matrix: {group} is asked {leaf_id}, but no way through {names} asks it: add an item"
        ).format(group=group, leaf_id=leaf_id, names=names)
        yield source.error(place, message)
    elif mark == "if_involved" and not items:
        message = t(
            "matrix: {group} is asked {leaf_id} if involved, but {names} never asks it: add an item"
        ).format(group=group, leaf_id=leaf_id, names=names)
        yield source.warning(place, message)
    elif mark == "facts" and (views := [item.id for item in items if not item.facts]):
        message = t(
            "matrix: {group} is asked {leaf_id} for facts only: write `facts: true` on {views}"
        ).format(group=group, leaf_id=leaf_id, views=", ".join(views))
        yield source.warning(place, message)
