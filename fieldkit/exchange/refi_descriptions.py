"""A code's description in REFI-QDA: readable in any program, and read back here without loss.

The definition comes first. Below it, each part after an empty line, stands what the format has no
place for, and last what the code is here:

    What members do to review and steer.

    Use when: the passage is about members as a whole.

    Name (fr): Surveillance par les membres

    fieldkit: code oversight (en)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.protocol.texts import Text

_TEXTS = {"Name": "name", "Definition": "definition", "Use when": "use_when", "Not when": "not_when"}
_CODE = re.compile(r"fieldkit: code ([a-z][a-z0-9-]*) \(([A-Za-z0-9-]+)\)")
_QUESTION = re.compile(r"fieldkit: evaluation question (\S+)")
_PART = re.compile(
    r"(Name|Definition|Use when|Not when|Example [0-9]+|Also called|Pattern|Retired)"
    r"(?: \(([A-Za-z0-9-]+)\))?: (.*)",
    re.S,
)

QUESTIONS = "fieldkit: evaluation questions"
"""Description of what only holds evaluation questions together."""


@dataclass(frozen=True)
class Described:
    """What a description tells of a code.

    Attributes:
        code: id of the code that it was written from, or None where another program made it.
        question: id of the evaluation question that the code stands for, if it is one.
        folder: whether it only holds evaluation questions together.
        language: language of the name and definition, where that is told.
        definition: the words before the first part.
        fields: fields of a code, as a study keeps them, without name and definition in `language`.
    """

    definition: str = ""
    code: str | None = None
    question: str | None = None
    folder: bool = False
    language: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def code_name(code: Code, language: str) -> tuple[str, str]:
    """The code's name, and the language it is in: the one asked for, where the code has it."""
    languages = code.name.languages
    chosen = language if language in languages else languages[0]
    return code.name.get(chosen), chosen


def describe_code(code: Code, language: str, name: str) -> str:
    """The description of a code.

    Args:
        code: the code.
        language: language of the name beside it, as `code_name` returns it.
        name: the name beside it, which need not be the code's where two codes share one.
    """
    parts = [_kept(code.definition.translations.get(language, ""))]
    if name != code.name.translations[language]:
        parts.append(_part(f"Name ({language})", code.name.translations[language]))
    parts += _others("Name", code.name, language)
    parts += _others("Definition", code.definition, language)
    for label, text in (("Use when", code.use_when), ("Not when", code.not_when)):
        if text is not None:
            parts += _others(label, text, None)
    for number, example in enumerate(code.examples, start=1):
        parts += _others(f"Example {number}", example, None)
    parts += [_part("Also called", alias) for alias in code.aliases]
    if code.pattern is not None:
        parts.append(f"Pattern: {code.pattern}")
    if code.retired:
        parts.append("Retired: yes")
    return "\n\n".join([*parts, f"fieldkit: code {code.id} ({language})"])


def describe_question(question: str, text: str) -> str:
    """The description of the code that stands for an evaluation question."""
    return f"{text}\n\nfieldkit: evaluation question {question}"


def read_description(text: str) -> Described:
    """What a description tells; of one that another program made, all of it is the definition."""
    parts = text.rstrip().split("\n\n")
    last = parts[-1].strip()
    if last == QUESTIONS:
        return Described(folder=True)
    if question := _QUESTION.fullmatch(last):
        return Described(question=question.group(1))
    code = _CODE.fullmatch(last)
    if code is None:
        return Described(definition=text.strip())
    fields: dict[str, Any] = {}
    definition: list[str] = []
    for part in parts[:-1]:
        found = _PART.fullmatch(part)
        if found is None:
            definition.append(part)
        else:
            _take_part(fields, found.group(1), found.group(2) or code.group(2), _restored(found.group(3)))
    return Described(
        definition="\n\n".join(map(_restored, definition)),
        code=code.group(1),
        language=code.group(2),
        fields={
            name: list(value.values()) if name == "examples" else value for name, value in fields.items()
        },
    )


def _others(label: str, text: Text, but: str | None) -> Iterator[str]:
    for language, translation in text.translations.items():
        if language != but:
            yield _part(f"{label} ({language})", translation)


def _part(label: str, text: str) -> str:
    return f"{label}: {_kept(text)}"


def _kept(text: str) -> str:
    """The text with a blank before each further line, so that no line of it is taken for a part."""
    first, *others = text.split("\n")
    guarded = f" {first}" if _PART.fullmatch(first) or first.startswith((" ", "fieldkit: ")) else first
    return "\n".join([guarded, *(f" {line}" for line in others)])


def _restored(text: str) -> str:
    return "\n".join(line.removeprefix(" ") for line in text.split("\n"))


def _take_part(fields: dict[str, Any], label: str, language: str, text: str) -> None:
    if label in _TEXTS:
        fields.setdefault(_TEXTS[label], {})[language] = text
    elif label == "Also called":
        fields.setdefault("aliases", []).append(text)
    elif label == "Pattern":
        fields["pattern"] = text
    elif label == "Retired":
        fields["retired"] = True
    else:
        fields.setdefault("examples", {}).setdefault(label, {})[language] = text
