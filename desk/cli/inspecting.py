"""The command that looks at a file before anything is imported."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened_if_there
from desk.cli.speaking import both
from gis.language import Lang, Text
from layers.catalog import schema_of
from layers.inspection import Inspected, inspect_layers
from maps.numerals import count_text, number_text

app = typer.Typer(rich_markup_mode=None)

_NAMED_RECORDS = 5


@app.command("inspect")
def inspect_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=both("Tệp cần xem", "The file"), metavar="FILE")],
) -> None:
    """Show the layers, fields and coordinate system of a file, and the command that imports it."""
    desk: Desk = ctx.obj
    found = [_in_project(desk, one) for one in inspect_layers(file, opened_if_there(desk))]
    if desk.as_json:
        show.as_json({"file": str(file), "layers": [_as_json(one, desk.lang) for one in found]})
        return
    for one in found:
        layer = one.layer
        shapes = _named(layer.geometry, _SHAPES, desk.lang)
        show.line(
            desk,
            _FILE_LAYER,
            name=layer.name,
            rows=count_text(layer.rows, desk.lang),
            geometry=shapes,
            crs=one.crs or "?",
        )
        headings = ("  " + _FIELD.to(desk.lang), _TYPE.to(desk.lang), _MEANING.to(desk.lang))
        named = [(name, _named(kind, _TYPES, desk.lang)) for name, kind in layer.fields]
        show.rows(headings, [("  " + name, kind, _meaning(one, name, desk.lang)) for name, kind in named])
        for name, guess in one.encodings.items():
            for reading in guess.readings[:3] if guess.best != "unicode" or not guess.sure else ():
                samples = "; ".join(reading.samples)
                show.line(
                    desk,
                    _READING,
                    column=name,
                    encoding=reading.encoding,
                    score=number_text(reading.score, "0%", desk.lang),
                    samples=samples,
                )
        for row, reason in one.broken[:_NAMED_RECORDS]:
            show.line(desk, _BROKEN, row=str(row), reason=reason)
        for note in one.notes:
            show.line(desk, _NOTE, note=note.to(desk.lang))
        show.line(desk, _COMMAND, command=one.command)


def _in_project(desk: Desk, one: Inspected) -> Inspected:
    """Return the same with a command for the project that was named, which need not be the one here."""
    return one if desk.project == Path() else replace(one, words=(*one.words, "-p", str(desk.project)))


def _meaning(one: Inspected, column: str, lang: Lang) -> str:
    ours = one.meanings.get(column, "")
    known = schema_of(one.suspected).field(ours) if one.suspected else None
    return f"{ours} ({known.title.to(lang)})" if known else ours


def _named(kind: str, names: tuple[tuple[str, Text], ...], lang: Lang) -> str:
    """Return what people call a type; one that nobody named stays as the library calls it."""
    return next((text.to(lang) for part, text in names if part in kind), kind)


def _as_json(one: Inspected, lang: Lang) -> dict[str, object]:
    return {
        **asdict(one.layer),
        "crs": one.crs,
        "fields": dict(one.layer.fields),
        "suspected": one.suspected,
        "meanings": dict(one.meanings),
        "encodings": {name: asdict(guess) for name, guess in one.encodings.items()},
        "broken": [{"row": row, "reason": reason} for row, reason in one.broken],
        "notes": [note.to(lang) for note in one.notes],
        "command": one.command,
    }


_SHAPES = (
    ("Polygon", Text(vi="vùng", en="areas")),
    ("Surface", Text(vi="vùng", en="areas")),
    ("Line", Text(vi="đường", en="lines")),
    ("Curve", Text(vi="đường", en="lines")),
    ("Point", Text(vi="điểm", en="points")),
    ("Unknown", Text(vi="hình nhiều loại", en="shapes of several kinds")),
    ("Collection", Text(vi="hình nhiều loại", en="shapes of several kinds")),
    ("Raster", Text(vi="ảnh số", en="raster")),
)
_TYPES = (
    ("date", Text(vi="ngày", en="date")),
    ("bool", Text(vi="có/không", en="yes/no")),
    ("int", Text(vi="số", en="number")),
    ("float", Text(vi="số", en="number")),
    ("double", Text(vi="số", en="number")),
    ("object", Text(vi="chữ", en="text")),
    ("string", Text(vi="chữ", en="text")),
    ("text", Text(vi="chữ", en="text")),
)
_FILE_LAYER = Text(
    vi="Lớp {name}: {rows} đối tượng, {geometry}, hệ tọa độ {crs}",
    en="Layer {name}: {rows:feature|features}, {geometry}, CRS {crs}",
)
_FIELD = Text(vi="Trường", en="Field")
_TYPE = Text(vi="Kiểu", en="Type")
_MEANING = Text(vi="Có lẽ là", en="Probably")
_READING = Text(
    vi="  Cột {column} đọc theo {encoding}: {score} ({samples})",
    en="  Column {column} as {encoding}: {score} ({samples})",
)
_COMMAND = Text(vi="  Lệnh nhập: {command}", en="  To import: {command}")
_BROKEN = Text(vi="  Bản ghi {row} hỏng: {reason}", en="  Record {row} is broken: {reason}")
_NOTE = Text(vi="  Chú ý: {note}", en="  Note: {note}")
