"""The .qdpx export: the project that NVivo, ATLAS.ti, MAXQDA and QualCoder open. Internal; no contacts in it.

The same study makes the same bytes: GUIDs follow from ids, times are those of the records, and nothing
is compressed, since compressors differ. Each coding has a selection of its own, which carries its user
and its memo: QualCoder reads both from there.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.progress import going
from fieldkit.exchange.refi_codes import code_elements, question_element
from fieldkit.exchange.refi_sources import Case, Passage, Source, Sources
from fieldkit.exchange.refi_users import user_name
from fieldkit.exchange.refi_xml import HEAD, PROJECT, guid_of, many, tag, words
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.study.study import Study

PROJECT_FILE = "project.qde"
SOURCES = "sources/"

QUOTED = 100
"""Characters of a passage that stand beside its positions, so that a reader can tell how they count."""

_LEFT_OUT = (
    "Responses left out: {count} (withdrawn interviews, or people whose consent is refused or withdrawn).",
    "Réponses omises : {count} (entrevues retirées, ou consentement refusé ou retiré).",
)
_DATES = frozenset({"date"})
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_qdpx(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the project.

    Args:
        study: the study.
        target: the file.
        language: language of names and labels.
        force: replace a file that is there already.
        progress: what is told, with 0, that it goes on.

    Returns:
        How many codings are in it.

    Raises:
        StudyError: the framework or codebook is wrong, or the file cannot be written.
    """
    project = _Project(study, language, progress)
    with whole_file(target, force=force) as file, zipfile.ZipFile(file, "w") as archive:
        for name, content in project.files():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content)
    return sum(len(source.passages) for source in project.sources)


class _Project:
    def __init__(self, study: Study, language: str, progress: Progress | None) -> None:
        self._study = study
        self._progress = progress
        self._language = language
        self._labels = Labels(study, language)
        gathered = Sources(study, self._labels)
        self._memos = gathered.memos
        self.sources = list(going(gathered.all(), progress))
        self._cases = gathered.cases()
        self._left_out = gathered.left_out()
        self._questions = frozenset(study.framework.question_ids)
        self._users: set[str] = {source.user for source in self.sources if source.user}
        self._notes: list[dict[str, Any]] = []

    def files(self) -> Iterator[tuple[str, str]]:
        """The name and content of each file."""
        yield PROJECT_FILE, HEAD + self._project() + "\n"
        for source in self.sources:
            yield f"{SOURCES}{source.guid}.txt", _file_text(source.text)
        for note in self._notes:
            yield f"{SOURCES}{guid_of('memo', note['id'])}.txt", _file_text(note["text"])

    def _project(self) -> str:
        codebook = many("Codes", [*self._codes(), question_element(self._study.framework, self._language)])
        variables = many("Variables", self._variables())
        cases = many("Cases", map(self._case, self._cases))
        sources = many("Sources", going(map(self._source, self.sources), self._progress))
        project_notes = self._note_refs(self._memos.on("study", None))
        notes = many("Notes", self._note_elements())
        users = many(
            "Users", (tag("User", {"guid": _user(each), "name": each}) for each in sorted(self._users))
        )
        description = words("Description", self._about()) + "\n"
        attributes = {"xmlns": PROJECT, "name": self._study.title(self._language), "origin": "fieldkit"}
        inside = ["\n", users, tag("CodeBook", {}, ["\n", codebook]), "\n", variables, cases, sources, notes]
        return tag("Project", attributes, [*inside, description, *project_notes])

    def _about(self) -> str:
        """The marking, and how much is left out."""
        if not self._left_out:
            return self._labels.marking
        told = _LEFT_OUT[self._language == "fr"].format(count=self._left_out)
        return f"{self._labels.marking}\n{told}"

    def _codes(self) -> Iterator[str]:
        codebook = self._study.codebook
        yield from code_elements(
            codebook, self._language, lambda code: self._note_refs(self._memos.on("codes", code))
        )
        known = {code.id for code in codebook.codes}
        given = {passage.coding["code"] for source in self.sources for passage in source.passages}
        for code in sorted(given - known):
            yield tag("Code", {"guid": guid_of("code", code), "name": code, "isCodable": "true"})

    def _variables(self) -> Iterator[str]:
        names = {name for case in self._cases for name in case.values}
        names |= {name for source in self.sources for name in source.values}
        for name in sorted(names):
            kind = "Date" if name in _DATES else "Text"
            yield tag("Variable", {"guid": _variable(name), "name": name, "typeOfVariable": kind})

    def _case(self, case: Case) -> str:
        inside = [words("Description", case.memo), *_values(case.values)]
        inside += [
            tag("SourceRef", {"targetGUID": source.guid})
            for source in self.sources
            if case.id in source.people
        ]
        return tag("Case", {"guid": guid_of("case", f"of {case.id}"), "name": case.name}, inside)

    def _source(self, source: Source) -> str:
        attributes = {
            "guid": source.guid,
            "name": source.name,
            "plainTextPath": f"internal://{source.guid}.txt",
            "creatingUser": _user(source.user),
        }
        inside = [
            words("Description", source.memo),
            *(self._selection(source, passage) for passage in source.passages),
            *_values(source.values),
        ]
        return tag("TextSource", attributes, inside)

    def _selection(self, source: Source, passage: Passage) -> str:
        coding, record = passage.coding, passage.coding["id"]
        remarks = [coding.get("memo"), self._memos.text_on("codings", record)]
        coder = user_name(coding.get("coder"), coding.get("layer"))
        if coder:
            self._users.add(coder)
        made = {"creatingUser": _user(coder), "creationDateTime": self._made_at("codings", record)}
        questions = [each for each in coding.get("evaluation_questions", ()) if each in self._questions]
        given = [(guid_of("coding", record), guid_of("code", coding["code"]))]
        given += [
            (guid_of("coding", f"of {record} to {each}"), guid_of("evaluation question", each))
            for each in questions
        ]
        inside = [
            words("Description", "\n\n".join(filter(None, remarks))),
            *(
                "\n" + tag("Coding", {"guid": guid, **made}, [tag("CodeRef", {"targetGUID": code})])
                for guid, code in given
            ),
        ]
        attributes = {
            "guid": guid_of("selection", f"of {record}"),
            "name": source.text[passage.start : passage.end][:QUOTED],
            "startPosition": str(passage.start),
            "endPosition": str(passage.end),
            **made,
        }
        return "\n" + tag("PlainTextSelection", attributes, inside)

    def _note_refs(self, memos: Iterable[dict[str, Any]]) -> list[str]:
        """References to memos, which become notes of the project."""
        refs = []
        for memo in memos:
            self._notes.append(memo)
            refs.append(tag("NoteRef", {"targetGUID": guid_of("memo", memo["id"])}))
        return refs

    def _note_elements(self) -> Iterator[str]:
        for number, memo in enumerate(self._notes, start=1):
            guid = guid_of("memo", memo["id"])
            if memo.get("author"):
                self._users.add(memo["author"])
            first = memo["text"].strip().split("\n")[0]
            attributes = {
                "guid": guid,
                "name": f"{number}. {shortened(first, 60)}",
                "plainTextPath": f"internal://{guid}.txt",
                "creatingUser": _user(memo.get("author")),
                # QualCoder cannot open a project with a note that has no time.
                "creationDateTime": self._made_at("memos", memo["id"]),
            }
            yield tag("Note", attributes)

    def _made_at(self, table: str, record: str) -> str | None:
        heads = self._study.store.heads(table, record) if self._study.store is not None else ()
        return heads[0].at if heads else None


def _file_text(text: str) -> str:
    """A text as a file: what begins as a byte order mark does has one before it, for that is taken away."""
    return f"\ufeff{text}" if text.startswith("\ufeff") else text


def _values(values: Mapping[str, str]) -> Iterator[str]:
    for name, value in values.items():
        ref = tag("VariableRef", {"targetGUID": _variable(name)})
        yield tag("VariableValue", {}, [ref, words("DateValue" if name in _DATES else "TextValue", value)])


def _variable(name: str) -> str:
    return guid_of("variable", f"named {name}")


def _user(initials: str | None) -> str | None:
    return guid_of("user", initials) if initials else None
