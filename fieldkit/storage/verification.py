"""Reading a whole store and holding it against every promise of the format; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from fieldkit.storage.anchor import read_anchor
from fieldkit.storage.errors import RevisionError, StoreError
from fieldkit.storage.framefile import FrameFile
from fieldkit.storage.frames import HEADER_SIZE, LOCAL, Frame, Sealer, expected_tag
from fieldkit.storage.recovery import Replay, name_record
from fieldkit.storage.revision import Revision


@dataclass(frozen=True, slots=True)
class Verification:
    """What a full reading of a store found.

    Attributes:
        revisions: how many whole revisions it holds.
        problems: one line each, naming file, place and, where known, record.
    """

    revisions: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify_store(folder: Path, sealer: Sealer) -> Verification:
    """Read every byte of a store's journal and check it: checksums, chain, ids, shape, and its anchor.

    Args:
        folder: the store; it may be open elsewhere.
        sealer: opens the frames.

    Returns:
        What was found; a torn end counts as a problem.
    """
    try:
        journal = FrameFile.open(folder / "journal", "journal", sealer, write=False)
    except (StoreError, OSError) as error:
        return Verification(0, (str(error),))
    try:
        return _verify(folder, journal, sealer)
    finally:
        journal.close()


def _verify(folder: Path, journal: FrameFile, sealer: Sealer) -> Verification:
    anchor = read_anchor(folder / "anchor")
    replay = Replay(journal, trusted=anchor.length if anchor else 0)
    problems: list[str] = []
    seen: set[str] = set()
    boundary = anchor is None or anchor.length == journal.start
    for frame in replay.frames():
        boundary = boundary or (anchor is not None and (frame.end, frame.tag) == anchor)
        fault = _fault(journal, frame, sealer, seen)
        if fault is not None:
            problems.append(f"{journal.path}: byte {frame.offset}: {fault}")
    for start, end in replay.damage:
        named = name_record(journal.read_at(end - start, start))
        told = f" (a state of {named})" if named else ""
        problems.append(f"{journal.path}: byte {start}: {end - start} bytes are damaged{told}")
    problems += [f"{journal.path}: byte {offset}: what stood before is missing" for offset in replay.broken]
    if replay.torn:
        problems.append(f"{journal.path}: byte {replay.length}: an unfinished write; opening cuts it off")
    if anchor is not None and replay.length < anchor.length:
        problems.append(f"{journal.path}: its last {anchor.length - replay.length} saved bytes are gone")
    elif not boundary:
        problems.append(f"{journal.path}: not the journal that was last saved here (its anchor differs)")
    return Verification(len(seen), tuple(problems))


def _fault(journal: FrameFile, frame: Frame, sealer: Sealer, seen: set[str]) -> str | None:
    """Say what is wrong with a frame whose checksums fit, or None; its revision joins those seen."""
    front = journal.read_at(HEADER_SIZE + frame.header.length, frame.offset)
    if expected_tag(front) != frame.tag:
        return "the frame's tag does not fit it"
    payload = sealer.open(frame.header, frame.stored)
    try:
        content: Any = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return "no JSON"
    if frame.header.flags & LOCAL:
        return None if isinstance(content, dict) else "a note that is no object"
    revision_id = sha256(payload).hexdigest()
    if revision_id in seen:
        return f"revision {revision_id} stands here a second time"
    seen.add(revision_id)
    try:
        Revision.from_json({**content, "id": revision_id} if isinstance(content, dict) else content)
    except RevisionError as error:
        return str(error)
    return None
