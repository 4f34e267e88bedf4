"""Codes of another program's project or codebook, brought into this study's codebook.

A code is known again by its GUID, by the last line of the description that fieldkit wrote, or by its
place: the same names from the top of the tree down. What was edited in this study is never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.errors import FileRefused
from fieldkit.exchange.plain_words import plain_words
from fieldkit.exchange.refi_descriptions import Described, read_description
from fieldkit.exchange.refi_read import Node
from fieldkit.exchange.refi_xml import guid_of
from fieldkit.records.codings import CodeRevision
from fieldkit.say import grouped, t
from fieldkit.storage.writes import Put
from fieldkit.study.codebook import code_of
from fieldkit.text import fold, normalise, shortened, visible_line

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.study import Study

_ID_LIMIT = 60
_COLOUR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


@dataclass
class CodesIn:
    """What became of the codes of a file.

    Attributes:
        codes: GUID to the id of the code it is here.
        questions: GUID to the id of the evaluation question it stands for.
        writes: the codes that are new or changed.
        known: how many say what stands here already.
        notes: what the user should know, one line each.
    """

    codes: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    writes: list[Put] = field(default_factory=list)
    known: int = 0
    notes: list[str] = field(default_factory=list)


def take_codes(study: Study, top: Sequence[Node], name: str) -> CodesIn:
    """Find what the codes of a file are in this study.

    Args:
        study: the study; nothing is written to it yet.
        top: the codes at the top of the file's tree.
        name: the file's name, for messages.

    Returns:
        Them, and what is to be written.

    Raises:
        FileRefused: a code cannot be one here.
        StudyError: the framework or codebook of the study is wrong.
    """
    taking = _Taking(study)
    for node in top:
        taking.take(node, None, ())
    if taking.problems:
        raise FileRefused(name, taking.problems)
    taking.leave_out_loops()
    taking.put_in_order()
    found = taking.found
    if taking.kept:
        found.notes.append(
            _line(t("kept as they are here, though the file has them otherwise: {names}"), taking.kept)
        )
    if taking.undefined:
        found.notes.append(
            _line(t("no definition in the file, so the name stands for it: {names}"), taking.undefined)
        )
    if taking.unasked:
        found.notes.append(
            _line(t("left out, not in this study's framework: evaluation questions: {names}"), taking.unasked)
        )
    return found


class _Taking:
    def __init__(self, study: Study) -> None:
        self.found = CodesIn()
        self.problems: list[str] = []
        self.kept: list[str] = []
        self.undefined: list[str] = []
        self.unasked: list[str] = []
        codebook = study.codebook
        self._language = study.framework.languages[0]
        self._languages = study.framework.languages
        self._questions = frozenset(study.framework.question_ids)
        self._edited = study.rows("codes")
        self._here: dict[str, Code] = {code.id: code for code in codebook.codes}
        self._guids = {guid_of("code", code): code for code in self._here}
        self._paths = {
            tuple(fold(step.name.get(language)) for step in codebook.path(code.id)): code.id
            for language in self._languages
            for code in codebook.codes
        }
        self._taken: set[str] = set()
        self._beside: dict[str | None, list[str]] = {}
        self._ordered = not self._edited

    def take(self, node: Node, parent: str | None, path: tuple[str, ...]) -> None:
        """Take in a code and those under it."""
        told = read_description(normalise(node.description).text)
        if told.question is not None:
            self._take_question(node, told.question)
        if told.question is not None or told.folder:
            for child in node.all("Code"):
                self.take(child, None, ())
            return
        given = normalise(node.get("name")).text.strip() or node.guid
        path = (*path, fold(given))
        code = self._id(node, told, given, path)
        if node.guid in self.found.codes or code in self._taken:
            self.problems.append(
                t("the code {name} is in it twice").format(name=visible_line(shortened(given, 60)))
            )
            return
        self.found.codes[node.guid] = code
        self._taken.add(code)
        self._beside.setdefault(parent, []).append(code)
        self._ordered = self._ordered and told.code is not None
        self._compare(code, self._body(code, node, told, given, parent), told)
        for child in node.all("Code"):
            self.take(child, code, path)

    def leave_out_loops(self) -> None:
        """Keep a code as it is here where the file would put it under itself."""
        parents = {code.id: code.parent for code in self._here.values()}
        parents |= {write.record: write.body.get("parent") for write in self.found.writes}
        for write in list(self.found.writes):
            above, steps = parents[write.record], 0
            while above is not None and above != write.record and steps <= len(parents):
                above, steps = parents.get(above), steps + 1
            if above is not None:
                self.found.writes.remove(write)
                self.kept.append(write.record)
                parents[write.record] = (
                    self._here[write.record].parent if write.record in self._here else None
                )

    def put_in_order(self) -> None:
        """Put codes in the order of a file that fieldkit wrote, where nobody changed the codebook here."""
        if not self._ordered or self.kept:
            return
        natural = {code: float(at) for at, code in enumerate(dict.fromkeys([*self._here, *self._taken_in()]))}
        writes = {write.record: write for write in self.found.writes}
        for beside in self._beside.values():
            for code, place in zip(beside, sorted(natural[each] for each in beside), strict=True):
                if place == natural[code]:
                    continue
                if code not in writes:
                    self.found.known -= 1
                body = writes[code].body if code in writes else _revision(self._here[code]).body()
                writes[code] = Put("codes", code, {**body, "order": place})
        self.found.writes = list(writes.values())

    def _taken_in(self) -> Iterator[str]:
        yield from (write.record for write in self.found.writes)

    def _take_question(self, node: Node, question: str) -> None:
        if question in self._questions:
            self.found.questions[node.guid] = question
        else:
            self.unasked.append(question)

    def _id(self, node: Node, told: Described, name: str, path: tuple[str, ...]) -> str:
        known = told.code or self._guids.get(node.guid)
        if known is None and self._paths.get(path) not in self._taken:
            known = self._paths.get(path)
        if known is not None:
            return known
        wanted = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_ID_LIMIT].rstrip("-")
        if not wanted[:1].isalpha():
            wanted = f"code-{wanted}".rstrip("-")
        code, number = wanted, 1
        while code in self._here or code in self._taken:
            number += 1
            code = f"{wanted}-{number}"
        return code

    def _body(self, code: str, node: Node, told: Described, name: str, parent: str | None) -> dict[str, Any]:
        language = told.language or self._language
        fields = {**told.fields}
        names = fields.get("name", {})
        fields["name"] = names if language in names else {language: name, **names}
        definitions = fields.get("definition", {})
        if told.definition:
            definitions = {language: told.definition, **definitions}
        if not definitions:
            definitions = {language: name}
            self.undefined.append(name)
        return {
            "id": code,
            "parent": parent,
            "colour": _colour(node.get("color")),
            **fields,
            "definition": definitions,
        }

    def _compare(self, code: str, body: dict[str, Any], told: Described) -> None:
        """Note a code as known, as to be written, or as kept in spite of the file."""
        from pydantic import ValidationError

        try:
            new = CodeRevision.of(body)
            code_of(code, new.body())
        except ValidationError as error:
            shown = visible_line(shortened(str(body["name"]), 60))
            self.problems += [
                t("code {code}: {error}").format(code=shown, error=line) for line in plain_words(error)
            ]
            return
        here = self._here.get(code)
        if here is not None and _same(_revision(here), new):
            self.found.known += 1
        elif here is not None and (told.code is None or code in self._edited):
            self.kept.append(code)
        else:
            self.found.writes.append(Put("codes", code, new.body()))


def _revision(code: Code) -> CodeRevision:
    return CodeRevision.of(code.model_dump(mode="json", exclude_none=True))


def _same(one: CodeRevision, other: CodeRevision) -> bool:
    # The place among its like is told by the order of a file, if at all.
    bodies = ({**code.body(), "order": None} for code in (one, other))
    first, second = map(_normalised, bodies)
    return bool(first == second)


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value).text
    if isinstance(value, list):
        return [_normalised(each) for each in value]
    if isinstance(value, dict):
        return {key: _normalised(each) for key, each in value.items()}
    return value


def _colour(given: str) -> str | None:
    """A colour as the study keeps it: of three digits each stands for two."""
    found = _COLOUR.fullmatch(given.strip())
    if found is None:
        return None
    digits = found.group(1)
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def _line(told: str, which: Sequence[str]) -> str:
    return told.format(names=", ".join(_named(which)))


def _named(which: Sequence[str]) -> Iterator[str]:
    for each in which[:5]:
        yield visible_line(shortened(each, 60))
    if len(which) > 5:
        yield t("and {n} more").format(n=grouped(len(which) - 5))
