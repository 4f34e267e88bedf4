"""The tree of codes that passages are given: `codebook.yaml`."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Final, Literal, get_args

from pydantic import Field

from fieldkit.protocol.base import CodeId, Colour, Model, Version
from fieldkit.protocol.texts import Text

Pattern = Literal["solid", "dots", "stripes", "bars", "checks"]
"""What tells a code's mark from another's where its colour does not."""

PATTERNS: Final[tuple[Pattern, ...]] = get_args(Pattern)


class Code(Model):
    """A theme, with when to use it and when not.

    Attributes:
        parent: id of the code above it; None at the top of the tree.
        examples: made-up passages that would carry it.
        aliases: other words by which one may look for it.
        colour: of its marks, `#rrggbb`.
        pattern: of its marks, beside the colour; None is `solid`.
        order: its place among the codes under the same parent; None is its place in the file.
        retired: no longer given, but kept where it was.
    """

    id: CodeId
    name: Text
    parent: CodeId | None = None
    definition: Text
    use_when: Text | None = None
    not_when: Text | None = None
    examples: list[Text] = Field(default=[])
    aliases: list[str] = Field(default=[])
    colour: Colour | None = None
    pattern: Pattern | None = None
    order: float | None = None
    retired: bool = False

    @property
    def definition_version(self) -> str:
        """A short hash of what decides whether a passage gets this code: its definition, when and when not.

        Names, examples and the place in the tree may change without making another definition of it.
        """
        said = [text and text.translations for text in (self.definition, self.use_when, self.not_when)]
        content = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()[:12]


class Codebook(Model):
    """All codes, in the order of the file."""

    fieldkit: Literal[1]
    version: Version
    codes: list[Code] = Field(min_length=1)

    @property
    def roots(self) -> list[Code]:
        """The codes at the top of the tree."""
        return self.children(None)

    def code(self, code_id: str) -> Code:
        """The code with an id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[code_id]

    def children(self, code_id: str | None) -> list[Code]:
        """The codes right under one code; under None, those at the top."""
        return self._children.get(code_id, [])

    def path(self, code_id: str) -> list[Code]:
        """The codes from the top of the tree down to one code, itself included.

        Raises:
            KeyError: there is no such code.
        """
        found = [self._by_id[code_id]]
        # A loop of parents is an error of the file; it must not hang whoever shows the file.
        while (parent := found[0].parent) in self._by_id and len(found) <= len(self.codes):
            found.insert(0, self._by_id[parent])
        return found

    @cached_property
    def _by_id(self) -> dict[str | None, Code]:
        return {code.id: code for code in self.codes}

    @cached_property
    def _children(self) -> dict[str | None, list[Code]]:
        found: dict[str | None, list[Code]] = {}
        for code in self.codes:
            found.setdefault(code.parent, []).append(code)
        return found
