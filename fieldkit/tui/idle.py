"""The lock of the app: nothing shown, no keys in memory, and everything as it was once it is opened again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

if TYPE_CHECKING:
    from textual.screen import Screen

    from fieldkit.storage.keys import Keyring
    from fieldkit.tui.app import FieldkitApp

LOOK_S: Final = 5.0
"""Seconds between looks at how long nobody has done anything."""

SLEPT_S: Final = 60.0
"""Seconds between two looks from which it is clear that the laptop slept meanwhile."""

SHUT_S: Final = 0.5
"""Seconds after which the keys go at the latest, whatever the widgets still have to do."""


class IdleLock:
    """Locks the app when asked, or when nobody has touched key or mouse for some minutes.

    Attributes:
        minutes: after how many; 0 is never.
        locked: whether nothing may be shown or read now.
    """

    def __init__(
        self, app: FieldkitApp, minutes: int, keep: Callable[[], object], held: Callable[[], bool]
    ) -> None:
        """Make the lock, open.

        Args:
            app: the app.
            minutes: after how many it locks; 0 is never.
            keep: saves what is typed.
            held: whether it is not to lock by itself now: somebody is talking, and may be listened to long.
        """
        self.minutes = minutes
        self.locked = False
        self._app = app
        self._keep = keep
        self._held = held
        self._touched = self._looked = running_s()
        self._shut = False
        self._paused: list[Timer] = []
        self._shade: Screen[None] | None = None
        self._waiting: list[Callable[[], object]] = []

    @property
    def quiet_s(self) -> float:
        """Seconds since somebody last touched key or mouse."""
        return running_s() - self._touched

    def touch(self) -> bool:
        """Note that somebody is there.

        Returns:
            Whether what was done may have its effect: not what wakes a laptop that slept too long.
        """
        was_open = not self.locked
        self.look()
        self._touched = running_s()
        return not (was_open and self.locked)

    def look(self) -> None:
        """Lock if nobody has been there for long, or the laptop slept while an interview is held."""
        present = running_s()
        slept, self._looked = present - self._looked >= SLEPT_S, present
        held = not self.locked and self._held()
        if self.minutes and (slept if held else present - self._touched >= self.minutes * 60):
            self.lock()

    def lock(self) -> None:
        """Save what is typed, blank the screen and forget the keys."""
        from fieldkit.tui.screens.locked import LockedScreen

        if self.locked:
            return
        self.locked = True
        below = self._app.screen.focused or self._app.screen
        self._app.clear_notifications()
        self._shade = LockedScreen(self._app.study, self.unlock)
        self._app.push_screen(self._shade)
        # Keys typed before are still on their way to what had the focus: they are kept first.
        below.call_later(self._shut_store)
        self._app.set_timer(SHUT_S, self._shut_store)

    def unlock(self, keys: Keyring | None) -> None:
        """Go on where everything was left.

        Args:
            keys: of an encrypted study.

        Raises:
            StoreSealed: these are the keys of another study.
        """
        self._shut_store()
        if keys is not None and self._app.study.store is not None:
            self._app.study.store.restore_keys(keys)
        self.locked = self._shut = False
        self._touched = self._looked = running_s()
        for timer in self._paused:
            timer.resume()
        self._paused.clear()
        self._app.pop_screen()
        # What a full disk refused before may be taken now.
        self._keep()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def later(self, act: Callable[[], object]) -> None:
        """Do something once the app is open again."""
        self._waiting.append(act)

    def _shut_store(self) -> None:
        if self._shut or not self.locked:
            return
        self._keep()
        self._shut = True
        self._paused = [timer for timer in self._timers_below() if timer._active.is_set()]
        for timer in self._paused:
            timer.pause()
        self._app.study.drop_keys()

    def _timers_below(self) -> list[Timer]:
        """The timers of screens that lie under the lock: what they look after needs the keys."""
        screens = [screen for stack in self._app._screen_stacks.values() for screen in stack]
        return [timer for screen in screens if screen is not self._shade for timer in screen._timers]


def running_s() -> float:
    """Seconds on a clock that nobody sets, and that runs on in a sleeping laptop where the system has one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
