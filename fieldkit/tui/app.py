"""The app: one study, four places, and a way between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.screen import Screen

from fieldkit.say import language, t, tn
from fieldkit.storage.errors import StoreError, StoreSealed
from fieldkit.study.errors import AuthorNeeded, ProtectionNeeded, StudyError
from fieldkit.study.idle import check_minutes, keeps_open, lock_after, set_lock_after
from fieldkit.study.study import Study
from fieldkit.text import visible
from fieldkit.tui import garbage
from fieldkit.tui.actions import bindings
from fieldkit.tui.idle import LOOK_S, IdleLock
from fieldkit.tui.messages import InterviewWanted, ProtocolLoaded, ResponsesRestored
from fieldkit.tui.personal import PersonalApp
from fieldkit.tui.screens.desk import DeskScreen
from fieldkit.tui.screens.place import Place

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.notifications import SeverityLevel

    from fieldkit.tui.screens.interview import InterviewScreen


def _commands() -> type[Provider]:
    """What the palette finds, imported when it is first opened."""
    from fieldkit.tui.commands import ActionCommands

    return ActionCommands


class FieldkitApp(PersonalApp, inherit_bindings=False):
    """The app on one study.

    Screens other than the Desk, and all that reads guides, are imported when they are first needed.

    Attributes:
        study: the study; whoever made the app closes it.
        idle: what locks it.
        interview: the interview that is open, or None.
    """

    CSS_PATH = "styles/app.tcss"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    TITLE = "fieldkit"
    DEFAULT_MODE = "desk"

    def __init__(self, study: Study, *, respondent: str | None = None, backups: bool = False) -> None:
        """Make the app.

        Args:
            study: the study, open.
            respondent: id of a respondent whose interview to go to straight away.
            backups: whether to make the backup of the day.
        """
        super().__init__()
        self.study = study
        self._backups = backups
        self.idle = IdleLock(self, lock_after(study.folder), self._keep_typed, self._keeps_open)
        self._straight_to = respondent
        self.interview: InterviewScreen | None = None
        study.notices.extend(self.keymap.problems)
        # Each place is a mode, made when it is first gone to.
        self.add_mode("coding", self._coding)
        self.add_mode("findings", self._findings)

    def get_default_screen(self) -> DeskScreen:
        """The Desk: nothing stands before it, and no style is worked out twice for it."""
        return DeskScreen(self.study)

    def on_mount(self) -> None:
        """Read the guides once the Desk is painted, and lock when nobody is there any more."""
        self.add_mode("desk", self.get_default_screen)
        self.call_after_refresh(self._after_first_paint)
        self.set_interval(LOOK_S, self._look)

    async def on_event(self, event: events.Event) -> None:
        """As in Textual; what comes after too long a pause finds the app locked, and has no other effect."""
        if not isinstance(event, events.InputEvent | events.Paste) or self.idle.touch():
            await super().on_event(event)

    @property
    def nothing_unsaved(self) -> bool:
        """Whether all that was typed is on disk, in the journal or in a draft."""
        return self.interview is None or self.interview.conduct.saved in ("saved", "drafted")

    @property
    def words_language(self) -> str:
        """The language to show the study's own texts in: the interface's, where the study has it."""
        framework = self.study.protocol.framework if self.study.protocol_loaded else None
        languages = framework.languages if framework is not None else []
        return language() if language() in languages else (languages or ["en"])[0]

    @property
    def held(self) -> str | None:
        """Id of the interview that is open here, or None."""
        return self.interview.interview_id if self.interview is not None else None

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # Nothing lies behind the lock: it is neither drawn nor brought up to date.
        return [] if self.idle.locked else super()._background_screens

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or the mouse, in this study on this laptop.

        Args:
            minutes: how many; 0 is never.
        """
        self.idle.minutes = minutes
        set_lock_after(self.study.folder, minutes)

    def tell(self, text: str, severity: SeverityLevel = "information") -> None:
        """Show a message for a few seconds; text from people or files in it is shown as it is.

        Args:
            text: what to say, one line; of several faults a line each.
            severity: information, warning or error.
        """
        if self.idle.locked:
            self.idle.later(lambda: self.tell(text, severity))
            return
        self.notify(visible(text), severity=severity, markup=False)

    def store_failed(self, error: StoreError) -> None:
        """Tell what a worker could not read or write; the app goes on without it."""
        # One that was reading when the study was locked has nothing to tell: unlocking starts it anew.
        if not isinstance(error, StoreSealed):
            self.tell(str(error), "error")

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a command asks for; where the study is at fault, say why it cannot be done."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
            if done and self.tour is not None:
                self.go_on_with_tour(action)
            return done
        except (AuthorNeeded, ProtectionNeeded):
            self._ask_first(partial(self.run_action, action, default_namespace, namespaces))
            return True
        except (StudyError, StoreError) as error:
            self.tell(str(error), "error")
            return True

    async def open_interview(self, wanted: InterviewWanted) -> None:
        """Go to an interview; one that is new is written with the first thing that is noted in it.

        Args:
            wanted: which.

        Raises:
            StudyError: it cannot be begun or shown; the message says why.
        """
        from fieldkit.study.interviews import interview_meant
        from fieldkit.tui.screens.interview import InterviewScreen

        interview = wanted.interview or interview_meant(self.study, wanted.respondent, another=wanted.another)
        meant = interview if isinstance(interview, str) else interview.id
        if self.interview is not None and self.interview.interview_id != meant:
            if not self.interview.put_away():
                return
            await self.remove_mode("interview")
            self.interview = None
        if self.interview is None:
            screen = InterviewScreen(self.study, interview)
            self.add_mode("interview", lambda: screen)
            self.interview = screen
        await self._go_to("interview")
        if wanted.item is not None:
            self.interview.go_to(wanted.item)

    async def on_interview_wanted(self, message: InterviewWanted) -> None:
        """Go to an interview that a screen asks for."""
        if self.idle.locked:
            self.idle.later(lambda: self.post_message(message))
            return
        try:
            await self.open_interview(message)
        except (AuthorNeeded, ProtectionNeeded):
            self._ask_first(partial(self.on_interview_wanted, message))
        except (StudyError, StoreError) as error:
            self.tell(str(error), "error")

    def on_responses_restored(self, message: ResponsesRestored) -> None:
        """Let the interview that is open take over what was restored."""
        if self.interview is not None:
            self.interview.answers_restored(message.responses)

    async def action_place(self, place: str) -> None:
        """Go to a place."""
        if place == "interview" and self.interview is None:
            told = t("No interview is open: choose a respondent on the Desk and press Enter")
            self.tell(told, "warning")
            return
        await self._go_to(place)

    def action_help(self) -> None:
        """Show what can be done here."""
        from fieldkit.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_lock(self) -> None:
        """Lock now."""
        self.idle.lock()

    def action_lock_after(self) -> None:
        """Ask after how many minutes to lock."""
        from fieldkit.tui.screens.ask_line import AskLine

        question = t("Lock after how many minutes without a key or the mouse? (0: never)")
        self.push_screen(AskLine(question, str(self.idle.minutes), check_minutes), self._lock_after_given)

    def action_leave(self) -> None:
        """Save everything and close; when it cannot be saved, say so and stay."""
        self._leave_place()
        if self.interview is None or self.interview.put_away():
            self.exit()

    async def _go_to(self, place: str) -> None:
        if place != self.current_mode:
            self._leave_place()
            await self.switch_mode(place)

    def _leave_place(self) -> None:
        # Under a page of help or words lies the place itself.
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.leave_place()

    @work(group="prompt")
    async def _ask_first(self, then: Callable[[], Awaitable[object]]) -> None:
        """Ask what the first write has to know, and do then what was wanted."""
        from fieldkit.tui.first_write import may_write

        if await may_write(self):
            await then()

    def _lock_after_given(self, typed: str | None) -> None:
        if typed is not None:
            self.lock_after(check_minutes(typed))
            minutes = self.idle.minutes
            told = tn("Locks after {n} minute", "Locks after {n} minutes", minutes).format(n=minutes)
            self.tell(told if minutes else t("Never locks by itself"))

    def _keep_typed(self) -> None:
        """Save what is typed, as far as it can be."""
        if self.interview is not None and not self.study.read_only:
            self.interview.leave_item()
            self.interview.attempt(self.interview.conduct.save_all)

    def _keeps_open(self) -> bool:
        """Whether an interview is being held, which no lock may interrupt."""
        return self.interview is not None and keeps_open(self.interview.conduct)

    def _look(self) -> None:
        self.idle.look()
        garbage.collect_if_quiet(self.idle.quiet_s)

    def _after_first_paint(self) -> None:
        garbage.go_on()
        self._load_protocol()

    @work(thread=True, group="protocol", exclusive=True)
    def _load_protocol(self) -> None:
        _ = self.study.protocol
        self.call_from_thread(self._protocol_is_there)

    def _protocol_is_there(self) -> None:
        if self.idle.locked:
            self.idle.later(self._protocol_is_there)
            return
        garbage.spare()
        for stack in self._screen_stacks.values():
            for screen in stack:
                screen.post_message(ProtocolLoaded())
        if self._straight_to is not None:
            self.post_message(InterviewWanted(self._straight_to))
            self._straight_to = None
        if self.study.practice and (offer := self.offer_tour()):
            self._notice(offer)
        self._check_store()

    @work(thread=True, group="soundness", exclusive=True)
    def _check_store(self) -> None:
        from fieldkit.study.soundness import unsound

        try:
            found = unsound(self.study)
        except StoreSealed:
            self.idle.later(self._check_store)
        except (StoreError, OSError) as error:
            self.call_from_thread(self._notice, str(error))
        else:
            if found is not None:
                self.call_from_thread(self._notice, found)
            elif self._backups:
                # Of a damaged store none is made: it would push out one that is whole.
                self.call_from_thread(self._begin_backup)

    def _begin_backup(self) -> None:
        if self.idle.locked:
            self.idle.later(self._back_up)
        else:
            self._back_up()

    @work(thread=True, group="backup", exclusive=True)
    def _back_up(self) -> None:
        from fieldkit.study.backups import back_up_if_due

        try:
            made = back_up_if_due(self.study)
        except StoreSealed:
            self.idle.later(self._back_up)
        except (StudyError, StoreError, OSError) as error:
            self.call_from_thread(self._notice, t("No backup was made today: {why}").format(why=error))
        else:
            if made is not None:
                self.call_from_thread(self._refresh_desk)

    def _notice(self, told: str) -> None:
        """Tell on the Desk what stays to be known of the store."""
        self.study.notices.append(told)
        self._refresh_desk()

    def _refresh_desk(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.refresh_place()

    def _coding(self) -> Screen[Any]:
        from fieldkit.tui.screens.coding import CodingScreen

        return CodingScreen(self.study)

    def _findings(self) -> Screen[Any]:
        from fieldkit.tui.screens.findings import FindingsScreen

        return FindingsScreen(self.study)


def run_app(study: Study, *, respondent: str | None = None, lock_after: int | None = None) -> int:
    """Run the app until it is left.

    Args:
        study: the study, open.
        respondent: id of a respondent whose interview to go to straight away.
        lock_after: minutes without a key after which to lock, from now on; None takes what was kept.

    Returns:
        The exit status: 0, or 1 after a crash.
    """
    app = FieldkitApp(study, respondent=respondent, backups=True)
    if lock_after is not None:
        app.lock_after(lock_after)
    app.run()
    return app.return_code or 0
