"""What stands under each code, all below it in the tree included, for each group of persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from fieldkit.findings.code_documents import codes_above
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grouping import Grouping
from fieldkit.findings.heard import Place


@dataclass
class _Tally:
    """What stands under one code in one column: passages, and those in which nobody in particular speaks."""

    places: set[Place] = field(default_factory=set)
    nobodys: set[Place] = field(default_factory=set)

    def add(self, other: _Tally) -> None:
        """Add what stands under another code in that column."""
        self.places |= other.places
        self.nobodys |= other.nobodys


class Tallies:
    """Persons, passages and responses by code and group.

    Persons come from the counts that are kept as codings come and go; the passages and responses behind
    them are gone through when one of these is first asked for.
    """

    def __init__(self, evidence: Evidence, groups: Grouping, leaves: frozenset[str] | None) -> None:
        """Look at a study's codings.

        Args:
            evidence: the study's evidence.
            groups: how persons are told apart.
            leaves: keep to codings tied to one of these evaluation questions or parts; None takes all.
        """
        self._evidence = evidence
        self._groups = groups
        self._leaves = leaves
        self._marks: dict[str, int] = {}
        self._of_group = {
            group: evidence.coded.marks(persons) for group, persons in groups.spread(evidence.people).items()
        }

    def persons(self, code: str, group: str) -> int:
        """How many persons of a group speak of a code."""
        return (self._of_code(code) & self._of_group[group]).bit_count()

    def codes_of(self, code: str, group: str) -> tuple[str, ...]:
        """The codes that these persons go by, sorted."""
        coded = self._evidence.coded
        return self._evidence.codes_of(coded.persons(self._of_code(code) & self._of_group[group]))

    def responses_of(self, code: str, group: str) -> tuple[str, ...]:
        """Ids of the responses in which they do, sorted."""
        if not self.persons(code, group):
            return ()
        tally = self._tallies[code, group]
        return tuple(sorted({place[0] for place in tally.places if place not in tally.nobodys}))

    def places(self, code: str, group: str) -> set[Place]:
        """The passages; in the column for all also those that nobody in particular speaks in."""
        tally = self._tallies.get((code, group))
        return set() if tally is None else tally.places

    def _of_code(self, code: str) -> int:
        if code not in self._marks:
            self._marks[code] = self._evidence.coded.of(self._below.get(code, ()), self._leaves)
        return self._marks[code]

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """Code to itself and those below it that anybody speaks of."""
        found: dict[str, set[str]] = {}
        for code in self._evidence.coded.spoken:
            for above in codes_above(self._evidence.codebook, code):
                found.setdefault(above, set()).add(code)
        return found

    @cached_property
    def _tallies(self) -> dict[tuple[str, str], _Tally]:
        """(code, group) to what stands there: first under each code itself, then also all above it."""
        own: dict[tuple[str, str], _Tally] = {}
        total = self._groups.total.id
        for passage in self._evidence.passages:
            if self._leaves is not None and not passage.leaves & self._leaves:
                continue
            for person in passage.persons or (None,):
                for group in (total,) if person is None else (total, self._groups.of[person]):
                    key = (passage.coding.code, group)
                    tally = own.get(key) or own.setdefault(key, _Tally())
                    tally.places.add(passage.place)
                    if person is None:
                        tally.nobodys.add(passage.place)
        return self._rolled_up(own)

    def _rolled_up(self, own: dict[tuple[str, str], _Tally]) -> dict[tuple[str, str], _Tally]:
        """The same with all below added; what stands under one code only is held once."""
        below: dict[tuple[str, str], list[_Tally]] = {}
        for (code, group), tally in own.items():
            for above in codes_above(self._evidence.codebook, code):
                below.setdefault((above, group), []).append(tally)
        rolled = {}
        for key, tallies in below.items():
            rolled[key] = tallies[0]
            if len(tallies) > 1:
                rolled[key] = _Tally()
                for tally in tallies:
                    rolled[key].add(tally)
        return rolled
