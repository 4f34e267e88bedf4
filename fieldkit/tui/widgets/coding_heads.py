"""What stands over the list and over the words of the Coding screen."""

from __future__ import annotations

from textual.content import Content

from fieldkit.protocol.value_display import display_value
from fieldkit.say import t, tn
from fieldkit.study.coding import guide_of
from fieldkit.study.study import Study
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.widgets.coding_entries import Entry
from fieldkit.tui.widgets.coding_list import MOST_SHOWN


def list_head(found: int, left: int, told: str, waiting: int) -> Content:
    """How much is listed.

    Args:
        found: how many responses and documents pass the filters.
        left: how many of them are left to code.
        told: the filters in words; empty where there are none.
        waiting: how many codings wait for a decision.
    """
    title = phrase("[b]Responses[/] $found", found=found)
    if left:
        title += phrase("  [b]$left[/] left to code", left=left)
    if found > MOST_SHOWN:
        title += phrase("  [dim]the first $most are listed: narrow with /[/]", most=MOST_SHOWN)
    if told:
        title += phrase("\nonly [b]$told[/]", told=told)
    elif not found:
        title += phrase("  [dim]Nothing to code yet: hold an interview, or import a document[/]")
    if waiting:
        told = tn("{n} waits for a decision: Ctrl+D", "{n} wait for a decision: Ctrl+D", waiting)
        title += phrase("\n[b]![/] $told", told=told.format(n=waiting))
    return title


def words_head(study: Study, entry: Entry | None, place: str, language: str) -> Content:
    """Whose words are read, and to what they answer.

    Args:
        study: the study.
        entry: what is read; None where nothing is.
        place: where in the list it stands, such as `2 of 7`.
        language: language of values.
    """
    if entry is None:
        return Content("")
    response = entry.response
    if response is None:
        return phrase("[b]$name[/]  document  [dim]$place[/]", name=entry.who, place=place)
    lines = [
        phrase("[b]$code[/]  $item  [dim]$place[/]", code=entry.who, item=response.item, place=place),
        literal(entry.heading).stylize("italic"),
    ]
    guide = guide_of(study, response)
    if response.value is not None and guide is not None and guide.has_item(response.item):
        value = display_value(guide.item(response.item), response.value, language)
        lines.append(phrase("[b]=[/] $value", value=value))
    if response.disposition != "answered":
        lines.append(phrase("[b]=[/] $disposition", disposition=t(response.disposition)))
    return Content("\n").join(lines)
