"""What passages amount to, kept as codings come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.findings.code_counts import CodeCounts, CodedPersons
from fieldkit.findings.heard import CONSENSUS, Passage


@dataclass(frozen=True)
class Counted:
    """The passages of one moment, counted.

    Attributes:
        persons: who speaks of what.
        coders: initials of those whose own codings count.
        untied: how many passages are tied to no evaluation question.
        agreed: how many responses count by consensus that no adjudication brought.
    """

    persons: CodedPersons
    coders: frozenset[str]
    untied: int
    agreed: int


class PassageCounts:
    """Counts passages, so that each can be taken out as it was put in."""

    def __init__(self, persons: Iterable[str], decided: frozenset[str]) -> None:
        """Begin without passages.

        Args:
            persons: ids of all who can be counted.
            decided: ids of the codings that adjudications brought.
        """
        self._codes = CodeCounts(persons)
        self._decided = decided
        self._coders: Counter[str] = Counter()
        self._agreed: Counter[str] = Counter()
        self._untied = 0

    def add(self, passage: Passage) -> None:
        """Count a passage."""
        self._codes.add(passage.coding.code, passage.leaves, passage.persons)
        self._tell(passage, 1)

    def remove(self, passage: Passage) -> None:
        """Count a passage no longer.

        Raises:
            KeyError: it was not added.
        """
        self._codes.remove(passage.coding.code, passage.leaves, passage.persons)
        self._tell(passage, -1)

    def now(self) -> Counted:
        """What is counted at this moment; later additions and removals do not change it."""
        coders = frozenset(coder for coder, times in self._coders.items() if coder and times)
        agreed = sum(times > 0 for times in self._agreed.values())
        return Counted(self._codes.now(), coders, self._untied, agreed)

    def _tell(self, passage: Passage, step: int) -> None:
        coding = passage.coding
        if not passage.leaves:
            self._untied += step
        if coding.layer != CONSENSUS:
            self._coders[coding.coder or ""] += step
        elif coding.id not in self._decided:
            self._agreed[passage.place[0]] += step
