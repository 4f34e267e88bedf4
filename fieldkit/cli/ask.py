"""Questions asked at the shell, each of which has an option that answers it beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldkit.study.author import check_initials
from fieldkit.study.errors import StudyError
from fieldkit.text import visible_line


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


def ask_choice(question: str, choices: Sequence[tuple[str, str]], *, default: str | None = None) -> str:
    """Ask for one of several.

    Args:
        question: what is asked.
        choices: id and what it reads, for each.
        default: id of the one that is offered first.

    Returns:
        The id chosen.
    """
    import questionary

    offered = [questionary.Choice(title=visible_line(text), value=choice) for choice, text in choices]
    chosen: str = questionary.select(visible_line(question), choices=offered, default=default).unsafe_ask()
    return chosen


def ask_author() -> str:
    """Ask whose work it is."""
    return ask_text("Your initials (they stand beside all that you write):", check=check_initials)
