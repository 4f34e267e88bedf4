"""The tree of codes as a list of lines, and one code with all it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fieldkit.tui.actions import own_keys
from fieldkit.tui.literal import literal, phrase

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.drift import Drifted

SWATCHES: Final = {"solid": "█", "dots": "░", "stripes": "▒", "bars": "▌", "checks": "▚"}
"""Pattern of a code's mark to a sign of it; the colour is never alone."""


class CodeTree(OptionList):
    """The codes, each below the one it stands under; Enter is the screen's own."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("codebook", "enter")

    def show(self, codes: Sequence[tuple[Code, int]], counts: Mapping[str, int], language: str) -> None:
        """List codes.

        Args:
            codes: each with its depth, in the order of the tree.
            counts: code id to how many codings it has.
            language: language of their names.
        """
        before = self.chosen
        self.set_options(
            [
                Option(_line(code, depth, counts.get(code.id, 0), language), id=code.id)
                for code, depth in codes
            ]
        )
        self.choose(before)

    @property
    def chosen(self) -> str | None:
        """Id of the code under the cursor."""
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def choose(self, code: str | None) -> None:
        """Put the cursor on a code, else on the first."""
        ids = [option.id for option in self.options]
        if ids:
            self.highlighted = ids.index(code) if code in ids else 0


def swatch(code: Code) -> Content:
    """The sign of a code's mark, in its colour."""
    sign = Content(SWATCHES[code.pattern or "solid"])
    return sign.stylize(code.colour) if code.colour else sign


def drift_lines(drifted: Sequence[Drifted], language: str) -> Content:
    """How many codings of a code were made under other definitions, and how these read.

    Args:
        drifted: what `definition_drift` says of the code.
        language: language of the definitions.
    """
    lines = []
    for each in drifted:
        count = len(each.codings)
        if each.version is None:
            lines.append(phrase("[b]Codings made under a definition that is not known:[/] $n", n=count))
            continue
        lines.append(phrase("[b]Codings made under an older definition:[/] $n", n=count))
        if each.before is not None:
            lines.append(literal(each.before.definition.get(language)).stylize("dim"))
    return Content("\n").join(lines)


def full_code(code: Code, path: Sequence[Code], codings: int, language: str) -> Content:
    """A code with all it says, in one language.

    Args:
        code: the code.
        path: the codes from the top of the tree down to it.
        codings: how many codings it has.
        language: language of its texts.
    """
    where = " > ".join(step.name.get(language) for step in path)
    lines = [swatch(code) + phrase(" [b]$where[/]", where=where)]
    lines.append(phrase("[dim]$id, codings: $n[/]", id=code.id, n=codings))
    if code.retired:
        lines.append(phrase("[b]Retired: no longer given[/]"))
    parts = (
        (phrase("[b]Definition[/]"), code.definition),
        (phrase("[b]Use when[/]"), code.use_when),
        (phrase("[b]Not when[/]"), code.not_when),
    )
    for label, text in parts:
        if text is not None:
            lines += [Content(""), label, literal(text.get(language))]
    if code.examples:
        lines += [Content(""), phrase("[b]Examples[/]")]
        lines += [literal(example.get(language)) for example in code.examples]
    if code.aliases:
        lines += [Content(""), phrase("[b]Also called[/] $aliases", aliases=", ".join(code.aliases))]
    return Content("\n").join(lines)


def _line(code: Code, depth: int, codings: int, language: str) -> Content:
    indent = Content("  " * depth)
    count = str(codings) if codings else ""
    line = phrase(" $name [dim]$count[/]", name=code.name.get(language), count=count)
    if code.retired:
        line = phrase(" [dim]$name (retired) $count[/]", name=code.name.get(language), count=count)
    return indent + swatch(code) + line
