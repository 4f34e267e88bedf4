"""The texts of a report's appendix: the codebook and the guides, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fieldkit.exchange.report import CodeEntry, GuidePart
from fieldkit.exchange.report_words import say

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Codebook
    from fieldkit.protocol.guide import Guide, Section


def code_entries(codebook: Codebook, language: str) -> tuple[CodeEntry, ...]:
    """The codes of a codebook as the tree goes, each below the one it belongs to.

    Args:
        codebook: the codebook.
        language: language of the texts.
    """
    depth = {code.id: len(codebook.path(code.id)) - 1 for code in codebook.codes}
    return tuple(
        CodeEntry(
            id=code.id,
            name=code.name.get(language),
            level=depth[code.id],
            definition=code.definition.get(language),
            use_when=code.use_when.get(language) if code.use_when else "",
            not_when=code.not_when.get(language) if code.not_when else "",
            examples=tuple(example.get(language) for example in code.examples),
            retired=code.retired,
        )
        for code in codebook.codes
    )


def guide_parts(guides: Iterable[Guide], language: str) -> tuple[GuidePart, ...]:
    """The guides as they are asked, each with its sections and items.

    Args:
        guides: the guides of the study's folder.
        language: language of the texts.
    """
    return tuple(
        GuidePart(
            say(language, "guide version", title=guide.title.get(language), version=guide.version),
            tuple(
                (section.title.get(language), tuple(_items(guide, section, language)))
                for section in guide.sections
            ),
        )
        for guide in guides
    )


def _items(guide: Guide, section: Section, language: str) -> Iterator[tuple[str, str]]:
    for item in guide.items():
        if guide.section_of(item.id) is section:
            yield item.text.get(language), ", ".join(guide.questions_of(item.id))
