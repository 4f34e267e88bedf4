"""Going from item to item: on and back, by a jump, on the short path, through an open repeat."""

from __future__ import annotations

from typing import Final

from fieldkit.cli.plain.here import Here, Page
from fieldkit.cli.plain.places import find_step
from fieldkit.cli.plain.terminal import tell
from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.study.pace import next_on_short_path

REMEMBERED: Final = 20
"""Places that one can go back to, one after the other."""


class Moves:
    """Leads through an interview, and remembers where jumps came from."""

    def __init__(self, here: Here) -> None:
        """Begin without a jump to go back from.

        Args:
            here: where one is.
        """
        self._here = here
        self._jumps: list[ResponseKey | Page] = []
        self._short = False

    def go_on(self, by: int) -> None:
        """Go to the next item that is asked (1), or to the one before (-1)."""
        here = self._here
        if here.page != "item":
            if here.page == "memo":
                here.turn_to("closing" if by > 0 else "item")
            elif (here.page == "consent") == (by > 0):
                here.turn_to("item")
            return
        if by > 0 and self._short:
            self._go_on_short()
            return
        steps, current = here.conduct.steps(), here.step
        at = next(at for at, step in enumerate(steps) if step.key == current.key)
        ahead = steps[at + 1 :] if by > 0 else steps[:at][::-1]
        found = next((step for step in ahead if step.relevant), None)
        if found is not None:
            here.go_to(found.key)
        else:
            here.turn_to("closing" if by > 0 else "consent")

    def jump(self, wanted: str) -> None:
        """Go to an item, or to the consents; with nothing wanted, back to where the last jump came from."""
        here = self._here
        if not wanted:
            self._go_back()
            return
        if wanted == "0":
            self.remember()
            here.consents.begin()
            here.turn_to("consent")
            return
        found = find_step(here.conduct.steps(), wanted, here.conduct.language)
        if found is None:
            tell(t("Nothing has that: {typed}").format(typed=wanted))
            return
        self.remember()
        here.go_to(found.key)

    def remember(self) -> None:
        """Remember where one is: one goes elsewhere out of turn, and can come back."""
        here = self._here
        place: ResponseKey | Page = here.conduct.current if here.page == "item" else here.page
        if self._jumps[-1:] != [place]:
            self._jumps = [*self._jumps, place][-REMEMBERED:]

    def short_path(self) -> None:
        """Let the next item be the next priority item that is open; or every item again."""
        self._short = not self._short
        told = (
            t("The short path: .n goes to open priority items only.")
            if self._short
            else t("All items again.")
        )
        tell(told)

    def another(self) -> None:
        """Ask the items of the repeat once more."""
        here = self._here
        repeat = here.conduct.guide.repeat_of(here.step.key.item)
        if repeat is None or repeat.instances or repeat.for_each is not None:
            tell(t("This item is not asked of as many things as you like."))
            return
        added: list[ResponseKey] = []
        if here.attempt(lambda: added.append(here.conduct.add_instance(repeat.id))):
            here.go_to(added[0])

    def next_language(self) -> None:
        """Read in the next of the study's languages."""
        here, conduct = self._here, self._here.conduct
        framework = conduct.study.protocol.framework
        languages = framework.study.languages if framework else list(conduct.guide.title.languages)
        here.leave()
        at = languages.index(conduct.language) if conduct.language in languages else -1
        conduct.language = languages[(at + 1) % len(languages)]
        here.read()

    def _go_back(self) -> None:
        here = self._here
        if not self._jumps:
            tell(t("There was no jump to go back from."))
            return
        place = self._jumps.pop()
        if isinstance(place, ResponseKey):
            here.go_to(place)
        else:
            here.turn_to(place)

    def _go_on_short(self) -> None:
        here = self._here
        here.leave()
        found = next_on_short_path(here.conduct)
        if found is not None:
            here.go_to(found.key)
        else:
            tell(t("No priority item is open any more."))
            here.turn_to("closing")
