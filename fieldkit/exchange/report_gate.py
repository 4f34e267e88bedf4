"""The gate that outgoing reports pass: tables of positions by the rules of release, and no other figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report import Quote
from fieldkit.exchange.report_outgoing import ClosedGate
from fieldkit.findings.release import Terms, release_positions
from fieldkit.findings.table import Table

if TYPE_CHECKING:
    from fieldkit.study.letting_out import Watch


class ReleaseGate(ClosedGate):
    """Lets out what counts nobody, tables of positions as far as they tell nobody's, and passages alike."""

    def __init__(self, terms: Terms, watch: Watch) -> None:
        """Take the terms on which tables leave, and what stops passages."""
        self._terms = terms
        self._watch = watch

    def table(self, table: Table) -> Table | None:
        """A table as it may leave; of other kinds than positions only those that count nobody."""
        if table.what == "positions":
            return release_positions(table, self._terms)
        return super().table(table)

    def quote(self, quote: Quote) -> bool:
        """Whether nothing in a passage or beside it says who spoke, or somebody let it out."""
        return quote.response is not None and self._watch.may_leave(
            (quote.response, *quote.place), quote.words
        )
