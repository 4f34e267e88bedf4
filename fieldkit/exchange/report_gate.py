"""The gate of outgoing reports: positions by the rules of release, released facts, and no other figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report import Quote
from fieldkit.exchange.report_outgoing import ClosedGate
from fieldkit.findings.release import Terms, release_facts, release_positions
from fieldkit.findings.table import Table

if TYPE_CHECKING:
    from fieldkit.study.letting_out import Watch


class ReleaseGate(ClosedGate):
    """Lets out what counts nobody, positions and passages that tell nobody's, and facts that are released."""

    def __init__(self, terms: Terms, watch: Watch, released: frozenset[str]) -> None:
        """Take what decides.

        Args:
            terms: on what terms tables leave.
            watch: what stops passages.
            released: `guide:item` of the items whose totals leave.
        """
        self._terms = terms
        self._watch = watch
        self._released = released

    def table(self, table: Table) -> Table | None:
        """A table as it may leave; of kinds without rules only those that count nobody."""
        if table.what == "positions":
            return release_positions(table, self._terms)
        if table.what == "totals":
            return release_facts(table, self._released, self._terms.language)
        return super().table(table)

    def quote(self, quote: Quote) -> bool:
        """Whether nothing in a passage or beside it says who spoke, or somebody let it out."""
        return quote.response is not None and self._watch.may_leave(
            (quote.response, *quote.place), quote.words
        )
