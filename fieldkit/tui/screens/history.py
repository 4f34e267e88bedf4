"""What a response was before, and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.protocol.value_display import display_value
from fieldkit.records.responses import Response
from fieldkit.say import mark, t
from fieldkit.study.coding import guide_of
from fieldkit.study.history import Version, restore, undo, versions
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings, own_keys
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.messages import ResponsesRestored
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.notes_signs import SIGNS

if TYPE_CHECKING:
    from fieldkit.storage.writes import Commit
    from fieldkit.tui.app import FieldkitApp

FIELDS: Final = {
    "paragraphs": mark("words"),
    "disposition": mark("outcome"),
    "reason": mark("reason"),
    "value": mark("value"),
    "probes": mark("probes"),
    "language": mark("language"),
    "also_answers": mark("also answers"),
}
"""Fields of a response by their names on the screen."""

ACTS: Final = {
    "added": mark("added"),
    "changed": mark("changed"),
    "removed": mark("removed"),
    "undone": mark("undone"),
}
"""What was done to a response."""


def show_versions(app: FieldkitApp, study: Study, response: str) -> None:
    """Open the screen on a response, or say that nothing was kept of it yet.

    Args:
        app: the app.
        study: the study.
        response: id of the response.
    """
    if versions(study, "responses", response):
        app.push_screen(HistoryScreen(study, response))
    else:
        app.tell(t("Nothing was kept of this answer before"))


class VersionList(OptionList):
    """The versions; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("history", "enter")


class HistoryScreen(Place):
    """The states that a response had, the newest first, and the one under the cursor in full."""

    place: ClassVar[str] = "history"
    CSS_PATH = "../styles/history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")

    def __init__(self, study: Study, response: str) -> None:
        """Make the screen.

        Args:
            study: the study.
            response: id of the response.
        """
        super().__init__(study)
        self._response = response
        self._versions: list[Version] = []
        self._brought_back: list[str] = []

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the place it lies over."""
        return ("history",)

    def compose_body(self) -> ComposeResult:
        """The item, the versions, the one chosen, what was done."""
        yield Static(id="history-title")
        with Horizontal():
            yield VersionList(id="history-list", compact=True)
            with VerticalScroll(id="history-scroll", can_focus=False):
                yield Static(id="history-text")
        yield Static(id="history-said")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(VersionList).focus()

    def refresh_place(self) -> None:
        """Read the versions anew."""
        self._versions = versions(self.study, "responses", self._response)
        listing = self.query_one(VersionList)
        listing.set_options([Option(_line(version)) for version in self._versions])
        listing.highlighted = 0 if self._versions else None
        response = self._any_response()
        title = phrase("[b]What this was before[/]")
        if response is not None:
            title += Content("\n") + literal(self._asked(response)).stylize("italic")
        self.query_one("#history-title", Static).update(title)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the version under the cursor."""
        event.stop()
        self.query_one("#history-text", Static).update(self._full(self._versions[event.option_index]))
        self.query_one("#history-scroll").scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on the version under the cursor only chooses it: bringing it back takes Enter."""
        event.stop()

    def action_restore(self) -> None:
        """Let the version under the cursor be the answer again."""
        at = self.query_one(VersionList).highlighted
        if at is None:
            return
        commit = restore(self.study, self._versions[at].entry.revision)
        if not commit.ids:
            self._say(t("It is so already: nothing was changed"))
            return
        self._brought_back.append(commit.change)
        self._changed(commit, t("Brought back. Saved; Ctrl+Z takes it back"))

    def action_undo(self) -> None:
        """Take back what was brought back here last."""
        if not self._brought_back:
            self._say(t("Nothing was brought back here"))
            return
        commit = undo(self.study, self._brought_back[-1])
        self._brought_back.pop()
        self._changed(commit, t("Undone. Saved."))

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#history-scroll", VerticalScroll)
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def _changed(self, commit: Commit, told: str) -> None:
        responses = [each.record for each in commit.revisions if each.table == "responses"]
        self.app.post_message(ResponsesRestored(tuple(responses)))
        self.refresh_place()
        self._say(told)

    def _say(self, text: str) -> None:
        self.query_one("#history-said", Static).update(literal_line(text))

    def _any_response(self) -> Response | None:
        body = next((version.body for version in self._versions if version.body is not None), None)
        return None if body is None else Response.of(body)

    def _language(self, response: Response) -> str:
        interview = self.study.row("interviews", response.interview) or {}
        guide = guide_of(self.study, response)
        return str(interview.get("language") or (guide.default_language if guide else "en"))

    def _asked(self, response: Response) -> str:
        guide = guide_of(self.study, response)
        if guide is None or not guide.has_item(response.item):
            return response.item
        return guide.item(response.item).text.get(self._language(response))

    def _value(self, response: Response, value: Any) -> str:
        guide = guide_of(self.study, response)
        if guide is None or not guide.has_item(response.item):
            return "" if value is None else str(value)
        return display_value(guide.item(response.item), value, self._language(response))

    def _full(self, version: Version) -> Content:
        entry = version.entry
        head = phrase(
            "[b]$at UTC[/]  $who  $action",
            at=_time(entry.at),
            who=entry.author or "?",
            action=t(ACTS.get(entry.action, entry.action)),
        )
        lines = [head, *self._changes(version), Content("")]
        if version.body is None:
            return Content("\n").join([*lines, phrase("[dim]Nothing: the answer was removed[/]")])
        response = Response.of(version.body)
        lines.append(phrase("[b]Outcome[/] $outcome", outcome=_outcome(version.body)))
        if response.value is not None:
            lines.append(phrase("[b]Value[/] $value", value=self._value(response, response.value)))
        lines.append(Content(""))
        for paragraph in response.paragraphs:
            sign = SIGNS.get(paragraph.kind, " ")
            lines += [Content(f"{sign} ") + literal_line(paragraph.text), Content("")]
        return Content("\n").join(lines)

    def _changes(self, version: Version) -> list[Content]:
        """What was something else before, and what that was; of words that they changed."""
        response = self._any_response()
        lines = []
        for name, before, _ in version.entry.fields if version.entry.action != "added" else ():
            was = ""
            if name == "value" and response is not None:
                was = self._value(response, before) or t("none")
            elif name != "paragraphs":
                was = t("none") if before is None else t(str(before))
            told = phrase("[dim]changed:[/] $name", name=_named(name))
            lines.append(told + phrase(" [dim](was $was)[/]", was=was) if was else told)
        return lines


def _line(version: Version) -> Content:
    act = "removed" if version.body is None else version.entry.action
    changed = t(ACTS.get(act, act))
    fields = [_named(name) for name, _, _ in version.entry.fields]
    if version.entry.action == "changed":
        changed = ", ".join(fields)
    line = phrase(
        "$at $who $changed", at=_time(version.entry.at), who=version.entry.author or "?", changed=changed
    )
    return (Content("› ") if version.stands else Content("  ")) + line


def _named(field: str) -> str:
    return t(FIELDS.get(field, field.replace("_", " ")))


def _outcome(body: dict[str, Any]) -> str:
    return ", ".join(t(str(body[name])) for name in ("disposition", "reason") if body.get(name))


def _time(at: str) -> str:
    return at[:16].replace("T", " ")
