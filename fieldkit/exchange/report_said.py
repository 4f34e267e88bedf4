"""What stands below a passage in a report: whose it is, of which group, its codes, how it was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.exchange.report_words import say

if TYPE_CHECKING:
    from fieldkit.exchange.report import Quote


def speaker(quote: Quote, language: str) -> str:
    """Who says a passage; empty where the report leaves the house and the group alone says enough.

    Args:
        quote: the passage.
        language: language of the report.
    """
    if quote.who:
        return quote.who
    if quote.written:
        return say(language, "a document")
    return "" if quote.response is None and quote.group else say(language, "nobody")


def said_below(quote: Quote, language: str) -> str:
    """The line below a passage.

    Args:
        quote: the passage.
        language: language of the report.
    """
    about = [speaker(quote, language), quote.group or "", "; ".join(quote.codes)]
    about += [] if quote.verbatim else [say(language, "paraphrase")]
    about += [] if quote.quotable else [say(language, "not quotable")]
    return " · ".join(part for part in about if part)
