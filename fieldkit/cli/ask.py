"""Questions asked at the shell, each of which has an option that answers it beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldkit.cli.output import moves_cursor, say
from fieldkit.say import t
from fieldkit.study.author import check_initials
from fieldkit.study.errors import StudyError
from fieldkit.study.passphrases import LEAST, check_passphrase, offer_passphrase
from fieldkit.text import visible_line

_OFFERED, _OWN, _NONE = "offered", "own", "none"


def ask_text(question: str, *, default: str = "", check: Callable[[str], object] | None = None) -> str:
    """Ask for a line of text.

    Args:
        question: what is asked.
        default: what an empty line stands for.
        check: raises StudyError where the answer will not do; the line is then asked again.

    Returns:
        The answer without blanks around it.

    Raises:
        KeyboardInterrupt: the user stopped.
    """
    if not moves_cursor():
        return _ask_line(question, default=default, check=check)
    import questionary

    def valid(text: str) -> bool | str:
        if check is None:
            return True
        try:
            check(text.strip())
        except StudyError as error:
            return visible_line(str(error))
        return True

    answer: str = questionary.text(visible_line(question), default=default, validate=valid).unsafe_ask()
    return answer.strip()


def _ask_line(question: str, *, default: str, check: Callable[[str], object] | None) -> str:
    """As `ask_text`, on a terminal that cannot move its cursor."""
    while True:
        answer = input(f"{visible_line(question)} ").strip() or default
        try:
            if check is not None:
                check(answer)
        except StudyError as error:
            say(visible_line(str(error)))
            continue
        return answer


def ask_choice(question: str, choices: Sequence[tuple[str, str]], *, default: str | None = None) -> str:
    """Ask for one of several.

    Args:
        question: what is asked.
        choices: id and what it reads, for each.
        default: id of the one that is offered first.

    Returns:
        The id chosen.
    """
    if not moves_cursor():
        return _ask_number(question, choices, default=default)
    import questionary

    offered = [questionary.Choice(title=visible_line(text), value=choice) for choice, text in choices]
    chosen: str = questionary.select(visible_line(question), choices=offered, default=default).unsafe_ask()
    return chosen


def _ask_number(question: str, choices: Sequence[tuple[str, str]], *, default: str | None) -> str:
    """As `ask_choice`, on a terminal that cannot move its cursor."""
    say(visible_line(question))
    for number, (_, text) in enumerate(choices, start=1):
        say(f"{number} {visible_line(text)}")
    ids = [choice for choice, _ in choices]
    offered = ids.index(default) + 1 if default in ids else 1
    while True:
        answer = input(t("Number, or Enter for {offered}: ").format(offered=offered)).strip() or str(offered)
        if answer.isdigit() and 1 <= int(answer) <= len(ids):
            return ids[int(answer) - 1]
        say(t("Give a number from 1 to {n}.").format(n=len(ids)))


def ask_secret(question: str) -> str:
    """Ask for a secret; what is typed is not shown."""
    if not moves_cursor():
        from getpass import getpass

        return getpass(f"{visible_line(question)} ")
    import questionary

    answer: str = questionary.password(visible_line(question)).unsafe_ask()
    return answer


def ask_protection() -> str | None:
    """Ask how a new study shall be kept.

    Returns:
        A passphrase; None where it shall not be encrypted.
    """
    offered = offer_passphrase("en")
    chosen = ask_choice(
        t("What is recorded is encrypted. Which passphrase shall open it?"),
        [
            (_OFFERED, t("this one, drawn just now: {words}").format(words=offered)),
            (_OWN, t("one of my own, of at least {least} characters").format(least=LEAST)),
            (_NONE, t("none: whoever gets at this disk can read every word")),
        ],
    )
    if chosen == _NONE:
        return None
    return offered if chosen == _OFFERED else ask_new_passphrase()


def ask_new_passphrase() -> str:
    """Ask for a new passphrase, twice."""
    while True:
        first = ask_secret(t("New passphrase:"))
        try:
            check_passphrase(first)
        except StudyError as error:
            say(visible_line(str(error)))
            continue
        if ask_secret(t("The same again:")) == first:
            return first
        say(t("These two differ; once more."))


def ask_author() -> str:
    """Ask whose work it is."""
    return ask_text(t("Your initials (they stand beside all that you write):"), check=check_initials)
