"""Statement and consent, asked line by line; nothing waits for them."""

from __future__ import annotations

from typing import Any, Final

from fieldkit.protocol.guide import CONSENT_IDS
from fieldkit.records.respondents import Respondent
from fieldkit.say import t
from fieldkit.study.conduct import Conduct

_YES: Final = ("1", "y", "yes", "o", "oui")
_NO: Final = ("2", "n", "no", "non")


def is_yes(line: str) -> bool:
    """Whether a line says yes."""
    return line.strip().casefold() in _YES


class ConsentRound:
    """Each person's consents, one after the other."""

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct
        self._at = 0

    def begin(self) -> None:
        """Ask from the first one again."""
        self._at = 0

    @property
    def asked(self) -> bool:
        """Whether one is being asked."""
        return self._at < len(self._rows)

    @property
    def text(self) -> str:
        """The consent being asked, with what was said to it before; nothing after the last."""
        if not self.asked:
            return ""
        person, consent = self._rows[self._at]
        texts: dict[str, str] = {
            each.id: each.text.get(self._conduct.language) for each in self._conduct.guide.consents
        }
        said = getattr(self._conduct.consents()[person.id], consent)
        before = {True: t(" (said before: yes)"), False: t(" (said before: no)"), None: ""}[said]
        return f"{person.code}: {texts[consent]}{before}"

    def lines(self) -> list[str]:
        """The statement, and the consent being asked."""
        statement = self._conduct.guide.statement.get(self._conduct.language)
        how = t("Answer yes or no, or Enter for later; any other line is noted under the first item.")
        return [t("To be read out:"), *filter(None, statement.splitlines()), how, self.text]

    def understands(self, line: str) -> bool:
        """Whether a line is an answer, rather than words to be noted."""
        return self.asked and line.strip().casefold() in (*_YES, *_NO)

    def answer(self, line: str) -> None:
        """Record an answer, and go on to the next.

        Raises:
            StoreError: it could not be kept; the same one is asked again.
        """
        person, consent = self._rows[self._at]
        said: dict[str, Any] = {consent: is_yes(line)}
        self._conduct.set_consent(person.id, **said)
        self._at += 1

    def pass_by(self) -> None:
        """Leave one for later."""
        self._at += 1

    @property
    def _rows(self) -> list[tuple[Respondent, str]]:
        return [(person, consent) for person in self._conduct.respondents for consent in CONSENT_IDS]
