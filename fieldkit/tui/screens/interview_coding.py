"""Coding as one goes: codes given in the interview to the paragraph just typed."""

from __future__ import annotations

from fieldkit.say import t
from fieldkit.tui.screens.interview_item import ItemKeys
from fieldkit.tui.widgets.code_prompt import CodePrompt


class CodeKeys(ItemKeys):
    """The key that asks for codes, and what is done with them."""

    def action_code(self) -> None:
        """Ask for codes for the paragraph at the cursor, or the one typed before it."""
        from fieldkit.tui.widgets.code_picker import code_choices
        from fieldkit.tui.widgets.coding_bench import recent_codes

        if not self.writing:
            return
        self.take_over()
        paragraphs = self.conduct.answer(self.conduct.current).paragraphs
        here = self.pane.notes.cursor_location[0]
        typed = (at for at in range(min(here, len(paragraphs) - 1), -1, -1) if paragraphs[at]["text"].strip())
        place = next(typed, None)
        if place is None:
            self.remark = t("There is no paragraph to code yet: type what is said")
            self.refresh_status()
            return
        language = self.conduct.interview.language or self.study.framework.languages[0]
        self.ask(CodePrompt(place, code_choices(self.study, language), recent_codes(self.study)))

    def code_paragraph(self, prompt: CodePrompt) -> None:
        """Keep the answer, and give its paragraph the codes chosen."""
        from fieldkit.study.coding import code_passage, find_response
        from fieldkit.tui.widgets.coding_bench import shorten

        self.keep_item()
        record = self.conduct.record_id(self.conduct.current)
        told: list[str] = []

        def give() -> None:
            paragraphs = find_response(self.study, record).paragraphs
            words = paragraphs[prompt.place].text
            start = sum(len(each.text) + 1 for each in paragraphs[: prompt.place])
            code_passage(self.study, record, prompt.chosen, start=start, end=start + len(words))
            codes = ", ".join(prompt.chosen)
            told.append(t("{codes} given to “{quote}”. Saved.").format(codes=codes, quote=shorten(words)))

        if prompt.chosen and self.attempt(give) and told:
            self.remark = told[0]
