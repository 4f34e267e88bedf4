"""The gate that outgoing reports pass: tables of positions by the rules of release, and no other figures."""

from __future__ import annotations

from fieldkit.exchange.report_outgoing import ClosedGate
from fieldkit.findings.release import Terms, release_positions
from fieldkit.findings.table import Table


class ReleaseGate(ClosedGate):
    """Lets out what counts nobody, and tables of positions as far as they tell nobody's."""

    def __init__(self, terms: Terms) -> None:
        """Take the terms on which tables leave."""
        self._terms = terms

    def table(self, table: Table) -> Table | None:
        """A table as it may leave; of other kinds than positions only those that count nobody."""
        if table.what == "positions":
            return release_positions(table, self._terms)
        return super().table(table)
