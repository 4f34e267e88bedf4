"""What a response or a document was before, and bringing it back."""

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
from fieldkit.tui.widgets.changed_lines import changed_lines
from fieldkit.tui.widgets.notes_signs import SIGNS

if TYPE_CHECKING:
    from fieldkit.storage.writes import Commit
    from fieldkit.study.anchoring import Coded
    from fieldkit.tui.app import FieldkitApp

FIELDS: Final = {
    "paragraphs": mark("words"),
    "disposition": mark("outcome"),
    "reason": mark("reason"),
    "value": mark("value"),
    "probes": mark("probes"),
    "language": mark("language"),
    "also_answers": mark("also answers"),
    "text": mark("words"),
    "name": mark("name"),
    "date": mark("date"),
    "role": mark("role"),
    "line_of_evidence": mark("line of evidence"),
    "evaluation_questions": mark("evaluation questions"),
}
"""Fields of a response or a document by their names on the screen."""

ACTS: Final = {
    "added": mark("added"),
    "changed": mark("changed"),
    "removed": mark("removed"),
    "undone": mark("undone"),
}
"""What was done to it."""


def show_versions(app: FieldkitApp, study: Study, response: str) -> None:
    """Open the screen on a response, or say that nothing was kept of it yet.

    Args:
        app: the app.
        study: the study.
        response: id of the response.
    """
    if versions(study, "responses", response):
        app.push_screen(HistoryScreen(study, "responses", response))
    else:
        app.tell(t("Nothing was kept of this answer before"))


def show_document_versions(app: FieldkitApp, study: Study, document: str) -> None:
    """Open the screen on a document.

    Args:
        app: the app.
        study: the study.
        document: id of the document.
    """
    app.push_screen(HistoryScreen(study, "documents", document))


class VersionList(OptionList):
    """The versions; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("history", "enter")


class HistoryScreen(Place):
    """The states that a response or document had, the newest first, and the one under the cursor.

    Of a response all is shown; of a document, which may be long, what became different.
    """

    place: ClassVar[str] = "history"
    CSS_PATH = "../styles/history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")

    def __init__(self, study: Study, table: Coded, record: str) -> None:
        """Make the screen.

        Args:
            study: the study.
            table: `responses` or `documents`.
            record: id of the response or document.
        """
        super().__init__(study)
        self._table = table
        self._record = record
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
        self._versions = versions(self.study, self._table, self._record)
        listing = self.query_one(VersionList)
        listing.set_options([Option(_line(version)) for version in self._versions])
        listing.highlighted = 0 if self._versions else None
        body = self._any_body()
        title = phrase("[b]What this was before[/]")
        if body is not None:
            name = str(body["name"]) if self._table == "documents" else self._asked(Response.of(body))
            title += Content("\n") + literal(name).stylize("italic")
        self.query_one("#history-title", Static).update(title)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the version under the cursor."""
        event.stop()
        at = event.option_index
        shown = self._document(at) if self._table == "documents" else self._full(self._versions[at])
        self.query_one("#history-text", Static).update(shown)
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

    def _any_body(self) -> dict[str, Any] | None:
        return next((version.body for version in self._versions if version.body is not None), None)

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

    def _document(self, at: int) -> Content:
        version = self._versions[at]
        lines = [_head(version), *self._changes(version), Content("")]
        if version.body is None:
            return Content("\n").join([*lines, phrase("[dim]Nothing: the document was removed[/]")])
        earlier = (each.body for each in self._versions[at + 1 :] if each.body is not None)
        before = next(earlier, None)
        was = str(before["text"]) if before is not None else None
        return Content("\n").join([*lines, *changed_lines(str(version.body["text"]), was)])

    def _full(self, version: Version) -> Content:
        lines = [_head(version), *self._changes(version), Content("")]
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
        lines = []
        for name, before, _ in version.entry.fields if version.entry.action != "added" else ():
            was = ""
            if name == "value" and (body := self._any_body()) is not None:
                was = self._value(Response.of(body), before) or t("none")
            elif name not in ("paragraphs", "text"):
                told = ", ".join(map(str, before)) if isinstance(before, list) else t(str(before))
                was = told if before else t("none")
            line = phrase("[dim]changed:[/] $name", name=_named(name))
            lines.append(line + phrase(" [dim](was $was)[/]", was=was) if was else line)
        return lines


def _head(version: Version) -> Content:
    entry = version.entry
    return phrase(
        "[b]$at UTC[/]  $who  $action",
        at=_time(entry.at),
        who=entry.author or "?",
        action=t(ACTS.get(entry.action, entry.action)),
    )


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
