"""The command that shades the relief of a project, for maps and QGIS."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from gis.relief import write_hillshade
from layers.errors import LayerMissing
from layers.rasters import ELEVATION, raster_path
from maps.whole_file import whole_file

app = typer.Typer(rich_markup_mode=None)


@app.command("hillshade")
def hillshade(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help=both("Ghi ra GeoTIFF này", "The GeoTIFF to write"))],
) -> None:
    """Shade the project's elevation model: a georeferenced grey picture, to lie under maps without a network."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    model = raster_path(workspace, ELEVATION)
    if not model.is_file():
        raise LayerMissing(layer=ELEVATION.name)
    with show.working(desk, _SHADING), whole_file(out) as beside:
        write_hillshade(model, workspace.crs, beside)
    show.line(desk, _WRITTEN, path=out)


_SHADING = Text(vi="Đang vẽ bóng địa hình…", en="Shading the relief…")
_WRITTEN = Text(vi="Đã ghi {path}", en="Written: {path}")
