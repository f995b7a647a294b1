"""Commands around files and layers: import, export, zone, layers."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from desk.cli.telling_import import NOTE, tell_import, tell_raster
from desk.cli.usage import Misused
from gis.crs import parse_crs
from gis.language import Text
from gis.pattern import Pattern
from layers import elevation, zone_units
from layers.catalog import LAYERS, TABLES, schema_of
from layers.columns import read_column_map
from layers.drawings import parse_levels
from layers.errors import LayerPresent
from layers.export import export_layer
from layers.import_command import OPEN
from layers.intake import import_files
from layers.rasters import RASTERS
from layers.texts import parse_encoding
from layers.wishes import Decimal, Presence, Wishes
from maps.numerals import count_text
from planning.establish import zone_of_units

app = typer.Typer(rich_markup_mode=None)


@app.command("export")
def export(
    ctx: typer.Context,
    layer: Annotated[str, typer.Argument(help=both("Lớp cần xuất", "The layer"), metavar="LAYER")],
    out: Annotated[
        Path,
        typer.Option(
            help=both("Tệp: .gpkg .shp .tab .dxf .geojson .xlsx", "File: .gpkg .shp .tab .dxf .geojson .xlsx")
        ),
    ],
    crs: Annotated[str | None, typer.Option(help=both("Hệ tọa độ của tệp, EPSG:n", "CRS of the file, EPSG:n"))] = None,
    personal: Annotated[
        bool,
        typer.Option(
            "--with-personal", help=both("Kèm tên và địa chỉ người sử dụng", "With names and addresses of users")
        ),
    ] = False,
) -> None:
    """Write a layer as a file to hand on."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    with show.working(desk, _EXPORTING, layer=layer):
        done = export_layer(workspace, layer, out, parse_crs(crs) if crs else None, personal=personal)
    if desk.as_json:
        show.as_json(asdict(done))
        return
    rows = count_text(done.rows, desk.lang)
    show.line(desk, _EXPORTED, layer=layer, rows=rows, file=out, crs=done.crs or "–")
    for ours, theirs in done.names.items():
        typer.echo(f"    {ours} → {theirs}")
    for note in done.notes:
        show.line(desk, NOTE, note=note.to(desk.lang))
    if done.left_out:
        show.line(desk, _LEFT_OUT, fields=", ".join(done.left_out))


@app.command("import")
def import_layer(
    ctx: typer.Context,
    sources: Annotated[
        list[Path], typer.Argument(help=both("Tệp hoặc thư mục", "Files or a folder"), metavar="FILE…|FOLDER")
    ],
    layer: Annotated[
        str, typer.Option("--as", help=both("Lớp nhận dữ liệu", "The layer that takes them"), metavar="LAYER")
    ],
    source_layer: Annotated[
        str | None, typer.Option("--layer", help=both("Lớp trong tệp", "Layer inside the file"))
    ] = None,
    columns: Annotated[Path | None, typer.Option(help=both("Ánh xạ cột, tệp TOML", "Column map, a TOML file"))] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help=both("Gán TRƯỜNG=GIÁ TRỊ cho mọi đối tượng", "FIELD=VALUE for every feature"),
            metavar="FIELD=VALUE",
        ),
    ] = None,
    append: Annotated[
        bool, typer.Option("--append", help=both("Thêm vào dữ liệu đã có", "Add to what is there"))
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help=both("Thay dữ liệu đã có", "Replace what is there"))
    ] = False,
    crs: Annotated[str | None, typer.Option(help=both("Hệ tọa độ của tệp, EPSG:n", "CRS of the file, EPSG:n"))] = None,
    encoding: Annotated[
        list[str] | None,
        typer.Option(
            help=both(
                "Bảng mã chữ: auto, unicode, tcvn3, vni, cp1258, utf-8; hoặc CỘT=MÃ",
                "Encoding of texts: auto, unicode, tcvn3, vni, cp1258, utf-8; or COLUMN=ENCODING",
            ),
            metavar="ENCODING",
        ),
    ] = None,
    from_name: Annotated[
        str | None,
        typer.Option(
            help=both(
                "Trường lấy từ tên tệp, ví dụ {commune}_to{sheet_no}",
                "Fields from file names, such as {commune}_to{sheet_no}",
            ),
            metavar="PATTERN",
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            help=both("Trường lấy từ nhãn thửa của bản vẽ", "Fields from the labels of a drawing"), metavar="PATTERN"
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            help=both(
                "Lớp của bản vẽ: boundary=10, label=11, hoặc TRƯỜNG=LỚP (mặc định theo quy chuẩn địa chính)",
                "Levels of a drawing: boundary=10, label=11, or FIELD=LEVEL (default: the cadastral standard)",
            ),
            metavar="ROLE=LEVEL",
        ),
    ] = None,
    coordinates: Annotated[
        str | None,
        typer.Option(
            help=both(
                "Hai cột tọa độ theo thứ tự BẮC,ĐÔNG", "The columns of coordinates, in the order NORTHING,EASTING"
            ),
            metavar="NORTHING,EASTING",
        ),
    ] = None,
    join: Annotated[
        bool,
        typer.Option(
            "--join",
            help=both(
                "Ghép thuộc tính vào đối tượng đã có, theo khóa",
                "Join attributes to the features that are there, by key",
            ),
        ),
    ] = False,
    quarantine: Annotated[
        bool,
        typer.Option(
            "--quarantine",
            help=both("Để riêng bản ghi hỏng, nhập phần còn lại", "Put broken records aside, bring in the others"),
        ),
    ] = False,
    decimal: Annotated[
        Decimal | None,
        typer.Option(
            help=both(
                "Dấu trước phần thập phân của số ghi dạng chữ: comma (2.159,6), point (2,159.6)",
                "The sign before the decimals of numbers that are texts: comma (2.159,6), point (2,159.6)",
            )
        ),
    ] = None,
    vintage: Annotated[
        str | None,
        typer.Option(
            help=both("Ngày hiệu lực của mã đơn vị hành chính", "Day from which unit codes are valid"), metavar="DATE"
        ),
    ] = None,
    accuracy: Annotated[
        float | None, typer.Option(help=both("Độ chính xác của hình, mét", "Accuracy of the shapes, metres"), min=0.0)
    ] = None,
) -> None:
    """Bring files through the safe door into the project."""
    desk: Desk = ctx.obj
    if append and replace:
        raise Misused(_APPEND_OR_REPLACE)
    presence: Presence = "append" if append else "replace" if replace else "refuse"
    workspace = opened(desk)
    wishes = Wishes(
        layer=source_layer,
        columns=read_column_map(columns) if columns else None,
        values=_pairs(values or []),
        presence=presence,
        crs=parse_crs(crs) if crs else None,
        vintage=vintage,
        accuracy_m=accuracy,
        encoding=parse_encoding(encoding or []),
        from_name=Pattern(from_name) if from_name else None,
        label=Pattern(label) if label else None,
        levels=parse_levels(level, schema_of(layer)) if level else None,
        coordinates=_two(coordinates),
        join=join,
        quarantine=quarantine,
        decimal=decimal,
    )
    wanted = next((one for one in RASTERS if one.name == layer), None)
    if wanted is not None:
        with show.working(desk, _IMPORTING, layer=layer):
            raster = elevation.import_raster(workspace, sources, wanted, replace=replace)
        if desk.as_json:
            show.as_json(asdict(raster))
            return
        tell_raster(desk, wanted, raster)
        return
    with show.working(desk, _IMPORTING, layer=layer):
        _, report = import_files(workspace, sources, layer, wishes)
    if desk.as_json:
        show.as_json(asdict(report))
        return
    tell_import(desk, report)


@app.command("zone")
def zone(
    ctx: typer.Context,
    units: Annotated[
        str,
        typer.Option(
            "--from-units",
            help=both("Mã hoặc “huyện/xã”, cách nhau bằng dấu phẩy", "Codes or “district/commune”, by commas"),
        ),
    ],
    part_units: Annotated[
        str | None,
        typer.Option(
            "--part-units",
            help=both("Các đơn vị chỉ thuộc khu một phần", "Units of which only a part is in the zone"),
        ),
    ] = None,
    vintage: Annotated[
        str | None, typer.Option(help=both("Ngày hiệu lực của danh mục", "Vintage of the units"), metavar="DATE")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", help=both("Gán TRƯỜNG=GIÁ TRỊ", "FIELD=VALUE"), metavar="FIELD=VALUE")
    ] = None,
    accuracy: Annotated[
        float | None,
        typer.Option(help=both("Độ chính xác của đường ranh giới, mét", "Accuracy of the line, metres"), min=0.0),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=both("Thay ranh giới đã có", "Replace the zone that is there"))
    ] = False,
) -> None:
    """Make the zone layer from whole administrative units; its status is approximate unless --set says otherwise."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    if workspace.has("zone") and not replace:
        raise LayerPresent(layer="zone", rows=len(workspace.read("zone")))
    known: dict[str, object] = {**_pairs(values or []), **({"accuracy_m": accuracy} if accuracy is not None else {})}
    whole, part = ([one for one in (text or "").split(",") if one.strip()] for text in (units, part_units))
    rows, listed = zone_of_units(workspace, whole, vintage, known, part)
    workspace.write({"zone": rows, zone_units.SCHEMA.name: listed})
    show.line(desk, _ZONE_MADE, units=count_text(len(listed), desk.lang))


@app.command("layers")
def layers(ctx: typer.Context) -> None:
    """List the layers and tables of the project, with rows and identity."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    there = [(schema, workspace.identity(schema.name)) for schema in (*LAYERS, *TABLES) if workspace.has(schema.name)]
    if desk.as_json:
        show.as_json(
            {"layers": [{"layer": schema.name, "rows": one.rows, "sha256": one.sha256} for schema, one in there]}
        )
        return
    headings = (_LAYER.to(desk.lang), _TITLE.to(desk.lang), _ROWS.to(desk.lang), "SHA-256")
    show.rows(
        headings,
        [
            (schema.name, schema.title.to(desk.lang), count_text(one.rows, desk.lang), one.sha256[:12])
            for schema, one in there
        ],
        (2,),
    )


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    if any("=" not in text for text in texts):
        raise Misused(_NO_PAIR)
    unknown = next((name for name, value in pairs.items() if value == OPEN), None)
    if unknown is not None:
        raise Misused(_STILL_OPEN, name=unknown)
    return pairs


def _two(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    names = [one.strip() for one in text.split(",")]
    if len(names) != 2 or not all(names):
        raise Misused(_NO_TWO)
    return names[0], names[1]


_APPEND_OR_REPLACE = Text(
    vi="chỉ chọn một trong --append và --replace.", en="choose one of --append and --replace, not both."
)
_NO_PAIR = Text(vi="--set cần dạng TRƯỜNG=GIÁ_TRỊ.", en="--set needs the form FIELD=VALUE.")
_STILL_OPEN = Text(
    vi="hãy thay dấu ? trong --set {name}=? bằng giá trị thật.", en="put the real value for the ? in --set {name}=?."
)
_NO_TWO = Text(
    vi="--coordinates cần hai cột theo thứ tự BẮC,ĐÔNG.",
    en="--coordinates needs two columns in the order NORTHING,EASTING.",
)
_EXPORTING = Text(vi="Đang xuất lớp {layer}…", en="Exporting layer {layer}…")
_EXPORTED = Text(
    vi="Đã xuất {rows} đối tượng của lớp {layer} ra {file} (hệ tọa độ {crs}).",
    en="Wrote {rows:feature|features} of layer {layer} to {file} (CRS {crs}).",
)
_LEFT_OUT = Text(
    vi="  Không kèm dữ liệu cá nhân: {fields} (thêm --with-personal nếu cần)",
    en="  Personal data stay out: {fields} (add --with-personal if they are needed)",
)
_LAYER = Text(vi="Lớp", en="Layer")
_TITLE = Text(vi="Tên gọi", en="Title")
_ROWS = Text(vi="Số đối tượng", en="Rows")
_IMPORTING = Text(vi="Đang nhập lớp {layer}…", en="Importing layer {layer}…")
_ZONE_MADE = Text(
    vi="Đã lập ranh giới khu từ {units} đơn vị hành chính (gần đúng, không thay cho ranh giới chính thức).",
    en="The zone was made from {units} administrative units (approximate, no substitute for the official boundary).",
)
