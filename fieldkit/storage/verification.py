"""Reading a whole store and holding it against every promise of the format; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from fieldkit.say import reason_of, t
from fieldkit.storage.anchor import read_anchor
from fieldkit.storage.errors import RevisionError, StoreDamaged, StoreError, StoreSealed
from fieldkit.storage.frames import HEADER_SIZE, LOCAL, PACKED, Frame, expected_tag
from fieldkit.storage.journal import SPARE, Journal
from fieldkit.storage.keycopies import refuse_denied
from fieldkit.storage.keyfile import COPY, NAME, parse_keyfile
from fieldkit.storage.keys import Keys
from fieldkit.storage.packing import unpack
from fieldkit.storage.recovery import Replay, name_record
from fieldkit.storage.revision import Revision
from fieldkit.storage.total_purge import total_purge_decided


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


def verify_store(folder: Path, keys: Keys) -> Verification:
    """Read every byte of a store's journal and check it: checksums, chain, ids, shape, and its anchor.

    Args:
        folder: the store; it may be open elsewhere.
        keys: open the frames, and authenticate them.

    Returns:
        What was found; a torn end counts as a problem.

    Raises:
        StoreSealed: when it is encrypted and the keys are not at hand.
    """
    try:
        journal = Journal.open_in(folder, keys, write=False)
    except (StoreError, OSError) as error:
        return Verification(0, (str(error),))
    try:
        refuse_denied(folder, journal.vault)
    except StoreSealed as denied:
        journal.close()
        return Verification(0, (str(denied),))
    try:
        if journal.sealed and not keys.sealed:
            raise StoreSealed(t("{folder}: encrypted: its passphrase is needed").format(folder=folder))
        return _verify(folder, journal)
    except OSError as error:
        return Verification(
            0, (t("{path}: cannot be read: {reason}").format(path=journal.path, reason=reason_of(error)),)
        )
    finally:
        journal.close()


def _verify(folder: Path, journal: Journal) -> Verification:
    anchor = read_anchor(folder / "anchor")
    replay = Replay(journal, trusted=anchor.length if anchor else 0)
    problems: list[str] = []
    if journal.mended:
        told = t("{path}: byte 0: its first two lines are damaged; {spare} has them")
        problems.append(told.format(path=journal.path, spare=folder / SPARE))
    if journal.sealed:
        problems += _key_problems(folder)
    if total_purge_decided(folder):
        problems.append(
            t("{folder}: a purge of everything was decided and is not complete; opening completes it").format(
                folder=folder
            )
        )
    seen: set[str] = set()
    boundary = anchor is None or anchor.length == journal.start
    for frame, payload in replay.frames():
        boundary = boundary or (anchor is not None and (frame.end, frame.tag) == anchor)
        fault = _fault(journal, frame, payload, seen)
        if fault is not None:
            problems.append(_at(journal, frame.offset, fault))
    if journal.unread is not None:
        problems.append(_at(journal, journal.unread, t("the disk cannot read it")))
    boundary = boundary or (anchor is not None and (replay.length, replay.tag) == anchor)
    for start, end in replay.damage:
        named = name_record(journal.sealer, journal.read_at(end - start, start))
        told = t("{n} bytes are damaged (a state of {record})") if named else t("{n} bytes are damaged")
        problems.append(_at(journal, start, told.format(n=end - start, record=named)))
    problems += [_at(journal, offset, t("what stood before is missing")) for offset in replay.broken]
    if replay.torn:
        problems.append(_at(journal, replay.length, t("an unfinished write; opening cuts it off")))
    if anchor is not None and replay.length < anchor.length:
        told = t("{path}: its last {n} saved bytes are gone")
        problems.append(told.format(path=journal.path, n=anchor.length - replay.length))
    elif not boundary:
        told = t("{path}: not the journal that was last saved here (its anchor differs)")
        problems.append(told.format(path=journal.path))
    return Verification(len(seen), tuple(problems))


def _at(journal: Journal, offset: int, fault: str) -> str:
    return t("{path}: byte {offset}: {fault}").format(path=journal.path, offset=offset, fault=fault)


def _key_problems(folder: Path) -> list[str]:
    """Say which copies of the key file are not as they should be."""
    problems = []
    for name in (NAME, COPY):
        try:
            parse_keyfile(folder / name)
        except (StoreError, OSError) as error:
            problems.append(
                str(error) if isinstance(error, StoreError) else f"{folder / name}: {reason_of(error)}"
            )
    return problems


def _fault(journal: Journal, frame: Frame, payload: bytes, seen: set[str]) -> str | None:
    """Say what is wrong with a frame whose checksums fit, or None; its revisions join those seen."""
    front = journal.read_at(HEADER_SIZE + frame.header.length, frame.offset)
    if expected_tag(front) != frame.tag:
        return t("the frame's tag does not fit it")
    if frame.header.flags & LOCAL:
        return None if isinstance(_json(payload), dict) else t("a note that is no object")
    if not frame.header.flags & PACKED:
        return _revision_fault(payload, seen)
    try:
        entries = unpack(payload)
    except StoreDamaged as error:
        return str(error)
    faults = [_revision_fault(packed, seen) for _, packed in entries]
    return next(filter(None, faults), None)


def _revision_fault(payload: bytes, seen: set[str]) -> str | None:
    content = _json(payload)
    if content is None:
        return t("no JSON")
    revision_id = sha256(payload).hexdigest()
    if revision_id in seen:
        return t("revision {revision} stands here a second time").format(revision=revision_id)
    seen.add(revision_id)
    try:
        Revision.from_json({**content, "id": revision_id} if isinstance(content, dict) else content)
    except RevisionError as error:
        return str(error)
    return None


def _json(payload: bytes) -> Any:
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return None
