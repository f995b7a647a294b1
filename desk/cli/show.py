"""Answers on the terminal: JSON for programs, a few lines for people; progress on stderr.

What draws on a terminal is loaded where something is drawn: programs that read JSON do not wait for it.
"""

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from desk.cli.context import Desk
from gis.language import Text

if TYPE_CHECKING:
    from rich.tree import Tree


def as_json(answer: Any) -> None:
    """Print an answer as JSON; what is not a number becomes null, because NaN is no JSON."""
    import orjson  # noqa: PLC0415 -- whoever reads sentences does not wait for it

    options = orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
    typer.echo(orjson.dumps(answer, option=options).decode())


def line(desk: Desk, text: Text, **values: str | Path) -> None:
    """Print one sentence in the language of the user."""
    page([text.to(desk.lang, **values)], [str(one) for one in values.values() if isinstance(one, Path)])


def page(lines: Iterable[str], whole: Collection[str] = ()) -> None:
    """Print lines; where a person looks, folded at the width of the terminal, but not within what stays `whole`."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for told in lines:
        for part in (told,) if width is None else folded(told, width, whole):
            typer.echo(part)


def folded(told: str, width: int, whole: Collection[str] = ()) -> list[str]:
    """Return a line folded between words, what follows under where its text begins.

    No number leaves its unit, no short clause is torn, and a command stays on one line, so that it can be pasted.

    Parameters
    ----------
    whole : what is not folded either: paths

    Examples
    --------
    >>> folded("  Area      6.815,7 m² measured", 24)
    ['  Area      6.815,7 m²', '            measured']
    """
    if len(told) <= width:
        return [told]
    begins = _NAME.match(told)
    if begins and begins.end() > width // 2 and len(begins[0].rstrip()) + 2 + len(told) - begins.end() <= width:
        return [told[: begins.end()].rstrip() + told[begins.end() :].rjust(width - len(begins[0].rstrip()))]
    indent = begins.end() if begins and begins.end() <= width // 2 else len(told) - len(told.lstrip()) + 2
    held = _held(told, width - indent, whole)
    parts = textwrap.wrap(held, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return [part.replace(_HELD, " ") for part in parts] or [""]


def _held(told: str, room: int, whole: Collection[str]) -> str:
    """Return a line whose spaces that hold words together are no spaces."""
    held = _BEFORE_UNIT.sub(_HELD, told)
    for one in whole:
        held = held.replace(one, one.replace(" ", _HELD))
    return _held_where(_COMMAND, _held_where(_CLAUSE, held, min(_CLAUSE_MOST, room // 2)), room)


def _held_where(pattern: re.Pattern[str], told: str, most: int) -> str:
    return pattern.sub(lambda found: found[0].replace(" ", _HELD) if len(found[0]) <= most else found[0], told)


# A name and the gap before its value; the space between a number and its unit, or before what it becomes.
_NAME = re.compile(r"\s*\S+(?: \S+)*\s{2,}(?=\S)")
_BEFORE_UNIT, _HELD = re.compile(r"(?<=\d) (?=(?:m²|m|km|ha|%|→)(?!\w))|(?<=[→≤]) (?=\S)"), "\xa0"
# One of several figures in a line, “chờ nhiều nhất 0 (xấu nhất 0)”, up to so many letters; a command with its words.
_CLAUSE, _CLAUSE_MOST = re.compile(r"(?<=[,;:] )(?:[^,;:]|[,;:](?! ))+(?=[,;:] |$)"), 30
_COMMAND = re.compile(r"mocgioi [a-z]+ .+$")


def rows(headings: Sequence[str], body: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Print a table; the columns whose positions stand in `numbers` are set to the right."""
    _terminal().print_rows(headings, body, numbers)


def tree(told: "Tree") -> None:
    """Print what branches."""
    _terminal().print_tree(told)


@contextmanager
def working(desk: Desk, text: Text, **values: str | Path) -> Iterator[None]:
    """Show on stderr that something is being done, unless nobody looks."""
    if desk.quiet or not sys.stderr.isatty():
        yield
        return
    with _terminal().sign(text.to(desk.lang, **values)):
        yield


@contextmanager
def stepping(desk: Desk, text: Text, count: int) -> Iterator[Callable[[], object]]:
    """Yield what moves a bar on stderr by one of `count` steps, unless nobody looks."""
    if desk.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    with _terminal().bar(text.to(desk.lang), count) as step:
        yield step


def _terminal() -> Any:
    return import_module("desk.cli.terminal")
