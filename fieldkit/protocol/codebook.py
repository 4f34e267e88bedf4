"""The tree of codes that passages are given: `codebook.yaml`."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from fieldkit.protocol.base import CodeId, Colour, Model, Version
from fieldkit.protocol.texts import Text


class Code(Model):
    """A theme, with when to use it and when not.

    Attributes:
        parent: id of the code above it; None at the top of the tree.
        examples: made-up passages that would carry it.
        aliases: other words by which one may look for it.
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
    retired: bool = False


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
