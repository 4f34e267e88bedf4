"""One interview held line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from fieldkit.cli.plain.answering import Told, change_kind, give_value, say_outcome, tick_probe
from fieldkit.cli.plain.asking import ConsentRound
from fieldkit.cli.plain.commands import SIGN, command_in, help_lines
from fieldkit.cli.plain.ending import WISHES, Ending
from fieldkit.cli.plain.noting import Noting
from fieldkit.cli.plain.off_record import OffRecord
from fieldkit.cli.plain.places import find_step
from fieldkit.cli.plain.show import aside_lines, item_lines, reminder, safety, standing_lines, unkept_lines
from fieldkit.cli.plain.terminal import Lines, tell
from fieldkit.records.responses import ResponseKey
from fieldkit.say import mark, t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.closing import asked_steps
from fieldkit.study.conduct import Conduct
from fieldkit.study.elsewhere import check_folder, save_elsewhere
from fieldkit.study.errors import StudyError
from fieldkit.study.steps import StepView, numbered_items

Page = Literal["consent", "item", "closing"]

_ASKED: Final = {"consent": mark("Consent: "), "closing": mark("Closing: ")}
"""What stands before the line that is typed on a page without items."""

_ON_ITEMS: Final[dict[str, Callable[[Conduct, StepView, str], Told]]] = {
    "v": give_value,
    "t": say_outcome,
    "p": tick_probe,
    "k": change_kind,
}
"""Commands that note something of the item that is asked."""


class PlainInterview:
    """An interview held in lines: each is a paragraph of notes, an answer to what is asked, or a command."""

    def __init__(self, conduct: Conduct, lines: Lines) -> None:
        """Make it.

        Args:
            conduct: the interview.
            lines: where lines come from.
        """
        self.conduct = conduct
        self._lines = lines
        self._page: Page = "item" if conduct.interview.started_at else "consent"
        self._consents = ConsentRound(conduct)
        self._ending = Ending(conduct)
        self._came_from: ResponseKey | None = None
        self._reminded: str | None = None
        self._noting = Noting(conduct)
        self._off_record = OffRecord(conduct)

    def run(self) -> int:
        """Hold it until there are no more lines or it is left; everything is kept then.

        Returns:
            The exit code: 0, or 1 where something could not be saved, which is then printed.
        """
        self._greet()
        try:
            with self._noting.drafting():
                while self._take(self._next_line()):
                    pass
        except (EOFError, KeyboardInterrupt):
            pass
        finally:
            self._attempt(lambda: self.conduct.leave(self.conduct.current))
            kept = self._attempt(self.conduct.close)
        if not kept:
            for line in unkept_lines(self.conduct):
                tell(line)
            return 1
        paused = self.conduct.interview.state == "paused"
        tell(
            t("Paused; everything is kept, and the same command goes on.")
            if paused
            else t("Everything is kept.")
        )
        return 0

    def _greet(self) -> None:
        codes = " ".join(person.code for person in self.conduct.respondents)
        tell(t("Interview with {codes}.").format(codes=codes))
        tell(t("Every line is saved when you press Enter. Line .help tells the commands."))
        if recovered := len(self.conduct.recovered):
            told = tn(
                "Recovered what was typed before the last stop, in {n} items.",
                "Recovered what was typed before the last stop, in {n} items.",
                recovered,
            )
            tell(told.format(n=recovered))
        state = self.conduct.interview.state
        if state == "complete":
            tell(t("This interview is complete; what is changed now is kept as a correction."))
        elif state == "in progress":
            # It was not paused, so the program was stopped: the clock has not run since.
            self._attempt(self.conduct.start)
        self._read()

    def _read(self) -> None:
        """Read out what is asked now."""
        if self._page == "consent":
            lines = self._consents.lines()
        elif self._page == "closing":
            lines = self._ending.lines()
        else:
            total = len(numbered_items(self.conduct.guide))
            lines = item_lines(self.conduct, self._step(), total)
        for line in lines:
            tell(line)

    def _next_line(self) -> str:
        told = reminder(self.conduct) if self._page != "consent" else None
        if told is not None and told != self._reminded:
            tell(told)
        self._reminded = told
        self._noting.await_line(self._target())
        if self._off_record.lasts:
            return self._lines.ask(t("Off the record: "), self._typing)
        question = f"{self._step().number}: " if self._page == "item" else t(_ASKED[self._page])
        return self._lines.ask(question, self._typing)

    def _take(self, line: str) -> bool:
        """Do what a line asks for; whether the interview goes on."""
        command = command_in(line)
        if self._off_record.swallows(command):
            tell(t("Off the record: not kept. Line .off ends it."))
            return True
        if command is None and line.strip() and not self._is_answer(line):
            self._note(line)
            return True
        self._noting.withdraw()
        if command is not None:
            return command[0] != "pause" and self._command(*command)
        if self._page == "consent":
            self._consent(line)
        elif line.strip():
            self._attempt(self._noting.begin)
            self._attempt(lambda: self._say_all(self._ending.do(line.strip())))
        return True

    def _is_answer(self, line: str) -> bool:
        """Whether a line answers what is asked outside the items, rather than being words."""
        if self._page == "closing":
            return line.strip() in WISHES
        return self._page == "consent" and self._consents.understands(line)

    def _consent(self, line: str) -> None:
        if not line.strip():
            self._consents.pass_by()
        else:
            self._attempt(self._noting.begin)
            if self._attempt(lambda: self._consents.answer(line)):
                tell(t("saved"))
        if self._consents.asked:
            tell(self._consents.text)
        else:
            self._turn_to("item")

    def _command(self, name: str, argument: str) -> bool:
        if name in _ON_ITEMS:
            self._page = "item"
            self._attempt(lambda: self._answer(_ON_ITEMS[name], argument))
        elif name in ("n", "b"):
            self._go_on(1 if name == "n" else -1)
        elif name == "g":
            self._jump(argument)
        elif name == "close":
            self._turn_to("closing")
        elif name == "lang":
            self._next_language()
        elif name == "off":
            self._turn_off_record()
        elif name == "another":
            self._another()
        elif name == "elsewhere":
            self._attempt(lambda: self._elsewhere(argument))
        elif name == "r":
            self._read()
        else:
            study = self.conduct.study
            told = {
                "i": lambda: aside_lines(self.conduct, self._step(), study.protocol.framework),
                "s": lambda: standing_lines(self.conduct),
                "help": help_lines,
            }
            self._say_all(told[name]())
        return True

    def _answer(self, act: Callable[[Conduct, StepView, str], Told], argument: str) -> None:
        told = act(self.conduct, self._step(), argument)
        if told.noted:
            self._noting.begin()
        self._say_all([*told.lines, *([safety(self.conduct)] if told.noted else [])])

    def _note(self, line: str) -> None:
        """Keep a line as a paragraph; words before or after all items belong to one of them as well."""
        self._attempt(lambda: self._noting.keep(line))
        if self._page != "item":
            # Officials start talking early, and the best is often said when all seems over.
            self.conduct.move_to(self._target())
            self._page = "item"
            tell(t("Noted under item {number}.").format(number=self._step().number))
        if line.startswith(SIGN):
            tell(t("Noted as words: no command is called so; .help tells which there are."))
        self._say_all(self._noting.remarks)
        tell(safety(self.conduct))

    def _turn_off_record(self) -> None:
        if self._off_record.lasts:
            self._attempt(self._off_record.end)
            tell(t("On the record again."))
            self._read()
            return
        self._leave()
        self._attempt(self._noting.begin)
        self._attempt(self._off_record.begin)
        tell(t("Off the record: nothing you type is kept until you type .off again."))

    def _typing(self, text: str) -> None:
        """Take over a line while it is typed, so that it is drafted like words typed in the app."""
        if self._off_record.lasts:
            return
        if not text.strip() or text.startswith(SIGN) or self._is_answer(text):
            self._noting.withdraw()
        else:
            self._attempt(lambda: self._noting.typing(text))

    def _target(self) -> ResponseKey:
        """The answer that words go to."""
        return asked_steps(self.conduct)[-1].key if self._page == "closing" else self._step().key

    def _go_on(self, by: int) -> None:
        if self._page != "item":
            if (self._page == "consent") == (by > 0):
                self._turn_to("item")
            return
        steps, current = self.conduct.steps(), self._step()
        here = next(at for at, step in enumerate(steps) if step.key == current.key)
        ahead = steps[here + 1 :] if by > 0 else steps[:here][::-1]
        found = next((step for step in ahead if step.relevant), None)
        if found is not None:
            self._go_to(found.key)
        else:
            self._turn_to("closing" if by > 0 else "consent")

    def _jump(self, wanted: str) -> None:
        if wanted == "0":
            self._consents.begin()
            self._turn_to("consent")
            return
        steps = self.conduct.steps()
        if wanted:
            found = find_step(steps, wanted, self.conduct.language)
        else:
            found = next((step for step in steps if step.key == self._came_from), None)
        if found is None:
            told = t("Nothing has that: {typed}") if wanted else t("There was no jump to go back from.")
            tell(told.format(typed=wanted))
            return
        self._came_from = self.conduct.current
        self._go_to(found.key)

    def _go_to(self, key: ResponseKey) -> None:
        self._leave()
        self._attempt(lambda: self.conduct.move_to(key))
        self._page = "item"
        self._read()

    def _leave(self) -> None:
        """Keep the answer as a revision, and tell what it lacks; that blocks nothing."""
        if self._page != "item":
            return
        step = self._step()
        self._attempt(lambda: self.conduct.leave(step.key))
        if step.value_missing:
            told = t("{number} has no value yet, and what is asked later depends on it.")
            tell(told.format(number=step.number))
        elif step.relevant and step.item.required and step.state == "open":
            tell(t("{number} is required and has no answer yet.").format(number=step.number))

    def _turn_to(self, page: Page) -> None:
        self._leave()
        self._page = page
        self._read()

    def _next_language(self) -> None:
        framework = self.conduct.study.protocol.framework
        languages = framework.study.languages if framework else list(self.conduct.guide.title.languages)
        self._leave()
        at = languages.index(self.conduct.language) if self.conduct.language in languages else -1
        self.conduct.language = languages[(at + 1) % len(languages)]
        self._read()

    def _another(self) -> None:
        repeat = self.conduct.guide.repeat_of(self._step().key.item)
        if repeat is None or repeat.instances or repeat.for_each is not None:
            tell(t("This item is not asked of as many things as you like."))
            return
        added: list[ResponseKey] = []
        if self._attempt(lambda: added.append(self.conduct.add_instance(repeat.id))):
            self._go_to(added[0])

    def _elsewhere(self, typed: str) -> None:
        self.conduct.save_all()
        path = save_elsewhere(self.conduct, check_folder(self.conduct.study, typed))
        told = (
            t("Written to {path}; `fieldkit import` takes it in.") if path else t("Everything is saved here.")
        )
        tell(told.format(path=path))

    def _step(self) -> StepView:
        """The step of the item that is asked; the first one where a change elsewhere took that one away."""
        steps = self.conduct.steps()
        found = next((step for step in steps if step.key == self.conduct.current), None)
        if found is None:
            found = next((step for step in steps if step.relevant), steps[0])
            self.conduct.move_to(found.key)
        return found

    def _say_all(self, lines: list[str]) -> None:
        for line in lines:
            tell(line)

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do something that writes; what goes wrong is told, and nothing is lost."""
        try:
            act()
        except (StudyError, StoreError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            told = t("Not done: {why}") if isinstance(error, StudyError) else t("NOT SAVED: {why}")
            tell(told.format(why=error))
            return False
        return True
