"""The two lines of text that a file of frames begins with: what it is, and one JSON object.

`fieldkit <kind> <format>` and the object tell with `head` what a file is; the first frame is tied to them by
their tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import orjson

from fieldkit.say import mark, t
from fieldkit.storage.errors import StoreDamaged, StoreTooNew
from fieldkit.storage.frames import TAG_SIZE, decode_header

FORMAT = 2
"""The format this version writes, and the newest that it reads; it goes on appending to files of format 1."""

NO_SUCH: Final = {
    "journal": mark("{path}: no such journal"),
    "draft": mark("{path}: no such draft"),
}
"""Kind of file to what is said where there is none."""

_NOT_OURS: Final = {
    "journal": mark("{path}: this is no journal of fieldkit, or its first line is damaged"),
    "draft": mark("{path}: this is no draft of fieldkit, or its first line is damaged"),
}


def heading_bytes(kind: str, meta: dict[str, Any]) -> bytes:
    """Return the two lines that a file of frames begins with; the second carries its own checksum."""
    body = orjson.dumps(meta, option=orjson.OPT_SORT_KEYS)
    line = orjson.dumps({**meta, "check": crc32(body)}, option=orjson.OPT_SORT_KEYS)
    return f"fieldkit {kind} {FORMAT}\n".encode() + line + b"\n"


def heading_tag(heading: bytes) -> bytes:
    """Return what the first frame names as the previous tag."""
    return sha256(heading).digest()[:TAG_SIZE]


def parse_heading(data: bytes, path: Path, kind: str) -> tuple[dict[str, Any], bytes]:
    """Read the two lines that a file of frames begins with.

    Args:
        data: the file's beginning.
        path: for messages.
        kind: what it must hold.

    Returns:
        The JSON object, and the two lines' bytes.

    Raises:
        StoreTooNew: when a newer version wrote them.
        StoreDamaged: when they are not what was written.
    """
    first, newline, rest = data.partition(b"\n")
    words = first.split(b" ")
    known = len(words) == 3 and words[:2] == [b"fieldkit", kind.encode()]
    if not newline or not known or not words[2].isdigit() or len(words[2]) > 9 or int(words[2]) < 1:
        raise StoreDamaged(t(_NOT_OURS[kind]).format(path=path))
    if int(words[2]) > FORMAT:
        raise StoreTooNew(
            t(
                "{path}: written by a newer fieldkit (format {format}; this one reads {known}): "
                "update fieldkit; nothing was changed"
            ).format(path=path, format=int(words[2]), known=FORMAT)
        )
    line, newline, _ = rest.partition(b"\n")
    try:
        meta = orjson.loads(line) if newline else None
    except orjson.JSONDecodeError:
        meta = None
    if not isinstance(meta, dict):
        raise StoreDamaged(t("{path}: the second line is damaged").format(path=path))
    check = meta.pop("check", None)
    if check != crc32(orjson.dumps(meta, option=orjson.OPT_SORT_KEYS)):
        raise StoreDamaged(t("{path}: the second line is damaged").format(path=path))
    return meta, data[: len(first) + len(line) + 2]


def heading_of(
    data: bytes, path: Path, kind: str, spares: Sequence[bytes]
) -> tuple[dict[str, Any], bytes, bool]:
    """Return what a file's heading says, its bytes, and whether they had to be taken from a spare.

    Damage can make a heading look like that of an older format, so the first frame has the last word; what
    looks newer is refused in any case.
    """
    spare = next((spare for spare in spares if _belongs(spare, data)), None)
    try:
        meta, heading = parse_heading(data, path, kind)
    except StoreDamaged:
        if spare is None:
            raise
    else:
        if spare is None or heading == spare:
            return meta, heading, False
    return *parse_heading(spare, path, kind), True


def _belongs(spare: bytes, data: bytes) -> bool:
    """Whether a file began with these lines: its first frame names their tag."""
    header = decode_header(data, len(spare))
    return header is not None and header.previous == heading_tag(spare)
