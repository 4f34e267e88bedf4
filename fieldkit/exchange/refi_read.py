"""Read the XML of REFI-QDA: what is of use here, in little memory, and no more of it than is bearable.

The parser is the standard library's expat, without a document type: no entity can be declared, so
none expands and nothing outside the file is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from xml.parsers import expat

from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.refi_xml import CODEBOOK, PROJECT, read_guid
from fieldkit.exchange.refi_zip import TEXT_LIMIT
from fieldkit.say import grouped, t
from fieldkit.storage.loading import no_collection
from fieldkit.text import visible_line

ELEMENTS_LIMIT = 400_000
"""Most elements that are read; 50,000 codings with two evaluation questions each make 350,000."""

_DEPTH_LIMIT = 100
_TAG_LIMIT = 1_000_000
_WITH_GUID = frozenset({"Code", "TextSource", "PlainTextSelection", "Coding", "Note", "User"})
_LISTS = {"CodeBook", "Codes", "Users", "Sources", "Notes", "Variables", "Cases", "Links", "Sets", "Graphs"}
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
_MAY_HAVE_GUID = frozenset({"Variable", "Case", "VariableValue"})
_KEPT = _WITH_GUID | _MAY_HAVE_GUID | _LISTS | {"Project"}
_TEXTS = frozenset({"Description", "PlainTextContent", *_VALUES})
_REFERENCES = frozenset({"CodeRef", "NoteRef"})
_OF_VARIABLE = "VariableRef"
_READ = _KEPT | _TEXTS | _REFERENCES | {_OF_VARIABLE}
_ATTRIBUTES = frozenset(
    {"name", "origin", "isCodable", "color", "plainTextPath", "startPosition", "endPosition", "creatingUser"}
)
# Some programs write a colon for the dot.
_SPACES = {space: {f"{space}}}", f"{space.removesuffix('.0')}:0}}"} for space in (PROJECT, CODEBOOK)}


class Node:
    """An element with what is of use of it.

    Attributes:
        name: the element's name.
        guid: its GUID, in lower case; empty for what has none.
        attributes: attribute to value.
        description: its description.
        content: its text, where that stands in the XML.
        code: GUID of the code, or of a value the variable, that it refers to.
        notes: GUIDs of the notes it refers to.
        children: the elements in it, without those above.
    """

    __slots__ = ("attributes", "children", "code", "content", "description", "guid", "name", "notes")

    def __init__(self, name: str, guid: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.guid = guid
        self.attributes = attributes
        self.description = ""
        self.content: str | None = None
        self.code: str | None = None
        self.notes: list[str] | tuple[()] = ()
        self.children: list[Node] | tuple[()] = ()

    def all(self, *names: str) -> list[Node]:
        """The elements in it of a name; in those, the elements of the next name; and so on."""
        found = [self]
        for name in names:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def get(self, attribute: str) -> str:
        """The value of an attribute, or nothing."""
        return self.attributes.get(attribute, "")


class Read:
    """A file that was read.

    Attributes:
        root: its outermost element.
        left_out: name of an element that is of no use here to how many there are.
    """

    def __init__(self, root: Node, left_out: Counter[str]) -> None:
        self.root = root
        self.left_out = left_out


def read_xml(pieces: Callable[[], Iterable[bytes]], name: str, space: str) -> Read:
    """Read a project or a codebook: its elements are counted first, which is soon done.

    Args:
        pieces: returns the XML from its beginning, each time.
        name: the file's name, for messages.
        space: the namespace it must be in.

    Returns:
        What is of use of it.

    Raises:
        ExchangeError: it is not XML, not of that namespace, declares a document type, or is larger or
            deeper than can be borne.
    """
    reader = _Reader(name, space)
    try:
        with no_collection():
            counter = _parser(reader)
            counter.StartElementHandler = reader.count
            _feed(counter, pieces(), reader)
            parser = _parser(reader)
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = reader.end
            parser.CharacterDataHandler = reader.text
            _feed(parser, pieces(), reader)
    except expat.ExpatError as error:
        told = t("it is not XML at line {line}, column {column} ({reason})")
        reason = expat.ErrorString(error.code)
        raise reader.refused(told.format(line=error.lineno, column=error.offset, reason=reason)) from error
    if reader.root is None:
        raise reader.refused(t("there is nothing in it"))
    return Read(reader.root, reader.left_out)


def _parser(reader: _Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.document_type
    return parser


def _feed(parser: expat.XMLParserType, pieces: Iterable[bytes], reader: _Reader) -> None:
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)
        fed += len(piece)
        # An unfinished tag is held by the parser until it ends, and read from its start each time.
        if fed - parser.CurrentByteIndex > _TAG_LIMIT:
            raise reader.refused(
                t("a tag in it has more than {tag_limit} bytes").format(tag_limit=grouped(_TAG_LIMIT))
            )
    parser.Parse(b"", True)


class _Reader:
    def __init__(self, name: str, space: str) -> None:
        self.root: Node | None = None
        self.left_out: Counter[str] = Counter()
        self._name = name
        self._spaces = tuple(_SPACES[space])
        self._space = space
        self._open: list[Node] = []
        self._skipped = 0
        self._text: list[str] | None = None
        self._length = 0
        self._elements = 0
        self._same: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def refused(self, why: str) -> ExchangeError:
        return ExchangeError(t("{name}: {why}; nothing was taken in").format(name=self._name, why=why))

    def document_type(self, *_: object) -> None:
        raise self.refused(t("it declares a document type, which no such file has"))

    def count(self, *_: object) -> None:
        self._elements += 1
        if self._elements > ELEMENTS_LIMIT:
            raise self.refused(
                t("there are more than {elements_limit} elements in it").format(
                    elements_limit=grouped(ELEMENTS_LIMIT)
                )
            )

    def start(self, full_name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            self._check_depth()
            return
        name = self._names.get(full_name) or self._local(full_name)
        if name in _TEXTS and self._open:
            self._text, self._length = [], 0
            self._open.append(Node(name, "", {}))
        elif name in _REFERENCES and self._open:
            self._refer(name, self._guid(name, attributes.get("targetGUID")))
            self._skipped = 1
        elif name == _OF_VARIABLE and self._open:
            self._open[-1].code = self._shared(read_guid(attributes.get("targetGUID")) or "")
            self._skipped = 1
        elif name in _KEPT:
            self._enter(name, attributes)
        else:
            self.left_out[name] += 1
            self._skipped = 1
        self._check_depth()

    def end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        node = self._open.pop()
        if self._text is not None and node.name in _TEXTS:
            text = "".join(self._text)
            self._text = None
            if node.name == "Description":
                self._open[-1].description = text
            else:
                self._open[-1].content = text
        elif node.name == "Coding" and node.code is None and self._open:
            siblings = self._open[-1].children
            if isinstance(siblings, list):
                siblings.pop()
            self.left_out["CodingWithoutCode"] += 1

    def text(self, data: str) -> None:
        if self._text is None or self._skipped:
            return
        self._length += len(data)
        if self._length > TEXT_LIMIT:
            raise self.refused(
                t("a text in it has more than {text_limit} characters").format(text_limit=grouped(TEXT_LIMIT))
            )
        self._text.append(data)

    def _local(self, full_name: str) -> str:
        """The name of an element of the format, or the full name of one that is not."""
        for space in self._spaces:
            if full_name.startswith(space):
                name = full_name[len(space) :]
                if name in _READ:
                    self._names[full_name] = name
                return name
        if not self._open:
            raise self.refused(
                t("its outermost element is not of {space}: {full_name}").format(
                    space=self._space, full_name=visible_line(full_name)[:100]
                )
            )
        return full_name

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        root = "Project" if self._space == PROJECT else "CodeBook"
        if not self._open and name != root:
            raise self.refused(
                t("its outermost element must be {root}, and is {name}").format(root=root, name=name)
            )
        guid = self._guid(name, attributes.get("guid")) if name in _WITH_GUID else ""
        kept = {key: value for key, value in attributes.items() if key in _ATTRIBUTES}
        if "creatingUser" in kept:
            kept["creatingUser"] = self._shared(kept["creatingUser"])
        node = Node(name, guid or read_guid(attributes.get("guid")) or "", kept)
        if self._open:
            parent = self._open[-1]
            if isinstance(parent.children, tuple):
                parent.children = []
            parent.children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _refer(self, name: str, guid: str) -> None:
        node = self._open[-1]
        if name == "CodeRef":
            node.code = self._shared(guid)
        elif isinstance(node.notes, tuple):
            node.notes = [guid]
        else:
            node.notes.append(guid)

    def _guid(self, name: str, given: str | None) -> str:
        guid = read_guid(given)
        if guid is None:
            raise self.refused(
                t("a {name} in it has no GUID: {given}").format(
                    name=name, given=repr(visible_line(given or "")[:60])
                )
            )
        return guid

    def _shared(self, value: str) -> str:
        """One string for all that are equal, of what recurs: users and codes."""
        return self._same.setdefault(value, value)

    def _check_depth(self) -> None:
        if len(self._open) + self._skipped > _DEPTH_LIMIT:
            raise self.refused(
                t("elements in it are nested more than {depth_limit} deep").format(depth_limit=_DEPTH_LIMIT)
            )
