"""Signs at the start of a paragraph that say what it is: read key by key, or from a whole line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from fieldkit.say import t

Field = Literal["kind", "follow_up", "probe", "also_answers", "respondent"]
"""The field of a paragraph that a mark fills."""

PARAPHRASE: Final = "paraphrase"
VERBATIM: Final = "verbatim"
NOTE: Final = "note"

PROBE_SIGN: Final = "?"
ITEM_SIGN: Final = "="
SPEAKER_SIGN: Final = "&"
FOLLOW_UP_SIGN: Final = "!"

BLANKS: Final = " \u00a0\u202f"
"""One of these after a mark belongs to it; French sets one after its quotation mark."""

OPENED_BY: Final = "opened_by"
"""Of a paragraph that is being typed: the quotation mark that made it verbatim. It is never kept."""

_CLOSING: Final[Mapping[str, str]] = {'"': '"', "\u00ab": "\u00bb"}
"""Quotation mark to the one that pairs with it."""

_DIGITS: Final = "0123456789"


class Mark(NamedTuple):
    """One mark: a field of the paragraph, and what it says there; for `also_answers` one item."""

    field: Field
    value: Any


_ALONE: Final[Mapping[str, Mark]] = {
    '"': Mark("kind", VERBATIM),
    "\u00ab": Mark("kind", VERBATIM),
    "*": Mark("kind", NOTE),
    FOLLOW_UP_SIGN: Mark("follow_up", True),
}
_NUMBERED: Final[Mapping[str, Field]] = {
    PROBE_SIGN: "probe",
    ITEM_SIGN: "also_answers",
    SPEAKER_SIGN: "respondent",
}


@dataclass(frozen=True)
class Numbered:
    """What numbers after `?`, `=` and `&` stand for.

    Attributes:
        probes: number to id of a probe of the item.
        items: number to id of an item of the interview, that of the notes left out.
        speakers: number to id of a person; none where only one is present.
    """

    probes: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, str] = field(default_factory=dict)
    speakers: Mapping[int, str] = field(default_factory=dict)

    def behind(self, sign: str) -> Mapping[int, str]:
        """Number to id, for one of the signs that take a number."""
        return {PROBE_SIGN: self.probes, ITEM_SIGN: self.items, SPEAKER_SIGN: self.speakers}[sign]


@dataclass(frozen=True)
class Reading:
    """What one more character comes to.

    Attributes:
        begun: sign and digits that the next character may complete; they are text until then.
        last: the sign of the mark just made; once more it is text, and a blank after it belongs to it and is
            in it then.
        mark: the mark that was completed; what was begun is no text any more.
        text: what is plain text now: it stands in place of what was begun.
        again: the character that completed the mark and is to be read once more, on its own.
        doubled: whether the sign of the last mark came again: it is text then, and no mark.
        remark: why a number is none, one line, or None.
    """

    begun: str = ""
    last: str = ""
    mark: Mark | None = None
    text: str = ""
    again: str = ""
    doubled: bool = False
    remark: str | None = None


def read_character(begun: str, last: str, character: str, numbered: Numbered) -> Reading:
    """Read one more character at the start of a paragraph.

    Args:
        begun: what the reading before left begun.
        last: what the reading before left as the sign of the mark just made.
        character: the character typed; a line break for the end of the paragraph.
        numbered: what numbers stand for.

    Returns:
        What it comes to.
    """
    if begun:
        return _read_on(begun, character, numbered)
    if last in _ALONE and character == last:
        return Reading(text=character, doubled=True)
    if len(last) == 1 and character in BLANKS:
        return Reading(last=last + character)
    if last[:1] == character and character in _ALONE:
        return Reading(text=character)
    if character in _ALONE:
        return Reading(last=character, mark=_ALONE[character])
    return Reading(begun=character) if character in _NUMBERED else Reading(text=character)


def read_marks(text: str, numbered: Numbered) -> tuple[dict[str, Any], str, list[str]]:
    """Read the marks at the start of a whole line.

    Args:
        text: the line as it was typed.
        numbered: what numbers stand for.

    Returns:
        The fields that the marks fill; the words after them, without the quotation mark that closes the one
        among the marks; and a remark for each number that is none.
    """
    marks: list[dict[str, Any]] = [{}]
    begun = last = ""
    remarks: list[str] = []
    for at, character in enumerate(f"{text}\n"):
        again = character
        while again:
            reading = read_character(begun, last, again, numbered)
            begun, last, again = reading.begun, reading.last, reading.again
            remarks += [reading.remark] if reading.remark else []
            if reading.text:
                words = f"{reading.text}{text[at + 1 :]}".removesuffix("\n")
                return *_closed(marks[-2 if reading.doubled else -1], words), remarks
            if reading.mark is not None:
                marks.append(with_mark(marks[-1], reading.mark, last))
    return *_closed(marks[-1], ""), remarks


def without_closing(words: str, opened_by: str) -> str:
    """Words without the quotation mark that closes the one they were opened by; one of their own stays.

    Args:
        words: the words after the mark.
        opened_by: the mark that made them verbatim.
    """
    closing, rest = _CLOSING[opened_by], words.rstrip()
    before = rest[:-1]
    if not rest.endswith(closing) or not before.strip():
        return words
    # In pairs they are the words' own: one more than that closes the paragraph.
    opened = before.count(opened_by)
    own = opened % 2 == 1 if closing == opened_by else opened > before.count(closing)
    return words if own else before.rstrip()


def with_mark(paragraph: Mapping[str, Any], mark: Mark, sign: str = "") -> dict[str, Any]:
    """The fields of a paragraph with one mark more; the last mark made stands last.

    Args:
        paragraph: its fields so far.
        mark: the mark.
        sign: what it was typed as; nothing where it was made otherwise.
    """
    value = mark.value
    if mark.field == "also_answers":
        value = list(dict.fromkeys([*(paragraph.get(mark.field) or []), value]))
    replaced = (mark.field, OPENED_BY) if mark.field == "kind" else (mark.field,)
    kept = {name: said for name, said in paragraph.items() if name not in replaced}
    opened = {OPENED_BY: sign} if mark.value == VERBATIM and sign in _CLOSING else {}
    return {**kept, **opened, mark.field: value}


def as_kept(paragraph: Mapping[str, Any]) -> dict[str, Any]:
    """A paragraph as it is kept: what closes a quotation mark among its marks is part of that, not a word."""
    kept = dict(paragraph)
    opened = kept.pop(OPENED_BY, None)
    if opened is None or kept.get("kind") != VERBATIM:
        return kept
    return {**kept, "text": without_closing(str(kept["text"]), opened)}


def without_last_mark(paragraph: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields of a paragraph without the mark made last; None where it has none."""
    name = next((name for name in reversed(list(paragraph)) if _says(paragraph, name)), None)
    if name is None:
        return None
    if name == "kind":
        return {**paragraph, name: PARAPHRASE}
    kept = paragraph[name][:-1] if name == "also_answers" else None
    rest = {each: said for each, said in paragraph.items() if each != name}
    return {**rest, name: kept} if kept else rest


def is_marked(paragraph: Mapping[str, Any]) -> bool:
    """Whether a paragraph has any mark."""
    return without_last_mark(paragraph) is not None


def named_in(paragraphs: Iterable[Mapping[str, Any]], name: Literal["probe", "also_answers"]) -> list[str]:
    """Ids of the probes, or of the other items, that the marks of paragraphs name; each once."""
    said = [paragraph.get(name) or [] for paragraph in paragraphs]
    found = [each for value in said for each in ([value] if isinstance(value, str) else value)]
    return list(dict.fromkeys(found))


def _closed(fields: Mapping[str, Any], words: str) -> tuple[dict[str, Any], str]:
    """The fields and the words of a line as they are kept."""
    kept = as_kept({**fields, "text": words})
    return kept, kept.pop("text")


def _says(paragraph: Mapping[str, Any], name: str) -> bool:
    if name == "kind":
        return paragraph[name] not in (None, PARAPHRASE)
    return name in ("follow_up", *_NUMBERED.values()) and bool(paragraph[name])


def _read_on(begun: str, character: str, numbered: Numbered) -> Reading:
    """Read a character after a sign that takes a number."""
    sign, digits = begun[0], begun[1:]
    known = numbered.behind(sign)
    if character in _DIGITS:
        digits += character
        if any(str(number) != digits and str(number).startswith(digits) for number in known):
            return Reading(begun=sign + digits)
        number = int(digits)
        if number in known and str(number) == digits:
            return Reading(last=sign, mark=Mark(_NUMBERED[sign], known[number]))
        return Reading(text=begun + character, remark=_unknown(sign, digits))
    if not digits:
        return Reading(text=begun if character == sign else begun + character)
    if int(digits) in known:
        again = "" if character in BLANKS else character
        return Reading(mark=Mark(_NUMBERED[sign], known[int(digits)]), again=again)
    return Reading(text=begun + character, remark=_unknown(sign, digits))


def _unknown(sign: str, digits: str) -> str:
    if sign == PROBE_SIGN:
        return t("?{digits} stays as text: this item has no probe {digits}").format(digits=digits)
    if sign == ITEM_SIGN:
        return t("={digits} stays as text: there is no other item {digits}").format(digits=digits)
    return t("&{digits} stays as text: nobody here has the number {digits}").format(digits=digits)
