"""Backups: one file that holds a store as it was at a moment, checked after it was written.

It is a ZIP archive of the store's own files, frames and all, so that what is encrypted stays so; a list of
the SHA-256 of every member comes with it. It is written under another name and renamed once it was read back.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreDamaged, StoreError
from fieldkit.storage.journal import KIND, SPARE, read_small
from fieldkit.storage.keyfile import COPY, NAME
from fieldkit.storage.revision import now
from fieldkit.storage.store import Store

SUFFIX = ".fieldkit-backup"
FORMAT = 1
STORE = "store"
"""The folder, in a backup, of the store's files."""

_MANIFEST = "backup.json"
_MANIFEST_LIMIT = 4 << 20
_PART = r"(?!\.\.?(?:/|$))[^/\\:\x00-\x1f]{1,200}"
_MEMBER = re.compile(
    rf"{STORE}/(?:{KIND}|{SPARE}|{NAME}|{re.escape(COPY)}|drafts/{_PART}\.draft)|[a-z_]+/{_PART}\.ya?ml"
)
"""What a backup may hold: the store's own files, and guides beside it; nothing of one laptop's own."""

MEMBER_LIMIT = 16 << 30
_RATIO = 200
"""A member may unpack to so many times the archive's size, and to `MEMBER_LIMIT` bytes."""
_CHUNK = 1 << 20
_DRAFT_LIMIT = 1 << 30
_KEPT = (SPARE, NAME, COPY)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        study: the study's id.
        made_at: when, ISO 8601, UTC.
        sealed: whether what it holds is encrypted.
        members: name to SHA-256, in hexadecimal.
    """

    study: str
    made_at: str
    sealed: bool
    members: Mapping[str, str]


def write_backup(store: Store, target: Path, beside: Mapping[str, Path]) -> Manifest:
    """Write a backup of an open store and read it back.

    Args:
        store: the store; it may be written to meanwhile.
        target: the backup's file; must not be there yet.
        beside: further files of the study, name in the backup to path.

    Raises:
        StoreError: it could not be written, or what was read back is not what was written.
    """
    temporary = target.with_name(target.name + ".new")
    try:
        files.unlink(temporary)
        members: dict[str, str] = {}
        with (
            files.writing(temporary) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, True, 1) as archive,
        ):
            for name, source in _sources(store, beside):
                with source as stream:
                    members[name] = _add(archive, name, stream)
            told = {
                "fieldkit backup": FORMAT,
                "study": store.study_id,
                "made_at": now(),
                "sealed": store.sealed,
            }
            archive.writestr(_MANIFEST, orjson.dumps({**told, "members": members}))
        manifest = check_backup(temporary)
        files.rename(temporary, target)
        files.sync_folder(target.parent)
    except OSError as error:
        raise StoreError(
            t("{target}: the backup could not be written: {reason}").format(
                target=target, reason=reason_of(error)
            )
        ) from error
    finally:
        files.unlink(temporary)
    return manifest


def check_backup(path: Path) -> Manifest:
    """Read all of a backup and hold it against its own list.

    Args:
        path: its file.

    Raises:
        StoreDamaged: it is none, or anything in it is not what was written.
    """
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        for name, expected in manifest.members.items():
            with archive.open(name) as member:
                if _digest(member) != expected:
                    raise StoreDamaged(
                        t("{path}: {name} in it is not what was written").format(path=path, name=name)
                    )
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself, and nothing else of it.

    Raises:
        StoreDamaged: it is none.
    """
    with _opened(path) as archive:
        return _manifest(path, archive)


def extract_backup(path: Path, folder: Path) -> Manifest:
    """Write what a backup holds into a folder that is new.

    Args:
        path: the backup's file.
        folder: made here, readable by its owner only.

    Raises:
        StoreDamaged: it is none, or damaged; what was written so far is of no use.
        OSError: it could not be written.
    """
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        files.make_folder(folder)
        for name, expected in manifest.members.items():
            target = folder / name
            files.make_folder(target.parent)
            with archive.open(name) as member, files.writing(target) as file:
                if _copy(member, file) != expected:
                    raise StoreDamaged(
                        t("{path}: {name} in it is not what was written").format(path=path, name=name)
                    )
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with files.reading(path) as fd, os.fdopen(os.dup(fd), "rb") as file, zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise StoreDamaged(
            t("{path}: this is no backup of fieldkit, or it is damaged ({error})").format(
                path=path, error=error
            )
        ) from None
    except OSError as error:
        raise StoreError(
            t("{path}: cannot be read: {reason}").format(path=path, reason=reason_of(error))
        ) from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    listed = {info.filename: info for info in archive.infolist()}
    told = listed.get(_MANIFEST)
    if told is None or told.file_size > _MANIFEST_LIMIT:
        raise StoreDamaged(t("{path}: this is no backup of fieldkit").format(path=path))
    try:
        found: Any = orjson.loads(archive.read(_MANIFEST))
        members = dict(found["members"])
        manifest = Manifest(str(found["study"]), str(found["made_at"]), bool(found["sealed"]), members)
        newer = int(found["fieldkit backup"]) > FORMAT
    except (ValueError, KeyError, TypeError):
        raise StoreDamaged(
            t("{path}: this is no backup of fieldkit, or its list is damaged").format(path=path)
        ) from None
    if newer:
        raise StoreError(t("{path}: written by a newer fieldkit: update fieldkit").format(path=path))
    for name in members:
        if not isinstance(name, str) or not _MEMBER.fullmatch(name) or name not in listed:
            raise StoreDamaged(
                t("{path}: its list names {name}, which does not belong in it").format(
                    path=path, name=repr(str(name)[:80])
                )
            )
        info = listed[name]
        most = min(MEMBER_LIMIT, max(_RATIO * path.stat().st_size, _MANIFEST_LIMIT))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.file_size > most:
            raise StoreDamaged(
                t("{path}: {name} in it is packed as no backup of fieldkit is").format(path=path, name=name)
            )
    if f"{STORE}/{KIND}" not in members:
        raise StoreDamaged(t("{path}: holds no journal").format(path=path))
    return manifest


def _sources(store: Store, beside: Mapping[str, Path]) -> Iterator[tuple[str, BinaryIO]]:
    """Yield every member's name and a stream of its bytes.

    Drafts come first: what moves from one into the journal meanwhile is then in both, not in neither.
    """
    for path in sorted((store.folder / "drafts").glob("*.draft")):
        content = read_small(path, _DRAFT_LIMIT)
        if content is not None:
            yield f"{STORE}/drafts/{path.name}", io.BytesIO(content)
    yield f"{STORE}/{KIND}", store.journal_stream()
    for name in _KEPT:
        content = read_small(store.folder / name)
        if content is not None:
            yield f"{STORE}/{name}", io.BytesIO(content)
    for name, path in beside.items():
        yield name, path.open("rb")


def _add(archive: zipfile.ZipFile, name: str, stream: BinaryIO) -> str:
    with archive.open(name, "w", force_zip64=True) as member:
        return _copy(stream, member)


def _copy(source: Any, target: Any) -> str:
    digest = sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _digest(stream: Any) -> str:
    digest = sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
