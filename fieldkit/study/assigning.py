"""A share of the interviews for a second coder: drawn, coded blind, handed in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from fieldkit.say import t
from fieldkit.study.author import check_initials
from fieldkit.study.clock import now
from fieldkit.study.drawing import drawn_count, drawn_share
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.standing import Standing
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.records.assignments import Assignment


_NUMBER: Final = re.compile(r"[0-9]{1,6}")
_SHARE: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?( ?%)?|[0-9]{1,6}/[0-9]{1,6}")

Size = Fraction | int
"""How much is drawn: a share of each group (more than 0, at most 1), or a number of interviews of all."""


def assign_share(
    study: Study,
    coder: str,
    *,
    share: Size | None = None,
    interviews: Sequence[str] = (),
    seed: int = 1,
) -> Assignment:
    """Give a second coder a share to code blind; durable when this returns.

    Args:
        study: the study.
        coder: her initials.
        share: how much to draw of the completed interviews.
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
    if not interviews and share is None:
        told = t("say how much to give with --share, such as 1/4 or 25%, or which with --interview")
        raise StudyError(told)
    drawn = not interviews
    assignment = Assignment(
        id=new_id(),
        coder=coder,
        interviews=draw(groups, share or 0, seed) if drawn else sorted(set(interviews)),
        groups={group: len(each) for group, each in groups.items()} if drawn else {},
        seed=seed if drawn else None,
        at=now(),
    )
    study.save([put("assignments", assignment)])
    return assignment


def draw(groups: Mapping[str, Sequence[str]], size: Size, seed: int) -> list[str]:
    """The interviews that would be given.

    Args:
        groups: what there is to draw from, as `interviews_by_group` gives it.
        size: how much.
        seed: what to draw with.

    Raises:
        StudyError: there is nothing to draw from, or the size is none.
    """
    if size <= 0 or (isinstance(size, Fraction) and size > 1):
        raise StudyError(t("a share is more than 0 and at most 1, such as 1/4 or 25%"))
    if not any(groups.values()):
        raise StudyError(t("there is no share to give: no interview that is complete has words to code"))
    return drawn_count(groups, size, seed) if isinstance(size, int) else drawn_share(groups, size, seed)


def size_given(text: str) -> Size:
    """How much to draw, as a person types it: `25%`, `1/4` or `0.25` of each group, or how many interviews.

    Raises:
        StudyError: it is none of these.
    """
    given = text.strip().replace(",", ".")
    if _NUMBER.fullmatch(given) and int(given) > 0:
        return int(given)
    found = Fraction(0)
    if _SHARE.fullmatch(given):
        with contextlib.suppress(ZeroDivisionError):
            found = Fraction(given.removesuffix("%").strip()) / (100 if given.endswith("%") else 1)
    if not 0 < found <= 1:
        told = t("{typed}: say 25% or 1/4 of each group, or how many interviews, such as 6")
        raise StudyError(told.format(typed=repr(shortened(text, 40))))
    return found


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
