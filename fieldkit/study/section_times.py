"""How long an interview has been in each section of its guide."""

from __future__ import annotations

from collections.abc import Mapping


class SectionTimes:
    """How long an interview has been in each section; pauses are no time of any."""

    def __init__(self, spent: Mapping[str, float]) -> None:
        """Go on from what was spent in earlier sittings: id of the section to seconds."""
        self._spent = dict(spent)
        self._section: str | None = None
        self._since = 0.0

    def go_to(self, section: str, held_s: float) -> None:
        """Be in a section from now on.

        Args:
            section: its id.
            held_s: seconds that the interview has been held by now.
        """
        self._spent = self.spent(held_s)
        self._section, self._since = section, held_s

    def spent(self, held_s: float) -> dict[str, float]:
        """Section to the seconds spent there by now."""
        spent = dict(self._spent)
        if self._section is not None:
            spent[self._section] = spent.get(self._section, 0.0) + max(0.0, held_s - self._since)
        return spent
