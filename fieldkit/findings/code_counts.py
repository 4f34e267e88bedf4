"""Who speaks of what: distinct persons by code and evaluation question, kept as codings come and go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

UNTIED: Final = ""
"""Stands for the evaluation question of a coding that is tied to none."""

NOBODY: Final = ""
"""Stands for the person of a coding in which nobody in particular speaks."""

Marks = int
"""A set of persons: bit n is set for the n-th person, so that sets are joined and counted as integers."""


@dataclass(frozen=True)
class CodedPersons:
    """Who speaks of what at one moment.

    Attributes:
        spoken: code, then leaf of an evaluation question or `UNTIED`, to the persons who speak of it.
        numbers: person id, or `NOBODY`, to her bit.
    """

    spoken: Mapping[str, Mapping[str, Marks]]
    numbers: Mapping[str, int] = field(repr=False)

    def of(self, codes: Iterable[str], leaves: Iterable[str] | None = None) -> Marks:
        """The persons with a coding of any of some codes, each once; `NOBODY` among them.

        Args:
            codes: ids of the codes: one, or one with those below it in the tree.
            leaves: keep to codings tied to one of these; None takes all, the untied ones too.
        """
        found = 0
        for code in codes:
            of_code = self.spoken.get(code, {})
            for leaf in of_code if leaves is None else leaves:
                found |= of_code.get(leaf, 0)
        return found

    def marks(self, persons: Iterable[str]) -> Marks:
        """Persons as marks: those of a group are counted among others where both have a bit set."""
        found = bytearray(len(self.numbers) // 8 + 1)
        for person in persons:
            byte, bit = divmod(self.numbers[person], 8)
            found[byte] |= 1 << bit
        return int.from_bytes(found, "little")

    def persons(self, marks: Marks) -> list[str]:
        """Marks as ids of persons, without `NOBODY`."""
        return [person for person, number in self.numbers.items() if person and marks >> number & 1]


class CodeCounts:
    """Counts how often each person is coded with what, so that a coding can be taken out as it was put in.

    After any additions and removals it tells the same as if only what is left had ever been added. One
    addition or removal costs the same however many codings there are.
    """

    def __init__(self, persons: Iterable[str]) -> None:
        """Begin without codings.

        Args:
            persons: ids of all who can be counted.
        """
        self._numbers = {person: number for number, person in enumerate((NOBODY, *persons))}
        self._times: dict[tuple[str, str, str], int] = {}
        self._spoken: dict[str, dict[str, Marks]] = {}

    def add(self, code: str, leaves: Collection[str], persons: Collection[str]) -> None:
        """Count a coding.

        Args:
            code: id of its code.
            leaves: the evaluation questions without parts, and parts, that it is tied to.
            persons: ids of those who speak in the passage.
        """
        for leaf in leaves or (UNTIED,):
            for person in persons or (NOBODY,):
                key = (code, leaf, person)
                times = self._times.get(key, 0)
                self._times[key] = times + 1
                if not times:
                    of_code = self._spoken.get(code) or self._spoken.setdefault(code, {})
                    of_code[leaf] = of_code.get(leaf, 0) | 1 << self._numbers[person]

    def remove(self, code: str, leaves: Collection[str], persons: Collection[str]) -> None:
        """Count a coding no longer; the arguments are those it was added with.

        Raises:
            KeyError: it was not added.
        """
        for leaf in leaves or (UNTIED,):
            for person in persons or (NOBODY,):
                key = (code, leaf, person)
                times = self._times.pop(key)
                if times > 1:
                    self._times[key] = times - 1
                    continue
                of_code = self._spoken[code]
                of_code[leaf] ^= 1 << self._numbers[person]
                if not of_code[leaf]:
                    del of_code[leaf]
                if not of_code:
                    del self._spoken[code]

    def now(self) -> CodedPersons:
        """What is counted at this moment; later additions and removals do not change it."""
        return CodedPersons({code: dict(marks) for code, marks in self._spoken.items()}, self._numbers)
