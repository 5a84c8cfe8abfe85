"""The progress bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """How many of a total are done, beside a word for what is done.

    It is drawn on standard error, and gone without a trace when hidden.
    """

    def __init__(self, total: int, doing: str = "checking") -> None:
        self._total = total
        self._doing = doing
        self._shown: tuple[Progress, TaskID] | None = None

    def show(self, done: int) -> None:
        """Draws the bar, or moves it on."""
        if self._shown is None:
            self._shown = self._drawn()
        progress, task = self._shown
        progress.update(task, completed=done)
        progress.start()

    def hide(self) -> None:
        """Takes the bar off the screen until it is next shown."""
        if self._shown:
            self._shown[0].stop()

    def _drawn(self) -> tuple[Progress, TaskID]:
        from rich.console import Console  # slow to import, and short runs need none of it
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn(self._doing), BarColumn(), MofNCompleteColumn())
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        return progress, progress.add_task("", total=self._total)
