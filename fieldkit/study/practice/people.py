"""The made-up officials, and what each of them brings to an interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from fieldkit.study.practice.bank import Line, read_data, read_line

_FILES: Final = ("people_cic.yaml", "people_departments.yaml", "people_iom.yaml")


@dataclass(frozen=True)
class Instead:
    """What became of an item that was not simply answered.

    Attributes:
        disposition: such as `refused`.
        reason: why, or where it is covered, or what will be sent.
        lines: what was noted all the same.
    """

    disposition: str
    reason: str | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Person:
    """One made-up official.

    Attributes:
        code: such as `CIC-01`; the group is what stands before the hyphen.
        place: band of the framework.
        level: band of the framework.
        language: `en` or `fr`.
        status: how far arranging has got.
        post: her post, where totals count it.
        interviewer: initials.
        at: when the interview began, ISO 8601, UTC; empty where there is none.
        planned: when one is planned for, where none was held.
        mode: such as `phone`.
        quote: whether she may be quoted.
        recording: whether she may be recorded.
        basis: where what she knows comes from, as a rule.
        stops_before: the item that the interview was broken off before.
        values: `item` to the value she gives.
        notes: `item` to what is noted, in place of passages from the bank.
        instead: `item` or `item:instance` to what became of it.
        covers: `item` to later items that were answered with it.
        further: `item:instance` of what open repeats ask beyond the first instance.
    """

    code: str
    place: str
    level: str
    language: str
    status: str = "interviewed"
    post: str | None = None
    interviewer: str = ""
    at: str = ""
    planned: str = ""
    mode: str = "in person"
    quote: bool = False
    recording: bool = False
    basis: str = "first-hand"
    stops_before: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    instead: dict[str, Instead] = field(default_factory=dict)
    covers: dict[str, list[str]] = field(default_factory=dict)
    further: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Her respondent group."""
        return self.code.partition("-")[0]


def load_people() -> list[Person]:
    """Read all made-up officials, those interviewed before the rest of the roster."""
    data = [read_data(Path(__file__).parent / name) for name in _FILES]
    entries = [entry for each in data for entry in each["people"]]
    return [*_interviewed(entries), *(Person(**entry) for each in data for entry in each.get("roster", ()))]


def _interviewed(entries: list[dict[str, Any]]) -> Iterator[Person]:
    for entry in entries:
        yield Person(
            **{
                **entry,
                "notes": {item: _lines(written) for item, written in entry["notes"].items()},
                "instead": {item: _instead(given) for item, given in entry.get("instead", {}).items()},
                "further": tuple(entry.get("further", ())),
            }
        )


def _instead(given: dict[str, Any]) -> Instead:
    return Instead(given["disposition"], given.get("reason"), _lines(given.get("notes", [])))


def _lines(written: list[str]) -> tuple[Line, ...]:
    return tuple(read_line(each) for each in written)
