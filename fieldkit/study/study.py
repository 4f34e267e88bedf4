"""A study opened: its protocol, its store, and who is at work on it."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from fieldkit.say import t
from fieldkit.storage.opening import has_store
from fieldkit.storage.store import Store
from fieldkit.storage.total_purge import total_purge_decided
from fieldkit.storage.writes import Commit, Delete, Put
from fieldkit.study.author import check_initials, known_author, remember_author
from fieldkit.study.blind import VEILED, Blind, blindness
from fieldkit.study.errors import AuthorNeeded, ProtectionNeeded, StudyError
from fieldkit.study.locate import GUIDES, STORE
from fieldkit.study.memory import keep_from_others
from fieldkit.study.passphrases import check_passphrase
from fieldkit.study.witness import hold_against, remember

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Codebook
    from fieldkit.protocol.framework import Framework
    from fieldkit.protocol.guide import Guide
    from fieldkit.protocol.library import Protocol
    from fieldkit.records.base import Record
    from fieldkit.records.interviews import Interview
    from fieldkit.storage.keys import Keyring
    from fieldkit.study.evidence import Gathered
    from fieldkit.study.purge import Purged

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_EMPTY: Mapping[str, dict[str, Any]] = {}


def new_id() -> str:
    """A random record id: ten characters that nobody mistakes for each other (49 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class Study:
    """One study: a folder with what is asked and what was said.

    Opening is quick: guides are read only when first asked for, so a screen can be painted before.

    Attributes:
        folder: the study's folder.
        store: what was said; None until the first write to a study that has no store yet.
        author: initials of whoever is at work, or None when nobody has said.
        notices: what the user should know about the state the store was found in, one line each.
        held_by: who writes to it meanwhile, where it is open for reading only because of that; one line.
        gathered: what findings were last made from; see `fieldkit.study.evidence`.
        completed: what a purge of everything did that had been interrupted and was completed on opening.
    """

    def __init__(self, folder: Path, store: Store | None, author: str | None) -> None:
        self.folder = folder
        self.store = store
        self.author = author
        self.notices: list[str] = [notice.message for notice in store.notices] if store else []
        self.completed: Purged | None = None
        self.held_by: str | None = None
        self.gathered: Gathered | None = None
        self._protocol: Protocol | None = None
        self._guides: dict[str, Guide] = {}
        self._protection_decided = False
        self._unveiled = False
        self._passphrase: str | None = None
        self._lock = threading.RLock()
        if (told := self.blind_notice) is not None:
            self.notices.append(told)

    @classmethod
    def open(
        cls, folder: Path, *, write: bool = True, author: str | None = None, keys: Keyring | None = None
    ) -> Self:
        """Open a study; a purge of everything that was interrupted is completed first.

        Args:
            folder: the study's folder, as `find_study` returns it.
            write: False to look only; another process may then be writing.
            author: initials; None takes those kept for this study or this user.
            keys: of an encrypted study, as `fieldkit.study.protection.unlock` returns them.

        Returns:
            The study; `close` it, or use it as a context manager.

        Raises:
            StudyError: the initials given are none.
            StoreSealed: it is encrypted, and these are not its keys; or it was, and is not now.
            StoreError: the store cannot be opened; the message says why.
        """
        initials = check_initials(author) if author is not None else known_author(folder)
        if not has_store(folder / STORE):
            return cls(folder, None, initials)
        if not total_purge_decided(folder / STORE):
            return cls(folder, _opened(folder, write=write, keys=keys), initials)
        from fieldkit.study.total_purge import complete_total_purge, told_of

        completed = complete_total_purge(cls(folder, _opened(folder, write=True, keys=keys), initials))
        study = cls(folder, _opened(folder, write=write, keys=keys), initials)
        if completed is not None:
            study.completed = completed
            study.notices += told_of(completed, sealed=study.sealed)
        return study

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: another process holds the store, or the medium is so."""
        return self.store.read_only if self.store else False

    @property
    def sealed(self) -> bool:
        """Whether what was said is encrypted."""
        return self.store is not None and self.store.sealed

    @property
    def blind(self) -> Blind | None:
        """What is hidden from the author while a share of hers is not handed in, or None."""
        if self.store is None or self._unveiled:
            return None
        return blindness(self.store, self.author)

    @property
    def blind_notice(self) -> str | None:
        """What the author should know who codes a share blind, one line; None where she does not."""
        if self.blind is None:
            return None
        return t(
            "{author} codes a share blind: what others made of it is not shown; "
            "`fieldkit assign --hand-in` ends that"
        ).format(author=self.author)

    @contextlib.contextmanager
    def unveiled(self) -> Iterator[None]:
        """See everything for a while: what erases or moves others' work with the words must find it."""
        before, self._unveiled = self._unveiled, True
        try:
            yield
        finally:
            self._unveiled = before

    @property
    def practice(self) -> bool:
        """Whether this is a practice study with made-up data."""
        return bool((self.row("study", "study") or {}).get("practice"))

    @property
    def protocol(self) -> Protocol:
        """What is asked, read at first use."""
        with self._lock:
            if self._protocol is None:
                from fieldkit.protocol.library import load_protocol

                self._protocol = load_protocol(self.folder / GUIDES)
            return self._protocol

    @property
    def protocol_loaded(self) -> bool:
        """Whether the guides have been read already, so that asking for them costs nothing."""
        return self._protocol is not None

    @property
    def framework(self) -> Framework:
        """The study's framework.

        Raises:
            StudyError: it is missing or wrong; `fieldkit check` lists what is wrong.
        """
        framework = self.protocol.framework
        if framework is None:
            first = next(
                (str(p) for p in self.protocol.problems if p.severity == "error"),
                t("framework.yaml is missing"),
            )
            raise StudyError(t("{problem}; `fieldkit check` lists everything").format(problem=first))
        return framework

    @property
    def codebook(self) -> Codebook:
        """The codebook in force: the file's codes, each overridden by its edit in this study.

        Raises:
            StudyError: the file is missing or wrong.
        """
        from fieldkit.study.codebook import effective_codebook

        return effective_codebook(self)

    def reload_protocol(self) -> None:
        """Forget the guides, so that they are read again at next use."""
        with self._lock:
            self._protocol = None

    def guide_for(self, interview: Interview) -> Guide:
        """The guide an interview is held with, in the version it was begun with, and what was added in it.

        Raises:
            StudyError: neither the store nor the folder has that guide.
        """
        return self._guide_of(interview).with_added(interview.added_items)

    def _guide_of(self, interview: Interview) -> Guide:
        stored = self.row("guides", interview.guide_hash) if interview.guide_hash else None
        if stored is not None and interview.guide_hash is not None:
            if interview.guide_hash not in self._guides:
                from fieldkit.protocol.guide import Guide

                self._guides[interview.guide_hash] = Guide.from_dict(stored["content"])
            return self._guides[interview.guide_hash]
        guide = self.protocol.guides.get(interview.guide)
        if guide is None:
            told = t(
                "{file}: this guide is missing or wrong, and interview {interview} is held with it; "
                "`fieldkit check` says what is wrong"
            )
            raise StudyError(told.format(file=f"{GUIDES}/{interview.guide}.yaml", interview=interview.id))
        return guide

    def title(self, language: str = "en") -> str:
        """The study's title, or its folder's name while the framework is wrong."""
        framework = self.protocol.framework
        return framework.study.title.get(language) if framework else self.folder.name

    def marking(self, language: str = "en") -> str:
        """The security marking that screens and internal exports carry."""
        framework = self.protocol.framework
        marking = framework.study.marking if framework else None
        return marking.get(language) if marking else "PROTECTED B"

    def rows(self, table: str) -> Mapping[str, dict[str, Any]]:
        """Record id to body, as the table stands; live, and not to be changed.

        Where the author codes a share blind, what others made of it is not there.
        """
        if self.store is None:
            return _EMPTY
        rows = self.store.rows(table)
        blind = self.blind if table in VEILED else None
        if blind is None:
            return rows
        return {record: body for record, body in rows.items() if not blind.hides(table, body)}

    def row(self, table: str, record: str) -> dict[str, Any] | None:
        """The body of one record, or None; not to be changed; hidden as in `rows`."""
        if self.store is None:
            return None
        body = self.store.get(table, record)
        blind = self.blind if table in VEILED else None
        return None if blind is not None and blind.hides(table, body) else body

    def where(self, table: str, field: str, value: Any) -> list[tuple[str, dict[str, Any]]]:
        """The records whose field has a value (or holds it, where it is a list), through an index.

        Hidden as in `rows`.
        """
        if self.store is None:
            return []
        found = self.store.where(table, field, value)
        blind = self.blind if table in VEILED else None
        return found if blind is None else [each for each in found if not blind.hides(table, each[1])]

    def records(self, table: str) -> list[Any]:
        """All records of a table, typed."""
        from fieldkit.records.tables import TABLES

        model = TABLES[table]
        return [model.of(body) for body in self.rows(table).values()]

    def record(self, table: str, record: str) -> Any:
        """One record, typed, or None."""
        from fieldkit.records.tables import TABLES

        body = self.row(table, record)
        return None if body is None else TABLES[table].of(body)

    def set_author(self, initials: str) -> str:
        """Say who is at work, for this session and, once there is a store, for later ones.

        Raises:
            StudyError: these cannot be initials.
        """
        self.author = check_initials(initials)
        if self.store is not None and not self.read_only:
            self._remember_author()
        return self.author

    def need_author(self) -> str:
        """The author.

        Raises:
            AuthorNeeded: nobody has said who is at work.
        """
        if self.author is None:
            raise AuthorNeeded(t("whose work is this? say so with --author INITIALS, such as --author MT"))
        return self.author

    def save(self, writes: Sequence[Put | Delete]) -> Commit:
        """Write records, all or nothing; when this returns they are durable.

        A study without a store begins one now.

        Args:
            writes: what to write.

        Returns:
            The commit, with the revisions made; a record equal to what stands makes none.

        Raises:
            AuthorNeeded: nobody has said who is at work.
            StoreError: it could not be made durable; nothing of it was kept.
        """
        author = self.need_author()
        store = self.begin_store()
        if store.unsure:
            # After a failed write the journal is read again before anything more is called saved.
            store.reopen()
        return store.commit(writes, author=author)

    def decide_protection(self, passphrase: str | None) -> None:
        """Say how a study that has no store yet shall be kept, before its first write.

        Args:
            passphrase: what shall open it; None keeps it unencrypted.

        Raises:
            StudyError: the passphrase will not do.
        """
        self._passphrase = None if passphrase is None else check_passphrase(passphrase)
        self._protection_decided = True

    def begin_store(self) -> Store:
        """The store, made now if there is none.

        Raises:
            ProtectionNeeded: nobody has said whether it shall be encrypted.
            StoreError: it cannot be made.
        """
        if self.store is None:
            if not self._protection_decided:
                raise ProtectionNeeded(
                    t(
                        "nothing has been kept in this study yet: say how it shall be, with "
                        "--passphrase-fd N or with --no-passphrase (not encrypted)"
                    )
                )
            if self._passphrase is not None:
                keep_from_others()
            self.store = Store.create(self.folder / STORE, passphrase=self._passphrase)
            self._passphrase = None
            remember(self.folder, sealed=self.sealed)
            if self.author is not None:
                self._remember_author()
        return self.store

    def drop_keys(self) -> None:
        """Lock an encrypted study that stays open: forget its keys and what was read with them."""
        self.gathered = None
        if self.store is not None:
            self.store.drop_keys()

    def close(self) -> None:
        """Close the store."""
        self.gathered = None
        if self.store is not None:
            self.store.close()

    def _remember_author(self) -> None:
        # Convenience only: a medium that refuses it must not stand in the way of the interview.
        with contextlib.suppress(OSError):
            if self.author is not None and known_author(self.folder) != self.author:
                remember_author(self.folder, self.author)


def put(table: str, record: Record) -> Put:
    """The write that makes a record stand in a table."""
    return Put(table, record.id, record.body())


def _opened(folder: Path, *, write: bool, keys: Keyring | None) -> Store:
    store = Store.open(folder / STORE, write=write, keys=keys)
    hold_against(folder, store)
    return store
