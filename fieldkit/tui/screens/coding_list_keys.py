"""The keys of the Coding screen with which its list is narrowed, and read."""

from __future__ import annotations

from fieldkit.say import t
from fieldkit.tui.screens.coding_passage_keys import PassageKeys
from fieldkit.tui.widgets.code_picker import code_choices, question_choices
from fieldkit.tui.widgets.coding_entries import Key
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_list import Filters
from fieldkit.tui.widgets.collected import Wanted, collected


class ListKeys(PassageKeys):
    """Narrowing the list."""

    def action_find(self) -> None:
        """Look for words."""
        self.query_one(CodingLine).begin("words", t("Words to look for"), self.filters.words)

    def action_next_group(self) -> None:
        """List the next respondent group only; after the last, documents where there are any, then all."""
        steps: list[tuple[str | None, bool]] = [(None, False)]
        steps += [(group.id, False) for group in self.study.framework.respondent_groups]
        steps += [(None, True)] if self.study.rows("documents") else []
        at = steps.index((self.filters.group, self.filters.documents))
        group, documents = steps[(at + 1) % len(steps)]
        self.filter(group=group, documents=documents)

    def action_by_question(self) -> None:
        """List what speaks to one evaluation question only."""
        find = question_choices(self.study, self.language, ())
        self.open_picker("filter", find)

    def action_by_code(self) -> None:
        """List what has one code only."""
        self.open_picker("code_filter", code_choices(self.study, self.language))

    def action_one_interview(self) -> None:
        """List only the interview of the response shown, or all again."""
        if self.filters.interview is not None:
            self.filter(interview=None)
        elif self.entry is not None and self.entry.interview is not None:
            self.filter(interview=(self.entry.interview, self.entry.who))

    def action_mine(self) -> None:
        """Look at the author's own codings only, or at everybody's."""
        author = self.study.author
        self.filter(coder=author if self.filters.coder is None else None)

    def action_collect(self) -> None:
        """Read what is listed under each other."""
        from fieldkit.tui.screens.collected import CollectedScreen

        passages = collected(self.found, self.filters)
        if passages:
            self.app.push_screen(CollectedScreen(self.study, self.filters.told(), passages, self.show_wanted))

    def action_hits(self) -> None:
        """Find words everywhere, and code the places."""
        from fieldkit.tui.screens.hits import HitsScreen

        self.app.push_screen(HitsScreen(self.study, self.language, self.show_wanted))

    def action_uncoded(self) -> None:
        """List only what has words and is not coded yet, or everything."""
        self.filter(uncoded=not self.filters.uncoded)

    def action_all_responses(self) -> None:
        """List all responses again."""
        self.filters = Filters()
        self.filter()

    def action_next_language(self) -> None:
        """Name codes and evaluation questions in the next language of the study."""
        languages = self.study.framework.languages
        self.language = languages[(languages.index(self.language) + 1) % len(languages)]
        self.show_response()

    def show_wanted(self, wanted: Wanted) -> None:
        """Go to a passage, wherever it stands; filters that leave it out are taken away."""
        for filters in (self.filters, Filters(), self._only(wanted.key)):
            self.filters = filters
            self.list_responses(wanted.key)
            if self.entry is not None and self.entry.key == wanted.key:
                break
        self.go_to("passage")
        if self.entry is not None and self.entry.key == wanted.key:
            whole = (wanted.start, wanted.end) == (0, len(self.text))
            self.choose(None if whole or wanted.start == wanted.end else (wanted.start, wanted.end))

    def _only(self, key: Key) -> Filters:
        """Filters that bring forth what stands far down the list."""
        entry = self.entry_of(key)
        if entry is None:
            return Filters()
        if entry.interview is None:
            return Filters(documents=True)
        return Filters(interview=(entry.interview, entry.who))
