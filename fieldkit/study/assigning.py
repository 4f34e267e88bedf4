"""A share of the interviews for a second coder: drawn, coded blind, handed in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.study.author import check_initials
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.standing import Standing
from fieldkit.study.study import Study, new_id, put

if TYPE_CHECKING:
    from fieldkit.records.assignments import Assignment


def drawn_share(groups: Mapping[str, Sequence[str]], share: Fraction, seed: int) -> list[str]:
    """Draw a share of interviews at random from each group; the same seed draws the same.

    Each group gives its share, rounded half up, and at least one where it has any: a group that the
    second coder sees nothing of says nothing of agreement. What is drawn of a group depends on that group
    and the seed alone.

    Args:
        groups: respondent group to ids of its interviews, in any order.
        share: how much of each, more than 0 and at most 1.
        seed: any whole number.

    Returns:
        The ids, sorted.
    """
    found: list[str] = []
    for group, interviews in groups.items():
        chosen = sorted(set(interviews))
        random.Random(f"{seed}:{group}").shuffle(chosen)  # noqa: S311 - to be drawn again, no secret
        count = min(len(chosen), max(1, int(share * len(chosen) + Fraction(1, 2))))
        found += chosen[:count] if chosen else []
    return sorted(found)


def assign_share(
    study: Study,
    coder: str,
    *,
    share: Fraction | None = None,
    interviews: Sequence[str] = (),
    seed: int = 1,
) -> Assignment:
    """Give a second coder a share to code blind; durable when this returns.

    Args:
        study: the study.
        coder: her initials.
        share: how much to draw of each group's completed interviews.
        interviews: ids of interviews to give instead.
        seed: what to draw with.

    Raises:
        StudyError: there is nothing to draw from, an interview cannot be given, or she has a share that is
            not handed in; nothing was written.
    """
    from fieldkit.records.assignments import Assignment

    coder = check_initials(coder)
    if any(each.coder == coder and each.handed_in_at is None for each in assignments(study)):
        told = t("{coder} has a share already that is not handed in: `fieldkit assign --hand-in` comes first")
        raise StudyError(told.format(coder=coder))
    groups = interviews_by_group(study)
    known = {each for group in groups.values() for each in group}
    for interview in interviews:
        if interview not in known:
            raise UnknownId("interview", interview, known)
    if not interviews and share is not None and not 0 < share <= 1:
        raise StudyError(t("a share is more than 0 and at most 1, such as 1/4 or 25%"))
    if not interviews and share is None:
        told = t("say how much to give with --share, such as 1/4 or 25%, or which with --interview")
        raise StudyError(told)
    if not interviews and not known:
        raise StudyError(t("there is no share to give: no interview that is complete has words to code"))
    drawn = not interviews
    chosen = drawn_share(groups, share or Fraction(1), seed) if drawn else sorted(set(interviews))
    assignment = Assignment(
        id=new_id(),
        coder=coder,
        interviews=chosen,
        groups={group: len(each) for group, each in groups.items()} if drawn else {},
        seed=seed if drawn else None,
        at=now(),
    )
    study.save([put("assignments", assignment)])
    return assignment


def hand_in(study: Study, coder: str | None = None) -> Assignment:
    """End a coder's blindness: her share is coded; durable when this returns.

    Args:
        study: the study.
        coder: her initials; None takes the author's.

    Raises:
        StudyError: she has no share that is open.
    """
    who = coder or study.need_author()
    assignment = open_assignment(study, who)
    handed: Assignment = assignment.model_copy(update={"handed_in_at": now()})
    study.save([put("assignments", handed)])
    return handed


def open_assignment(study: Study, coder: str) -> Assignment:
    """The share that a coder works on.

    Raises:
        StudyError: she has none.
    """
    for each in assignments(study):
        if each.coder == coder and each.handed_in_at is None:
            return each
    raise StudyError(t("{coder} has no share that is not handed in").format(coder=coder))


def assignments(study: Study) -> list[Assignment]:
    """All shares that were ever given, the oldest first."""
    return list(study.records("assignments"))


def interviews_by_group(study: Study) -> dict[str, list[str]]:
    """Respondent group to its completed interviews with words or values that may be shown."""
    standing = Standing(study)
    with_words = {
        body["interview"]
        for body in study.rows("responses").values()
        if body.get("paragraphs") or body.get("value") is not None
    }
    found: dict[str, list[str]] = {}
    for interview, body in study.rows("interviews").items():
        if body.get("state") != "complete" or interview not in with_words:
            continue
        people = [person for person in body["respondents"] if standing.person(person, interview)]
        if people:
            group = str((study.row("respondents", body["respondents"][0]) or {}).get("group", ""))
            found.setdefault(group, []).append(interview)
    return found
