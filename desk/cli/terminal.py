"""What is drawn on a terminal: tables, trees, and on stderr a sign or a bar of work. Loaded by `desk.cli.show` alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.tree import Tree


def print_rows(headings: Sequence[str], body: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
    """Print a table; the columns whose positions stand in `numbers` are set to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numbers else "left", overflow="fold")
    for row in body:
        table.add_row(*row)
    Console(markup=False, highlight=False, emoji=False).print(table)


def print_tree(told: Tree) -> None:
    """Print what branches."""
    Console(markup=False, highlight=False, emoji=False).print(told)


def sign(told: str) -> AbstractContextManager[object]:
    """Show on stderr that something is being done."""
    return Console(stderr=True, markup=False, highlight=False).status(told)


@contextmanager
def bar(told: str, count: int) -> Iterator[Callable[[], object]]:
    """Yield what moves a bar on stderr by one of `count` steps."""
    with Progress(console=Console(stderr=True, markup=False, highlight=False), transient=True) as progress:
        task = progress.add_task(told, total=count)
        yield lambda: progress.advance(task)
