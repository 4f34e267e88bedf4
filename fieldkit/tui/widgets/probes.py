"""The probes of an item, and which were used."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.phrases import cut, hanging


class Probes(Widget):
    """A line for each probe: its digit, whether it was used, its text."""

    def __init__(self) -> None:
        super().__init__(id="probes")
        self._cells: list[tuple[Content, Content]] = []
        self._first: list[int] = []

    def show(self, step: StepView, used: Sequence[str], language: str, *, counting: bool) -> None:
        """Show the probes of an item.

        Args:
            step: the item.
            used: ids of the probes used, the last one last.
            language: language to show them in.
            counting: whether a digit would pick one now.
        """
        self.set_class(not step.item.probes, "-none")
        before, self._cells = (self._cells, self._first), []
        ids = [probe.id for probe in step.item.probes]
        self._first = [ids.index(probe) for probe in (*used[-1:], next_probe(step, used)) if probe in ids]
        for number, probe in enumerate(step.item.probes, start=1):
            head = Content(f"{number} {'[x]' if probe.id in used else '[ ]'} ")
            text = literal_line(step.fill(probe.text, language))
            self._cells.append((head.stylize("bold" if counting else ""), text))
        if (self._cells, self._first) != before:
            self.refresh(layout=True)

    def render(self) -> Content:
        """All probes."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that all probes take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """All probes in full as far as there is room: first the last one used, and the one to use next."""
        full = [hanging(head, text, width) for head, text in self._cells]
        shown = [[cut(head + text, width)] for head, text in self._cells]
        most = self.styles.max_height
        room = int(most.value) - self.gutter.height if most is not None else sum(map(len, full))
        for at in dict.fromkeys([*self._first, *range(len(full))]):
            if sum(map(len, shown)) - 1 + len(full[at]) <= room:
                shown[at] = full[at]
        return [line for lines in shown for line in lines]


def next_probe(step: StepView, used: Collection[str]) -> str | None:
    """The first probe that was not used yet, or None."""
    return next((probe.id for probe in step.item.probes if probe.id not in used), None)
