"""Parts of a table that are worked out when somebody looks at them, not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from fieldkit.findings.table import Cell


class LaterIds(Sequence[str]):
    """Ids behind a figure; equal to a tuple of the same ids."""

    def __init__(self, find: Callable[[], tuple[str, ...]], *, some: bool | None = None) -> None:
        """Say how they are found.

        Args:
            find: returns them; called once at most.
            some: whether there are any, where that is known without finding them.
        """
        self._find = find
        self._some = some

    @cached_property
    def _found(self) -> tuple[str, ...]:
        return self._find()

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._found)

    def __bool__(self) -> bool:
        return bool(self._found) if self._some is None else self._some

    def __eq__(self, other: object) -> bool:
        return self._found == (other._found if isinstance(other, LaterIds) else other)

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return repr(self._found)


class LaterCells(Mapping[tuple[str, str], Cell]):
    """The cells of a table, all made when the first is looked at."""

    def __init__(self, make: Callable[[], Mapping[tuple[str, str], Cell]]) -> None:
        """Say how they are made.

        Args:
            make: returns them; called once at most.
        """
        self._make = make

    @cached_property
    def _made(self) -> Mapping[tuple[str, str], Cell]:
        return self._make()

    def __getitem__(self, place: tuple[str, str]) -> Cell:
        return self._made[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
