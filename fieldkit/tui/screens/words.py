"""The words behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.protocol.value_display import display_value
from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.say import mark, t
from fieldkit.study.coding import codings_of, find_response, guide_of
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.notes_signs import GUTTER, reading_sign

if TYPE_CHECKING:
    from fieldkit.records.responses import Response


class WordsScreen(Place):
    """The responses that a figure rests on: a list, and the one under the cursor in full."""

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("words")

    def __init__(self, study: Study, title: str, responses: Sequence[str]) -> None:
        """Make the screen.

        Args:
            study: the study.
            title: what the figure says.
            responses: ids of the responses it rests on.
        """
        super().__init__(study)
        self._title = title
        # Ids are random: what a person said stands together, and persons in the order of their codes.
        self._responses = sorted(responses, key=self._order)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the tables it lies over."""
        return ("words",)

    def compose_body(self) -> ComposeResult:
        """What the figure says, the responses, the one chosen."""
        yield Static(phrase("[b]$title[/]", title=self._title), id="words-title")
        with Horizontal():
            yield OptionList(
                *(Option(self._line(each)) for each in self._responses), id="words-list", compact=True
            )
            with VerticalScroll(id="words-scroll", can_focus=False):
                yield Static(id="words-text")

    def on_mount(self) -> None:
        """Begin with the first."""
        listing = self.query_one(OptionList)
        listing.focus()
        listing.highlighted = 0 if self._responses else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the response under the cursor."""
        event.stop()
        self.query_one("#words-text", Static).update(self._full(self._responses[event.option_index]))
        self.query_one("#words-scroll").scroll_home(animate=False)

    def action_back(self) -> None:
        """Back to the table."""
        self.dismiss()

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#words-scroll", VerticalScroll)
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def _order(self, response_id: str) -> tuple[str, str]:
        return self._who(self.study.row("responses", response_id) or {}), response_id

    def _line(self, response_id: str) -> Content:
        body = self.study.row("responses", response_id) or {}
        return phrase("$who [dim]$item[/]", who=self._who(body).ljust(8), item=body.get("item", response_id))

    def _who(self, body: dict[str, Any]) -> str:
        interview = self.study.row("interviews", body.get("interview", "")) or {}
        people = [body["respondent"]] if body.get("respondent") else interview.get("respondents", [])
        return " + ".join(
            str((self.study.row("respondents", each) or {}).get("code", "?")) for each in people
        )

    def _full(self, response_id: str) -> Content:
        try:
            response = find_response(self.study, response_id)
        except StudyError as error:
            return literal(str(error))
        asked, value = self._asked(response)
        fate = ", ".join(t(word) for word in (response.disposition, response.reason) if word)
        lines = [
            phrase("[b]$who[/]  [dim]$fate[/]", who=self._who(response.body()), fate=fate),
            literal(asked).stylize("italic"),
            Content(""),
        ]
        if value:
            lines += [phrase("[b]$value[/]", value=value), Content("")]
        for paragraph in response.paragraphs:
            sign = reading_sign(paragraph.kind, paragraph.text, paragraph.attribution).ljust(GUTTER)
            told = mark("  [dim](not for attribution)[/]") if paragraph.attribution == NO_ATTRIBUTION else ""
            lines += [Content(sign) + literal_line(paragraph.text) + phrase(told), Content("")]
        return Content("\n").join([*lines, *self._coded(response_id)])

    def _asked(self, response: Response) -> tuple[str, str]:
        """The item as it was asked, and the value in words."""
        guide = guide_of(self.study, response)
        if guide is None or not guide.has_item(response.item):
            return response.item, "" if response.value is None else str(response.value)
        interview = self.study.row("interviews", response.interview) or {}
        language = interview.get("language") or guide.default_language
        item = guide.item(response.item)
        return item.text.get(language), display_value(item, response.value, language)

    def _coded(self, response_id: str) -> list[Content]:
        """Each passage once, and under it each code once with the initials of those who gave it."""
        passages: dict[tuple[int, int, str], dict[tuple[str, str], list[str]]] = {}
        for coding in codings_of(self.study, response_id):
            given = passages.setdefault((coding.start, coding.end, coding.quote), {})
            code = coding.code, " ".join(coding.evaluation_questions)
            given.setdefault(code, []).append(coding.coder or "?")
        lines = []
        for (_, _, quote), given in passages.items():
            lines.append(phrase("[dim]$quote[/]", quote=quote or t("The response")))
            lines += [
                phrase(
                    "  [b]$code[/] $questions  [dim]$coders[/]",
                    code=code,
                    questions=questions,
                    coders=", ".join(sorted(coders)),
                )
                for (code, questions), coders in given.items()
            ]
        return lines
