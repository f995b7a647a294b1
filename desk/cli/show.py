"""Answers on the terminal: JSON for programs, a few lines for people; progress on stderr."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.tree import Tree

from desk.cli.context import Desk
from gis.language import Text


def as_json(answer: Any) -> None:
    """Print an answer as JSON; what is not a number becomes null, because NaN is no JSON."""
    typer.echo(json.dumps(_plain(answer), ensure_ascii=False, indent=2, allow_nan=False))


def line(desk: Desk, text: Text, **values: object) -> None:
    """Print one sentence in the language of the user."""
    typer.echo(text.to(desk.lang, **values))


def rows(headings: Sequence[str], body: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Print a table; the columns whose positions stand in `numbers` are set to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numbers else "left", overflow="fold")
    for row in body:
        table.add_row(*row)
    Console(markup=False, highlight=False, emoji=False).print(table)


def tree(told: Tree) -> None:
    """Print what branches."""
    Console(markup=False, highlight=False, emoji=False).print(told)


@contextmanager
def working(desk: Desk, text: Text, **values: object) -> Iterator[None]:
    """Show on stderr that something is being done, unless nobody looks."""
    console = Console(stderr=True, markup=False, highlight=False)
    if desk.quiet or not console.is_terminal:
        yield
        return
    with console.status(text.to(desk.lang, **values)):
        yield


@contextmanager
def stepping(desk: Desk, text: Text, count: int) -> Iterator[Callable[[], object]]:
    """Yield what moves a bar on stderr by one of `count` steps, unless nobody looks."""
    console = Console(stderr=True, markup=False, highlight=False)
    if desk.quiet or not console.is_terminal:
        yield lambda: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(text.to(desk.lang), total=count)
        yield lambda: bar.advance(task)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.item() if hasattr(value, "item") else value
