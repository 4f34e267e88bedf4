"""One interview held line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fieldkit.cli.plain.adding import ask_to_add
from fieldkit.cli.plain.answering import (
    Told,
    change_attribution,
    change_kind,
    give_value,
    say_outcome,
    tick_probe,
)
from fieldkit.cli.plain.commands import SIGN, command_in, help_lines
from fieldkit.cli.plain.ending import COMPLETE, PAUSE, WISHES
from fieldkit.cli.plain.erasing import ask_to_erase
from fieldkit.cli.plain.here import Here, Question
from fieldkit.cli.plain.moves import Moves
from fieldkit.cli.plain.noting import Noting
from fieldkit.cli.plain.off_record import OffRecord
from fieldkit.cli.plain.people import ask_to_withdraw, give_in_other_mode
from fieldkit.cli.plain.show import (
    aside_lines,
    recovered_lines,
    reminder,
    safety,
    standing_lines,
    unkept_lines,
)
from fieldkit.cli.plain.terminal import Lines, tell
from fieldkit.say import mark, t
from fieldkit.study.conduct import Conduct
from fieldkit.study.elsewhere import check_folder, save_elsewhere
from fieldkit.study.recovered import recovered_words
from fieldkit.study.reopening import reopen
from fieldkit.study.steps import StepView

_ASKED: Final = {"consent": mark("Consent: "), "closing": mark("Closing: "), "memo": mark("Memo: ")}
"""What stands before the line that is typed on a page without items."""

_ON_ITEMS: Final[dict[str, Callable[[Conduct, StepView, str], Told]]] = {
    "v": give_value,
    "t": say_outcome,
    "p": tick_probe,
    "k": change_kind,
    "a": change_attribution,
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
        self._here = Here(conduct)
        self._moves = Moves(self._here)
        self._recovered = recovered_words(conduct)
        self._reminded: str | None = None
        self._noting = Noting(conduct)
        self._off_record = OffRecord(conduct)
        self._commands = self._command_table()

    def run(self) -> int:
        """Hold it until there are no more lines or it is left; everything is kept then.

        Returns:
            The exit code: 0, or 1 where something could not be saved, which is then printed.
        """
        attempt = self._here.attempt
        self._greet()
        try:
            with self._noting.drafting():
                while self._take(self._next_line()):
                    pass
        except (EOFError, KeyboardInterrupt):
            pass
        finally:
            attempt(lambda: self.conduct.leave(self.conduct.current))
            kept = attempt(self.conduct.close)
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
        self._here.say_all(recovered_lines(self._recovered, whole=False))
        state = self.conduct.interview.state
        if state == "complete":
            tell(t("This interview is complete; what is changed now is kept as a correction."))
        elif state == "in progress":
            # It was not paused, so the program was stopped: the clock has not run since.
            self._here.attempt(self.conduct.start)
        self._here.read()

    def _next_line(self) -> str:
        here = self._here
        told = reminder(self.conduct) if here.page != "consent" else None
        if told is not None and told != self._reminded:
            tell(told)
        self._reminded = told
        self._noting.await_line(here.target)
        if self._off_record.lasts:
            return self._lines.ask(t("Off the record: "), self._typing)
        question = f"{here.step.number}: " if here.page == "item" else t(_ASKED[here.page])
        return self._lines.ask(question, self._typing)

    def _take(self, line: str) -> bool:
        """Do what a line asks for; whether the interview goes on."""
        command = command_in(line)
        question, self._here.question = self._here.question, None
        if question is not None and command is None:
            self._noting.withdraw()
            if question.understands(line):
                question.answer(line)
                return True
            question.passed_by()
            self._noting.await_line(self._here.target)
        if self._off_record.swallows(command):
            tell(t("Off the record: not kept. Line .off ends it."))
            return True
        if command is None and line.strip() and not self._is_answer(line):
            self._note(line)
            return True
        self._noting.withdraw()
        if command is not None:
            return command[0] != "pause" and self._command(*command)
        if self._here.page == "consent":
            self._consent(line)
        elif line.strip():
            return self._close_with(line.strip())
        return True

    def _is_answer(self, line: str) -> bool:
        """Whether a line answers what is asked outside the items, rather than being words."""
        if self._here.question is not None:
            return self._here.question.understands(line)
        if self._here.page == "closing":
            return line.strip() in WISHES
        return self._here.page == "consent" and self._here.consents.understands(line)

    def _consent(self, line: str) -> None:
        here = self._here
        if not line.strip():
            here.consents.pass_by()
        else:
            here.attempt(here.begin)
            if here.attempt(lambda: here.consents.answer(line)):
                tell(t("saved"))
        if here.consents.asked:
            tell(here.consents.text)
        else:
            here.turn_to("item")

    def _close_with(self, wish: str) -> bool:
        """Do what is wished for in the closing review; whether the interview goes on."""
        here = self._here
        if wish == PAUSE:
            return False
        if wish == COMPLETE and self.conduct.interview.state == "complete":
            why = t("Why is the interview opened again? (Enter: no reason)")
            here.ask(Question(why, lambda _: True, self._reopen))
            return True
        here.attempt(here.begin)
        here.attempt(lambda: here.say_all(here.ending.do(wish)))
        return True

    def _reopen(self, why: str) -> None:
        if self._here.attempt(lambda: reopen(self.conduct, why)):
            tell(t("Open again; the clock goes on with the next thing noted."))

    def _command_table(self) -> dict[str, Callable[[str], object]]:
        """What each command does with what comes after it; those on items and `pause` apart."""
        here, moves, conduct = self._here, self._moves, self.conduct
        return {
            "n": lambda _: moves.go_on(1),
            "b": lambda _: moves.go_on(-1),
            "g": moves.jump,
            "r": lambda _: here.read(),
            "i": lambda _: here.say_all(aside_lines(conduct, here.step, conduct.study.protocol.framework)),
            "short": lambda _: moves.short_path(),
            "add": lambda text: ask_to_add(here, moves, text),
            "off": lambda _: self._turn_off_record(),
            "erase": lambda _: ask_to_erase(here),
            "another": lambda _: moves.another(),
            "lang": lambda _: moves.next_language(),
            "withdraw": lambda code: ask_to_withdraw(here, code),
            "written": lambda code: give_in_other_mode(here, code),
            "s": lambda _: here.say_all(standing_lines(conduct)),
            "recovered": lambda _: here.say_all(recovered_lines(self._recovered, whole=True)),
            "close": lambda _: here.turn_to("closing"),
            "why": lambda said: here.attempt(lambda: here.say_all(here.ending.say_why(said))),
            "memo": lambda _: here.turn_to("memo"),
            "elsewhere": lambda folder: here.attempt(lambda: self._elsewhere(folder)),
            "help": lambda _: here.say_all(help_lines()),
        }

    def _command(self, name: str, argument: str) -> bool:
        here = self._here
        if name in _ON_ITEMS:
            if here.page == "memo":
                here.leave()
            here.page = "item"
            here.attempt(lambda: self._answer(_ON_ITEMS[name], argument))
        else:
            self._commands[name](argument)
        return True

    def _answer(self, act: Callable[[Conduct, StepView, str], Told], argument: str) -> None:
        here = self._here
        told = act(self.conduct, here.step, argument)
        if told.noted:
            here.begin()
        here.say_all([*told.lines, *([safety(self.conduct)] if told.noted else [])])

    def _note(self, line: str) -> None:
        """Keep a line as a paragraph; words before or after all items belong to one of them as well."""
        here = self._here
        here.attempt(lambda: self._noting.keep(line))
        if here.page in ("consent", "closing"):
            # Officials start talking early, and the best is often said when all seems over.
            self.conduct.move_to(here.target)
            here.page = "item"
            tell(t("Noted under item {number}.").format(number=here.step.number))
        if line.startswith(SIGN):
            tell(t("Noted as words: no command is called so; .help tells which there are."))
        here.say_all(self._noting.remarks)
        tell(safety(self.conduct))

    def _turn_off_record(self) -> None:
        here = self._here
        if self._off_record.lasts:
            here.attempt(self._off_record.end)
            tell(t("On the record again."))
            here.read()
            return
        here.leave()
        here.attempt(here.begin)
        here.attempt(self._off_record.begin)
        tell(t("Off the record: nothing you type is kept until you type .off again."))

    def _typing(self, text: str) -> None:
        """Take over a line while it is typed, so that it is drafted like words typed in the app."""
        if self._off_record.lasts:
            return
        if not text.strip() or text.startswith(SIGN) or self._is_answer(text):
            self._noting.withdraw()
        else:
            self._here.attempt(lambda: self._noting.typing(text))

    def _elsewhere(self, typed: str) -> None:
        self.conduct.save_all()
        path = save_elsewhere(self.conduct, check_folder(self.conduct.study, typed))
        told = (
            t("Written to {path}; `fieldkit import` takes it in.") if path else t("Everything is saved here.")
        )
        tell(told.format(path=path))
