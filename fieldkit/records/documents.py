"""Documents: texts that were not said in an interview, coded like what was."""

from __future__ import annotations

from fieldkit.records.base import Record


class Document(Record):
    """A text of the study, such as a report that was reviewed or a source of another program's project.

    Attributes:
        name: what it is called.
        text: the words, in their stored form; codings' offsets count code points of it.
        language: language it is written in, where that is known.
        source: name of the file it came from.
    """

    name: str
    text: str
    language: str | None = None
    source: str | None = None
