"""What can be wrong with a request for findings: each is one clear line."""

from __future__ import annotations


class FindingsError(ValueError):
    """A table was asked for that there is none of; the message is one line that says what there is."""
