"""Commands around the versions of a layer: history, restore."""

from dataclasses import asdict
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.catalog import LAYERS, TABLES, schema_of
from layers.outside import restore
from layers.versions import Version, history
from maps.numerals import clock_text, count_text

app = typer.Typer(rich_markup_mode=None)


@app.command("history")
def tell_history(
    ctx: typer.Context,
    layer: Annotated[
        str | None, typer.Argument(help=both("Lớp (mặc định: mọi lớp)", "Layer (default: all)"), metavar="LAYER")
    ] = None,
) -> None:
    """List the recorded versions of a layer, or of all."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    names = [schema_of(layer).name] if layer else [one.name for one in (*LAYERS, *TABLES)]
    found = {name: history(workspace.path, name) for name in names}
    if desk.as_json:
        show.as_json({"versions": [{"layer": name, **asdict(one)} for name in names for one in found[name]]})
        return
    headings = [one.to(desk.lang) for one in (_LAYER, _VERSION, _WHEN, _ROWS, _WHY)]
    body = [_row(desk, name, one) for name in names for one in found[name]]
    show.rows(headings, body, numbers=(1, 3))


@app.command("restore")
def restore_version(
    ctx: typer.Context,
    layer: Annotated[str, typer.Argument(help=both("Lớp", "Layer"), metavar="LAYER")],
    version: Annotated[int, typer.Option("--version", help=both("Số phiên bản", "Number of the version"))],
) -> None:
    """Bring back a version of a layer; the present state stays in the history."""
    desk: Desk = ctx.obj
    after = restore(opened(desk), layer, version)
    newest = history(after.path, layer)[-1]
    if desk.as_json:
        show.as_json({"layer": layer, **asdict(newest)})
        return
    numbers = {"version": str(version), "newest": str(newest.number), "rows": count_text(newest.rows, desk.lang)}
    show.line(desk, _RESTORED, layer=layer, **numbers)


def _row(desk: Desk, layer: str, one: Version) -> tuple[str, ...]:
    why = _WHYS[one.why].to(desk.lang) + (f": {one.detail}" if one.detail else "")
    return layer, str(one.number), clock_text(one.recorded, desk.lang), count_text(one.rows, desk.lang), why


_LAYER = Text(vi="Lớp", en="Layer")
_VERSION = Text(vi="Bản", en="Version")
_WHEN = Text(vi="Lúc", en="When")
_ROWS = Text(vi="Số đối tượng", en="Rows")
_WHY = Text(vi="Vì", en="Why")
_WHYS = {
    "import": Text(vi="nhập tệp", en="import"),
    "write": Text(vi="ghi", en="written"),
    "edited outside": Text(vi="sửa bên ngoài", en="edited outside"),
    "restore": Text(vi="khôi phục bản", en="restored version"),
    "repair": Text(vi="sửa hình", en="repaired"),
}
_RESTORED = Text(
    vi="Đã khôi phục lớp {layer} về phiên bản {version} ({rows} đối tượng), nay là phiên bản {newest}.",
    en="Layer {layer} is back at version {version} ({rows:feature|features}), now recorded as version {newest}.",
)
