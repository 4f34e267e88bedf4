"""What stops a passage that may be quoted: words or attributes that could say who spoke."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from fieldkit.findings.evidence import Evidence
from fieldkit.text import fold

Stop = Literal["name", "email", "phone", "title", "code", "few"]
"""Why a passage waits: what it holds of a contact, a code, or too few persons like the speaker."""

_PHONE_DIGITS: Final = 7
"""Fewest digits of a telephone number that are looked for; fewer are any number."""

_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class Identifying:
    """Words that say who somebody is, ready to be looked for."""

    def __init__(self, contacts: Iterable[Mapping[str, object]], codes: Iterable[str]) -> None:
        """Take them in.

        Args:
            contacts: bodies of contacts: `name`, `title`, `email`, `phone`.
            codes: codes that respondents go by.
        """
        bodies = list(contacts)
        self._names = {part for body in bodies for part in _name_parts(str(body.get("name") or ""))}
        self._titles = [words for body in bodies if (words := _words(body.get("title")))]
        self._emails = {fold(str(body["email"])) for body in bodies if body.get("email")}
        digits = {re.sub(r"\D", "", str(body.get("phone") or "")) for body in bodies}
        self._phones = {each for each in digits if len(each) >= _PHONE_DIGITS}
        self._codes = [re.compile(rf"(?<!\w){re.escape(fold(code))}(?!\w)") for code in codes]

    def found_in(self, text: str) -> list[Stop]:
        """What of it a text holds, whatever the case and accents; each kind once.

        Any address of electronic mail counts, whether a contact has it or not. A name counts by any of its
        parts, particles in small letters apart: more is stopped than need be, for a person to decide.
        """
        folded, words = fold(text), _words(text)
        found: list[Stop] = []
        if self._names.intersection(words):
            found.append("name")
        if _ADDRESS.search(text) or any(email in folded for email in self._emails):
            found.append("email")
        digits = re.sub(r"\D", "", text)
        if any(phone in digits or phone[-_PHONE_DIGITS:] in digits for phone in self._phones):
            found.append("phone")
        if any(_holds(words, title) for title in self._titles):
            found.append("title")
        if any(code.search(folded) for code in self._codes):
            found.append("code")
        return found


class Likeness:
    """How many persons a passage could be of, by what a report says beside it.

    That is the respondent group, which the question asked tells too, and the language it was said in.
    """

    def __init__(self, evidence: Evidence) -> None:
        """Look at who said something, in which group and language."""
        self._evidence = evidence
        self._speakers: dict[tuple[str | None, str | None], set[str]] = {}
        for heard in evidence.heard.values():
            for person in heard.persons:
                key = (evidence.people[person].group, heard.response.language)
                self._speakers.setdefault(key, set()).add(person)

    def of(self, response_id: str) -> int:
        """How many persons a passage of a response could be of; 0 where the response does not count."""
        said = self._evidence.heard.get(response_id)
        if said is None:
            return 0
        people = self._evidence.people
        groups = {people[person].group for person in said.interview.respondents if person in people}
        like = (self._speakers.get((group, said.response.language), set()) for group in groups)
        return len(set().union(*like))


def _name_parts(name: str) -> set[str]:
    parts = re.findall(r"\w\w+", name)
    own = [part for part in parts if not part[0].islower()]
    return {fold(part) for part in own or parts}


def _words(text: object) -> list[str]:
    return re.findall(r"\w+", fold(str(text or "")))


def _holds(words: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))
