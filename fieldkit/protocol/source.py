"""Read one YAML file into plain data, keeping the line of everything in it.

The tree is built from parser events rather than composed: that way depth and aliases are seen before
they cost anything, and the usual surprises of YAML (`1:30` as ninety, `2005-01-01` as a date object)
do not arise.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fieldkit.protocol.problems import Problem
from fieldkit.say import grouped, mark, reason_of, t
from fieldkit.text import normalise

SIZE_LIMIT = 2_000_000
"""Largest file that is read, in bytes; the shipped guides are about 40,000 each."""

DEPTH_LIMIT = 40
"""Deepest nesting that is read; a guide needs about 12."""

PROBLEM_LIMIT = 1_000
"""Most things told about one file at once; whoever has more puts these right first."""

_TOO_DEEP = mark("nested more than {depth} deep: a guide needs about 12 levels")

_TRUE = {"yes", "true", "on"}
_FALSE = {"no", "false", "off"}
_NULL = {"", "~", "null"}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]*\Z")

# What has no place in YAML unless it is written as an escape.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Place = tuple[str | int, ...]
"""Where something stands in a file: the keys and indexes that lead to it."""


@dataclass
class Source:
    """The content of one file, and where each part of it stands.

    Attributes:
        file: the file's name, without its folder.
        data: mappings, lists, strings, numbers, booleans and None.
        lines: the line (from 1) of each place.
        raw: what was written at the places that hold no string, for saying how to quote it.
    """

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    raw: dict[Place, str] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that was written."""
        for end in range(len(place), -1, -1):
            if (line := self.lines.get(place[:end])) is not None:
                return line
        return 1

    def error(self, place: Place, message: str) -> Problem:
        """An error at a place."""
        return Problem(self.file, self.line(place), "error", message)

    def warning(self, place: Place, message: str) -> Problem:
        """A warning at a place."""
        return Problem(self.file, self.line(place), "warning", message)


def read_source(path: Path) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file, refusing what a guide never needs.

    Args:
        path: the file.

    Returns:
        The source, or None where nothing could be read; and what is wrong with it.
    """
    raw, message = _read_bytes(path)
    if raw is None:
        return None, [Problem(path.name, 0, "error", message)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = t("this is not UTF-8; it looks like Latin-1 or Windows-1252: save the file as UTF-8")
        return None, [Problem(path.name, line, "error", message)]
    if (tab := _tab_indent(text)) is not None:
        return None, [
            Problem(path.name, tab, "error", t("a tab at line {tab}: indent with spaces").format(tab=tab))
        ]
    builder = _Builder(Source(path.name))
    found = builder.build(text)
    if found is None:
        return None, builder.problems or [
            Problem(path.name, 0, "error", t("the file is empty: it must start with `fieldkit: 1`"))
        ]
    return found, builder.problems


def _read_bytes(path: Path) -> tuple[bytes | None, str]:
    """What the file holds, or None and why it cannot be a text in UTF-8."""
    try:
        if path.is_dir():
            return None, t("this is a folder; a YAML file must stand here")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, t("this is no file with text in it: put a YAML file here")
        if (size := status.st_size) > SIZE_LIMIT:
            return (
                None,
                t("the file has {size} bytes; at most {size_limit} are read: shorten it").format(
                    size=grouped(size), size_limit=grouped(SIZE_LIMIT)
                ),
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            return None, t("this is a link that leads nowhere: put the file itself here, or delete the link")
        return None, t("the file is missing: put it into this folder")
    except OSError as error:
        return None, t("the file cannot be read ({reason}): check its permissions").format(
            reason=reason_of(error)
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:200].count(b"\x00") > len(raw[:200]) // 4:
        return None, t("this looks like UTF-16: save it as UTF-8")
    return raw, ""


def _tab_indent(text: str) -> int | None:
    """The line of the first tab used for indenting (YAML forbids it), if there is one."""
    if "\t" not in text:
        return None
    found = re.search(r"^ *+\t[ \t]*+(?=[^\s#])", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None


class _Builder:
    """Builds the data of one document from parser events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._events: Any = None

    def build(self, text: str) -> Source | None:
        """Fill the source from a text; None where the text is empty or is not YAML."""
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events = yaml.parse(text, Loader=loader)
        try:
            document = 0
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    document += 1
                    if document > 1:
                        raise _Refused(
                            event, t("a second document starts here (`---`): keep one document to a file")
                        )
                elif isinstance(event, yaml.NodeEvent):
                    self.source.data = self._node(event, (), 0)
        except _Refused as refused:
            self._tell(refused.event, refused.message)
            return None
        except yaml.YAMLError as error:
            self.problems.append(self._not_yaml(error, text))
            return None
        if self.source.data is None:
            return None
        return self.source

    def _node(self, event: Any, place: Place, depth: int) -> Any:
        import yaml

        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise _Refused(
                event,
                t("`{sign}{anchor}`: aliases and anchors are not read; write the text out").format(
                    sign=sign, anchor=event.anchor
                ),
            )
        if depth > DEPTH_LIMIT:
            raise _Refused(event, t(_TOO_DEEP).format(depth=DEPTH_LIMIT))
        if event.tag is not None and event.tag != "!":
            self._problem(
                event, t("the YAML tag `{tag}` is not read: write plain values").format(tag=event.tag)
            )
        # A key's line stands for its value, so that an empty value is reported where its key is.
        self.source.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _sequence(self, place: Place, depth: int) -> list[Any]:
        import yaml

        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._node(event, (*place, len(found)), depth + 1))
        return found

    def _mapping(self, place: Place, depth: int) -> dict[str, Any]:
        import yaml

        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None:
                raise _Refused(event, t("a key must be a plain word: put braces and asterisks in quotes"))
            key = event.value
            within = (*place, key)
            if key in found:
                first = self.source.lines[within]
                self._problem(
                    event,
                    t("the key `{key}` is given twice (first at line {first}): keep one").format(
                        key=key, first=first
                    ),
                )
            self.source.lines.setdefault(within, _line(event))
            found[key] = self._node(next(self._events), within, depth + 1)
        return found

    def _scalar(self, event: Any, place: Place) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return normalise(text).text
        value: Any = text
        lowered = text.lower()
        if lowered in _NULL:
            value = None
        elif lowered in _TRUE or lowered in _FALSE:
            value = lowered in _TRUE
        elif _INTEGER.match(text) and len(text) <= 18:
            value = int(text)
        elif _DECIMAL.match(text) and len(text) <= 18:
            value = float(text)
        if value is text:
            return normalise(text).text
        self.source.raw[place] = text
        return value

    def _problem(self, event: Any, message: str) -> None:
        if len(self.problems) >= PROBLEM_LIMIT:
            raise _Refused(
                event,
                t("more than {problem_limit} faults: put those above right first").format(
                    problem_limit=grouped(PROBLEM_LIMIT)
                ),
            )
        self._tell(event, message)

    def _tell(self, event: Any, message: str) -> None:
        self.problems.append(Problem(self.source.file, _line(event), "error", message))

    def _not_yaml(self, error: Any, text: str) -> Problem:
        stop = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = stop.line + 1 if stop else 0
        what = str(
            getattr(error, "problem", None) or getattr(error, "reason", None) or t("it cannot be read")
        )
        if "nesting depth" in what:  # libyaml looks ahead of the events, and has a limit of its own.
            message = t(_TOO_DEEP).format(depth=DEPTH_LIMIT)
        elif "mapping values are not allowed" in what:
            message = t("a colon inside a text: put the text in quotes, or check the indenting")
        elif "control characters" in what or "not allowed" in what:
            message = t("a control character stands in the file: delete it")
            if not line and (found := _CONTROL.search(text)) is not None:
                line = text.count("\n", 0, found.start()) + 1
        elif "tab" in what or "\\t" in what or "\t" in what:
            message = t("a tab at line {line}: indent with spaces").format(line=line)
        else:
            message = t("this is not YAML ({what}): check quotes, colons and indenting just above").format(
                what=what
            )
        return Problem(self.source.file, line, "error", message)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Refused(Exception):
    """Reading stops at this event."""

    def __init__(self, event: Any, message: str) -> None:
        super().__init__(message)
        self.event = event
        self.message = message
