"""The gate that outgoing reports pass: what may leave of each kind of table by the rules of release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report import Quote
from fieldkit.exchange.report_outgoing import ClosedGate
from fieldkit.findings.release import Terms, release_positions
from fieldkit.findings.release_facts import release_facts, released_items
from fieldkit.findings.release_grounds import release_documents, release_saturation
from fieldkit.findings.release_ratings import nameable_guides, release_ratings
from fieldkit.findings.table import Table

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.study.letting_out import Watch


class ReleaseGate(ClosedGate):
    """Lets out what counts nobody, and of other tables and of passages what tells of nobody in particular."""

    def __init__(self, terms: Terms, watch: Watch, evidence: Evidence) -> None:
        """Take what decides.

        Args:
            terms: on what terms tables leave.
            watch: what stops passages.
            evidence: tells which guides may be named, and the totals of which items leave.
        """
        self._terms = terms
        self._watch = watch
        self._guides = nameable_guides(evidence)
        self._released = released_items(evidence)

    def table(self, table: Table) -> Table | None:
        """A table as it may leave; of kinds that have no rule of their own, only those that count nobody."""
        if table.what == "positions":
            return release_positions(table, self._terms)
        if table.what == "ratings":
            return release_ratings(table, self._terms, self._guides)
        if table.what == "totals":
            return release_facts(table, self._released, self._terms.language)
        if table.what == "saturation":
            return release_saturation(table, self._terms.language)
        if table.what in ("triangulation", "evidence", "gaps"):
            return release_documents(table, self._terms.language)
        return super().table(table)

    def quote(self, quote: Quote) -> bool:
        """Whether nothing in a passage or beside it says who spoke, or somebody let it out."""
        return quote.response is not None and self._watch.may_leave(
            (quote.response, *quote.place), quote.words
        )

    def name(self, name: str) -> bool:
        """Whether a document's name says of nobody who she is."""
        return not self._watch.identifies(name)
