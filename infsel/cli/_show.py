"""Tables and progress on the terminal."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

Item = TypeVar("Item")

_PIPE_WIDTH = 200  # without a terminal there is no width to fit; a narrow guess would cut names short


def print_table(
    head: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    foot: str = "",
    align: Literal["left", "right"] = "right",
) -> None:
    """Print lines of text around text columns, the first aligned left and the others as asked; left ones may wrap."""
    table = Table(box=box.SIMPLE, show_edge=False)
    for k, column in enumerate(columns):
        table.add_column(column, justify=align if k else "left", no_wrap=align == "right" or not k)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    console.print(head, markup=False)
    console.print()
    console.print(table)
    if foot:
        console.print()
        console.print(foot, markup=False)


def progress(items: Iterable[Item], total: int, description: str) -> Iterable[Item]:
    """The items, with a bar on stderr where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return items
    return track(items, description, total=total, console=console, transient=True)
