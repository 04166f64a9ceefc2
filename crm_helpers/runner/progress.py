"""What a run tells its user while it works: a live table, or plain lines without a terminal."""

import threading
import time
from collections.abc import Iterable
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table

STYLES = {"ok": "green", "skipped": "yellow", "failed": "bold red", "running": "cyan"}


class Progress:
    """A line per report with its state, cell and elapsed time; a context manager."""

    def __init__(self, names: Iterable[str], console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self._rows = {name: ["waiting", "", 0.0] for name in names}
        self._started: dict[str, float] = {}
        self._turn = threading.Lock()
        self._live = Live(
            get_renderable=self._table, console=self.console, refresh_per_second=4, transient=True
        )

    def __enter__(self) -> "Progress":
        """Begin to show the table where there is a terminal."""
        if self.console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the live table away; the closing table takes its place."""
        if self.console.is_terminal:
            self._live.stop()

    def say(self, text: str) -> None:
        """Write one line above the table."""
        self.console.print(text, markup=False, soft_wrap=True)

    def cell(self, name: str, index: int, cells: int) -> None:
        """Note that a cell of a report starts; the first one starts the clock of the report."""
        with self._turn:
            is_first = name not in self._started
            self._started.setdefault(name, time.monotonic())
            self._rows[name][:2] = ["running", f"cell {index + 1} of {cells}"]
        if is_first and not self.console.is_terminal:
            self.say(f"{name}: running")

    def done(self, name: str, state: str, reason: str, seconds: float) -> None:
        """Note how a report ended."""
        with self._turn:
            self._rows[name] = [state, reason, seconds]
        if not self.console.is_terminal:
            self.say(f"{name}: {state} ({seconds:.1f} s){': ' + reason if reason else ''}")

    def closing_table(self) -> None:
        """Write the table of all reports with how each ended."""
        self.console.print(self._table())

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column("report", no_wrap=True)
        table.add_column("state", no_wrap=True)
        table.add_column("time", justify="right", no_wrap=True)
        table.add_column("")
        with self._turn:
            for name, (state, about, seconds) in self._rows.items():
                shown = self._elapsed(name) if state == "running" else seconds
                style = STYLES.get(state, "")
                clock = f"{shown:.1f} s" if state != "waiting" else ""
                table.add_row(
                    name, f"[{style}]{state}[/]" if style else state, clock, _plain(about)
                )
        return table

    def _elapsed(self, name: str) -> float:
        return time.monotonic() - self._started[name]


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
