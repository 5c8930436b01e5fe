"""Tables and progress on the terminal."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import Progress, TaskID
from rich.table import Table
from rich.text import Text

from infsel._runtime.progress import watched_by
from infsel._runtime.text import printable

_PATIENCE = 1.0  # seconds without a bar
_PIPE_WIDTH = 200  # without a terminal there is no width to fit; a narrow guess would cut names short
_PAGE_WIDTH = 100  # of text that may wrap


def print_table(
    head: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    foot: str = "",
    align: Literal["left", "right"] = "right",
    sections: Sequence[str] = (),
) -> None:
    """Print lines of text around text columns, the first aligned left and the others as asked; left ones may wrap.

    Cells may hold any text, and what a terminal would obey is escaped; `head` and `foot` must be printable lines.
    A gap separates rows of different `sections`.
    """
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False, collapse_padding=True)
    for k, column in enumerate(columns):
        table.add_column(column, justify=align if k else "left", no_wrap=align == "right" or not k)
    for number, row in enumerate(rows):
        ends = number + 1 < len(sections) and sections[number] != sections[number + 1]
        table.add_row(*(Text(printable(cell)) for cell in row), end_section=ends)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH if align == "right" else _PAGE_WIDTH
    elif align == "right":  # a narrow terminal breaks lines; that is better than digits cut off
        wide = console.options.update(max_width=_PIPE_WIDTH)
        console.width = max(console.width, Measurement.get(console, wide, table).maximum)
    console.print(Text(head), soft_wrap=not console.is_terminal)
    console.print()
    console.print(table)
    if foot:
        console.print()
        console.print(Text(foot), soft_wrap=not console.is_terminal)


def sentences(said: Iterable[str]) -> str:
    """Printable lines, one a sentence."""
    return "".join(f"{printable(sentence)}\n" for sentence in said)


@contextmanager
def bar(description: str, patience: float | None = None) -> Iterator[None]:
    """A bar on stderr for the work inside, where that is a terminal and the work lasts longer than `patience`."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with (
        Progress(console=console, transient=True) as display,
        watched_by(_Bar(display, description, _PATIENCE if patience is None else patience)),
    ):
        yield


class _Bar:
    """A watcher that shows one bar for each stage, once the work has taken long."""

    def __init__(self, display: Progress, description: str, patience: float) -> None:
        self._display, self._description, self._begin = display, printable(description), time.monotonic()
        self._patience = patience
        self._task: TaskID | None = None
        self._n_stages = 0

    def begin(self, stage: str) -> None:
        self._n_stages += 1
        self._name = f"{self._description}: {stage} {self._n_stages}"

    def advance(self, share: float) -> None:
        if self._task is None and time.monotonic() - self._begin > self._patience:
            self._task = self._display.add_task(escape(self._name), total=1)
            self._display.refresh()  # work of less than a tick shows, too
        if self._task is not None:
            self._display.update(self._task, completed=share)

    def end(self) -> None:
        if self._task is not None:
            self._display.remove_task(self._task)
            self._task = None
