"""Take in a .qdpx file: codes, cases, texts, codings and memos of a project from another program.

Texts come in as documents. A record keeps the GUID it has in the file as its id, so that the same file
again adds nothing, and another export gives it back under the same GUID.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.outcome import Imported
from fieldkit.exchange.refi_cases_in import CasesIn, Variables, document_facts, take_cases
from fieldkit.exchange.refi_codes_in import CodesIn, take_codes
from fieldkit.exchange.refi_left_out import told_of
from fieldkit.exchange.refi_offsets import Claim, Placed
from fieldkit.exchange.refi_read import Node, Read, read_xml
from fieldkit.exchange.refi_sources import Memos
from fieldkit.exchange.refi_users import Coder, coders_of
from fieldkit.exchange.refi_xml import PROJECT, guid_of, read_guid
from fieldkit.exchange.refi_zip import ProjectArchive
from fieldkit.records.codings import Coding
from fieldkit.records.documents import Document
from fieldkit.records.findings import Memo
from fieldkit.say import t
from fieldkit.storage.writes import Put
from fieldkit.study.study import put
from fieldkit.text import decode, normalise, shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_INTERNAL = "internal://"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def import_qdpx(study: Study, path: Path) -> Imported:
    """Take in a project, in one change that can be undone.

    Args:
        study: the study.
        path: the file.

    Returns:
        What was added, and what was left out.

    Raises:
        AuthorNeeded: nobody has said who is at work.
        ExchangeError: it is no such file, holds what no project has, or is larger than can be borne;
            nothing was written.
        StudyError: the framework or codebook of the study is wrong.
    """
    with ProjectArchive(path) as archive:
        read = read_xml(archive.project, path.name, PROJECT)
        codes = take_codes(study, read.root.all("CodeBook", "Codes", "Code"), path.name)
        taking = _Taking(study, archive, read, codes)
        cases = take_cases(study, read.root, taking.variables, read.left_out)
        for source in read.root.all("Sources", "TextSource"):
            taking.source(source)
        taking.memos(cases)
        taking.variables.count(read.left_out)
    writes = [*codes.writes, *cases.writes, *taking.writes]
    if writes:
        study.save(writes)
    return Imported(
        kind="project",
        added=len(writes),
        known=codes.known + cases.known + taking.known,
        records=dict(Counter(write.table for write in writes)),
        notes=[*codes.notes, *taking.notes, *told_of(read.left_out)],
    )


@dataclass
class _Here:
    """GUIDs of what this study has already, by table, and the records they are."""

    interviews: set[str] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)
    codings: set[str] = field(default_factory=set)
    memos: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, study: Study) -> _Here:
        return cls(
            {guid_of("interview", record) for record in study.rows("interviews")},
            {guid_of("document", record): record for record in study.rows("documents")},
            {guid_of("coding", record) for record in study.rows("codings")},
            {guid_of("memo", record) for record in study.rows("memos")},
        )


class _Taking:
    def __init__(self, study: Study, archive: ProjectArchive, read: Read, codes: CodesIn) -> None:
        self.writes: list[Put] = []
        self.known = 0
        self._study = study
        self._archive = archive
        self._root = read.root
        self._left_out = read.left_out
        self._codes = codes
        self._here = _Here.of(study)
        self._memos = Memos(study)
        self._notes = {note.guid: note for note in self._root.all("Notes", "Note")}
        self._placed_notes: set[str] = set()
        self._seen: set[str] = set()
        users = {user.guid: user.get("name") for user in self._root.all("Users", "User")}
        self._coders, self.notes = coders_of(users)
        self.variables = Variables(self._root)

    def source(self, node: Node) -> None:
        """Take in a text with what is coded in it."""
        self._once(node)
        if node.guid in self._here.interviews:
            self._interview(node)
            return
        original = self._text(node)
        if original is None:
            self._left_out["no text"] += 1
            return
        selections = node.all("PlainTextSelection")
        claims = [self._claim(each) for each in selections]
        placed = Placed(original, claims)
        name = normalise(node.get("name")).text.strip() or node.guid
        record = self._here.documents.get(node.guid, node.guid)
        facts = document_facts(node, self.variables, self._left_out)
        if not self._document(record, name, placed.text, facts):
            self._left_out["changed text"] += 1
            return
        if placed.altered:
            self.notes.append(
                t(
                    "{name}: positions are counted there otherwise than the format says; the words "
                    "beside them told how"
                ).format(name=visible_line(shortened(name, 60)))
            )
        for selection, claim in zip(selections, claims, strict=True):
            self._selection(record, placed, selection, claim)
        for coding in node.all("Coding"):
            self._codings(record, placed.text, (0, len(placed.text)), node, [coding])
        self._on_document(record, node)

    def memos(self, cases: CasesIn) -> None:
        """Take in the memos on codes, cases and the project, and those that are on nothing else."""
        for node in self._root.all("Cases", "Case"):
            if node.guid in cases.new and node.description:
                guid = guid_of("memo", f"of {node.guid}")
                self._put_memo(guid, node.description, node.guid, "respondents", None)
            for note in node.notes:
                self._memo(note, cases.people.get(node.guid), "respondents")
        for node in _all_codes(self._root.all("CodeBook", "Codes", "Code")):
            for note in node.notes:
                self._memo(note, self._codes.codes.get(node.guid), "codes")
        for note in [*self._root.notes, *self._notes]:
            self._memo(note, None, None)
        if self._root.description and self._root.get("origin") != "fieldkit":
            self._put_memo(guid_of("memo", "of the project"), self._root.description, None, None, None)

    def _interview(self, node: Node) -> None:
        guids = {coding.guid for coding in node.all("PlainTextSelection", "Coding")}
        ours = len(guids & self._here.codings)
        self.known += ours
        self._left_out["interview"] += 1

    def _document(self, record: str, name: str, text: str, facts: Mapping[str, Any]) -> bool:
        """Put the document, unless it is here; False where it is here with other words."""
        here = self._study.row("documents", record)
        if here is not None:
            self.known += here["text"] == text
            return bool(here["text"] == text)
        source = self._archive.path.name
        self.writes.append(
            put("documents", Document(id=record, name=name, text=text, source=source, **facts))
        )
        return True

    def _selection(self, record: str, placed: Placed, node: Node, claim: Claim) -> None:
        codings = node.all("Coding")
        if not codings:
            self._left_out["no coding"] += 1
            return
        where = placed.passage(claim)
        if where is None:
            self._left_out["outside"] += 1
            return
        self._codings(record, placed.text, where, node, codings)

    def _codings(
        self, record: str, text: str, where: tuple[int, int], node: Node, codings: list[Node]
    ) -> None:
        """Put the codings of one passage; evaluation questions among its codes go to each of the others."""
        questions = {self._codes.questions[each.code or ""] for each in codings if self._is_question(each)}
        given = [each for each in codings if not self._is_question(each)]
        if not given:
            self._left_out["question only"] += 1
        for each in given:
            self._once(each)
            code = self._codes.codes.get(each.code or "")
            if code is None:
                self._left_out["unknown code"] += 1
                continue
            if each.guid in self._here.codings:
                self.known += 1
                continue
            memo = self._remarks(node, each)
            coder = self._coder(each) or self._coder(node)
            coding = Coding(
                id=each.guid,
                document=record,
                quote=text[slice(*where)],
                code=code,
                coder=coder.initials if coder else None,
                layer=coder.layer if coder else None,
                start=where[0],
                end=where[1],
                evaluation_questions=[q for q in self._study.framework.question_ids if q in questions],
                memo=memo or None,
            )
            self.writes.append(put("codings", coding))

    def _is_question(self, coding: Node) -> bool:
        return coding.code in self._codes.questions

    def _remarks(self, selection: Node, coding: Node) -> str:
        """What is remarked on a coding: on the selection, and in notes on either."""
        remarks = [selection.description if selection.name == "PlainTextSelection" else ""]
        for guid in (*(selection.notes if selection.name == "PlainTextSelection" else ()), *coding.notes):
            self._placed_notes.add(guid)
            remarks.append(self._note_text(self._notes.get(guid)))
        return normalise("\n\n".join(filter(None, remarks))).text

    def _on_document(self, record: str, node: Node) -> None:
        # Memos of this study that went out together come back as one text.
        if node.description and normalise(node.description).text != self._memos.text_on("documents", record):
            guid = guid_of("memo", f"of {node.guid}")
            self._put_memo(guid, node.description, record, "documents", self._user(node))
        for note in node.notes:
            self._memo(note, record, "documents")

    def _memo(self, guid: str, on: str | None, table: str | None) -> None:
        """Put the memo that a note holds, once."""
        node = self._notes.get(guid)
        if node is None or guid in self._placed_notes:
            return
        self._placed_notes.add(guid)
        text = self._note_text(node)
        author = self._user(node)
        self._put_memo(guid, text, on, table if on is not None else None, author)

    def _put_memo(self, guid: str, text: str, on: str | None, table: str | None, author: str | None) -> None:
        stored = normalise(text).text
        if not stored.strip():
            self._left_out["empty note"] += 1
        elif guid in self._here.memos:
            self.known += 1
        else:
            self.writes.append(put("memos", Memo(id=guid, on=on, table=table, text=stored, author=author)))

    def _note_text(self, node: Node | None) -> str:
        return (self._text(node) or node.description) if node is not None else ""

    def _text(self, node: Node) -> str | None:
        """The words of a source or note, or None where the file does not have them."""
        if node.content is not None:
            return node.content
        path = node.get("plainTextPath")
        name = path.removeprefix(_INTERNAL).removeprefix("/")
        if not path.startswith(_INTERNAL) or not self._archive.has(name):
            return None
        content = self._archive.source(name)
        try:
            return decode(content, "utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
        except UnicodeDecodeError as error:
            raise ExchangeError(
                t("{path}: the text {name} in it is not UTF-8 (byte {start}); nothing was taken in").format(
                    path=self._archive.path.name, name=visible_line(name), start=error.start
                )
            ) from error

    def _claim(self, node: Node) -> Claim:
        try:
            start, end = int(node.get("startPosition")[:20]), int(node.get("endPosition")[:20])
        except ValueError:
            raise ExchangeError(
                t("{path}: the selection {guid} has no positions; nothing was taken in").format(
                    path=self._archive.path.name, guid=node.guid
                )
            ) from None
        return Claim(start, end, node.get("name"))

    def _user(self, node: Node) -> str | None:
        coder = self._coder(node)
        return coder.initials if coder else None

    def _coder(self, node: Node) -> Coder | None:
        return self._coders.get(read_guid(node.get("creatingUser")) or "")

    def _once(self, node: Node) -> None:
        if node.guid in self._seen:
            raise ExchangeError(
                t("{path}: the GUID {guid} is in it twice; nothing was taken in").format(
                    path=self._archive.path.name, guid=node.guid
                )
            )
        self._seen.add(node.guid)


def _all_codes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all_codes(node.all("Code"))
