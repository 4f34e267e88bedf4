"""A .qdpx file opened with care: nothing is unpacked to the disk, and nothing hostile is unpacked at all.

What a member unpacks to is known from the archive's directory before a byte of it is, so most attacks
are refused at once: bombs, names that lead out of the folder, two members of one name, archives in it.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from fieldkit.exchange.errors import ExchangeError
from fieldkit.say import grouped, reason_of, t
from fieldkit.text import visible_line

PROJECT_LIMIT = 64_000_000
"""Most bytes of the project's XML: 50,000 codings make about 50 million."""

TEXT_LIMIT = 4_000_000
"""Most bytes of one text; a book of 1,000 pages has half as many."""

TEXTS_LIMIT = 32_000_000
"""Most bytes of all texts together."""

_DIRECTORY_LIMIT = 4_000_000
_RATIO = 100
_SMALL = 1_000_000
_CHUNK = 65_536
_ARCHIVES = frozenset({".zip", ".qdpx", ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".jar"})
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 1


class ProjectArchive:
    """The members of a .qdpx file."""

    def __init__(self, path: Path) -> None:
        """Open it, and look over what it says it holds.

        Raises:
            ExchangeError: it cannot be read, is no such archive, or holds what no project has.
        """
        self.path = path
        self._file = _opened(path)
        try:
            _check_directory(self._file, path.name)
            self._archive = zipfile.ZipFile(self._file)
            self._members = self._checked()
            self._project = self._find_project()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            self._file.close()
            raise self._refused(t("it is no .qdpx file, or is damaged; export it anew")) from error
        except ExchangeError:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()
        self._file.close()

    def project(self) -> Iterator[bytes]:
        """The project's XML, in pieces.

        Raises:
            ExchangeError: it is damaged.
        """
        yield from self._pieces(self._project)

    def has(self, source: str) -> bool:
        """Whether there is a file of that name among the sources."""
        return _key(f"sources/{source}") in self._members

    def source(self, source: str) -> bytes:
        """The content of a file among the sources.

        Raises:
            ExchangeError: it is larger than a text may be, or is damaged.
        """
        member = self._members[_key(f"sources/{source}")]
        if member.file_size > TEXT_LIMIT:
            raise self._refused(
                t("the text {source} has more than {text_limit} bytes").format(
                    source=visible_line(source), text_limit=grouped(TEXT_LIMIT)
                )
            )
        return b"".join(self._pieces(member))

    def _pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._archive.open(member) as file:
                while piece := file.read(_CHUNK):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            name = visible_line(member.filename)
            raise self._refused(t("{name} in it is damaged; export it anew").format(name=name)) from error

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        texts = 0
        for member in self._archive.infolist():
            self._check_member(member)
            if _key(member.filename) in members:
                raise self._refused(
                    t("{filename} is in it twice").format(filename=visible_line(member.filename))
                )
            members[_key(member.filename)] = member
            if member.filename.casefold().endswith(".txt"):
                texts += member.file_size
        if texts > TEXTS_LIMIT:
            raise self._refused(
                t("its texts have {texts} bytes; at most {texts_limit} are read").format(
                    texts=grouped(texts), texts_limit=grouped(TEXTS_LIMIT)
                )
            )
        return members

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        name, shown = member.orig_filename, visible_line(member.orig_filename)
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or _DRIVE.match(name):
            raise self._refused(t("{shown} in it names a place outside of it").format(shown=shown))
        if member.flag_bits & _ENCRYPTED:
            raise self._refused(
                t("{shown} in it is encrypted; export it without a password").format(shown=shown)
            )
        if path.suffix.casefold() in _ARCHIVES:
            raise self._refused(
                t("{shown} in it is an archive itself, which no project has").format(shown=shown)
            )
        if member.file_size > _SMALL and member.file_size > _RATIO * member.compress_size:
            raise self._refused(
                t("{shown} in it would unpack from {compress_size} to {file_size} bytes").format(
                    shown=shown,
                    compress_size=grouped(member.compress_size),
                    file_size=grouped(member.file_size),
                )
            )

    def _find_project(self) -> zipfile.ZipInfo:
        found = [member for key, member in self._members.items() if key.endswith(".qde") and "/" not in key]
        if len(found) != 1:
            raise self._refused(t("a .qdpx file has one project.qde; this one has none, or several"))
        if found[0].file_size > PROJECT_LIMIT:
            raise self._refused(
                t("its project.qde has {file_size} bytes; at most {project_limit} are read").format(
                    file_size=grouped(found[0].file_size), project_limit=grouped(PROJECT_LIMIT)
                )
            )
        return found[0]

    def _refused(self, why: str) -> ExchangeError:
        return ExchangeError(t("{path}: {why}; nothing was taken in").format(path=self.path.name, why=why))


def _opened(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExchangeError(
                t("{path}: cannot be read, for it is no file on a disk; name a file").format(path=path)
            )
        return path.open("rb")
    except OSError as error:
        raise ExchangeError(
            t("{path}: cannot be read ({reason}); look at its name and permissions").format(
                path=path, reason=reason_of(error)
            )
        ) from error


def _check_directory(file: BinaryIO, name: str) -> None:
    """Refuse an archive with a directory that would itself fill the memory."""
    end = file.seek(0, 2)
    file.seek(max(end - 65_557 - 76, 0))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 22 > len(tail):
        return
    size = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\6\7":
        if tail[max(at - 76, 0) : max(at - 72, 0)] != b"PK\6\6":
            raise ExchangeError(
                t("{name}: its directory is damaged; export it anew; nothing was taken in").format(name=name)
            )
        size = struct.unpack_from("<Q", tail, at - 76 + 40)[0]
    if size > _DIRECTORY_LIMIT:
        raise ExchangeError(
            t("{name}: it says it holds more files than any project; nothing was taken in").format(name=name)
        )


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
