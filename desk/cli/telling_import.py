"""What an import tells on a terminal: where each file came in, how it was moved, what was lost of it."""

import typer

from desk.cli import show
from desk.cli.context import Desk
from gis.language import Text
from layers.elevation import ElevationReport
from layers.rasters import RasterLayer
from layers.wishes import FileReport, ImportReport
from maps.formatter import in_unit, reading_unit, value_text, with_symbol
from maps.numerals import count_text, number_text


def tell_import(desk: Desk, report: ImportReport) -> None:
    """Tell what came in, file by file, and what the layer holds now."""
    for file in report.files:
        _tell_file(desk, file, report.layer)
    if report.repeated_keys:
        show.line(desk, _REPEATED, rows=count_text(report.repeated_keys, desk.lang))
    rows = count_text(report.rows, desk.lang)
    show.line(desk, _HOLDS, layer=report.layer, rows=rows, sha256=report.sha256[:12])


def tell_raster(desk: Desk, layer: RasterLayer, told: ElevationReport) -> None:
    """Tell a raster that came in: its cells, how they were moved, and what values they hold."""
    width, height = (number_text(side, "#,##0.##", desk.lang) for side in told.cell_m)
    about = {"file": told.file, "size": told.size, "crs": told.crs, "sha256": told.sha256[:12]}
    show.line(desk, _RASTER, title=layer.title.to(desk.lang), width=width, height=height, **about)
    if told.origin:
        accuracy = told.origin.accuracy_m
        stated = f"{number_text(accuracy, '#,##0.##', desk.lang)} m" if accuracy is not None else "–"
        how = _RESAMPLING[told.origin.resampling].to(desk.lang)
        moved = {"cell": told.origin.cell, "operation": told.origin.operation, "accuracy": stated, "resampling": how}
        show.line(desk, _MOVED_RASTER, crs=told.origin.crs, **moved)
    if told.least_m is not None and told.most_m is not None:
        least, most = (number_text(one, "#,##0.0", desk.lang) for one in (told.least_m, told.most_m))
        unit, without = "" if layer.is_classes else " m", count_text(told.without, desk.lang)
        show.line(desk, _HEIGHTS, least=least, most=most, unit=unit, without=without)


def _tell_file(desk: Desk, file: FileReport, layer: str) -> None:
    rows = count_text(file.rows, desk.lang)
    show.line(desk, _CAME_IN, file=file.file, layer=file.layer, rows=rows, crs=file.crs or "–")
    if file.operation and file.operation != "identity":
        known = file.operation_accuracy_m
        accuracy = number_text(known, "#,##0.##", desk.lang) if known is not None else "?"
        show.line(desk, _MOVED, operation=file.operation.removeprefix(_AXES), accuracy=accuracy)
    for ours, theirs in file.columns.items():
        factor = file.factors.get(ours)
        times = f" × {number_text(factor, '#,##0.######', desk.lang)}" if factor else ""
        typer.echo(f"    {ours} ← {theirs}{times}")
    if file.kept:
        show.line(desk, _KEPT, columns=", ".join(file.kept))
    for text, count in ((_NO_SHAPE, file.without_geometry), (_FLAT, file.flattened), (_MEASURED, file.measures)):
        if count:
            show.line(desk, text, rows=count_text(count, desk.lang))
    if file.arc_deviation_m is not None:
        deviation = number_text(file.arc_deviation_m * 1000, "#,##0.#", desk.lang)
        show.line(desk, _ARCS, rows=count_text(file.arcs, desk.lang), deviation=deviation)
    if file.area_m2:
        unit = reading_unit(f"{layer}[", "m2")
        written = value_text(in_unit(file.area_m2, "m2", unit), unit, desk.lang)
        show.line(desk, _AREA, area=with_symbol(written, unit))
    for note in file.notes:
        show.line(desk, NOTE, note=note.text.to(desk.lang))
    if file.invalid:
        show.line(desk, _INVALID, rows=count_text(file.invalid, desk.lang), keys=", ".join(file.invalid_keys))


_CAME_IN = Text(
    vi="{file} (lớp {layer}): {rows} đối tượng, hệ tọa độ {crs}",
    en="{file} (layer {layer}): {rows:feature|features}, CRS {crs}",
)
_MOVED = Text(
    vi="  Chuyển tọa độ: {operation}, độ chính xác {accuracy} m",
    en="  Coordinates moved by: {operation}, accuracy {accuracy} m",
)
_KEPT = Text(vi="  Giữ nguyên các cột: {columns}", en="  Columns kept as they are: {columns}")
_NO_SHAPE = Text(vi="  Chú ý: {rows} đối tượng không có hình", en="  Note: {rows:feature has|features have} no shape")
_FLAT = Text(
    vi="  Chú ý: bỏ độ cao (Z) của {rows} đối tượng",
    en="  Note: the heights (Z) of {rows:feature|features} were dropped",
)
_MEASURED = Text(
    vi="  Chú ý: bỏ số đo dọc tuyến (M) của {rows} đối tượng",
    en="  Note: the measures (M) of {rows:feature|features} were dropped",
)
_ARCS = Text(
    vi="  Chú ý: cung tròn của {rows} đối tượng được thay bằng dây cung, lệch không quá {deviation} mm",
    en="  Note: the arcs of {rows:feature|features} became chords, at most {deviation} mm from them",
)
# What every way between geographic and planar coordinates begins with says nothing.
_AXES = "axis order change (2D) + "
_AREA = Text(vi="  Tổng diện tích: {area}", en="  Total area: {area}")
NOTE = Text(vi="  Chú ý: {note}", en="  Note: {note}")
_RASTER = Text(
    vi="{title} từ {file}: {size}, ô {width} × {height} m, {crs} (mã nội dung {sha256})",
    en="{title} from {file}: {size}, cells of {width} × {height} m, {crs} (content {sha256})",
)
_MOVED_RASTER = Text(
    vi="  Tệp ở hệ {crs}, ô {cell}; chuyển bằng phép “{operation}”, độ chính xác {accuracy}; {resampling}",
    en="  The file is in {crs}, cells of {cell}; moved by “{operation}”, accuracy {accuracy}; {resampling}",
)
_RESAMPLING = {
    "bilinear": Text(vi="giá trị nội suy song tuyến", en="values between four cells (bilinear)"),
    "nearest": Text(vi="lấy ô gần nhất", en="each cell takes the nearest"),
}
_HEIGHTS = Text(
    vi="  Giá trị từ {least} đến {most}{unit}; {without} ô không có giá trị",
    en="  Values from {least} to {most}{unit}; {without:cell|cells} without one",
)
_INVALID = Text(
    vi="  Chú ý: {rows} đối tượng có hình học không hợp lệ, chưa tính được diện tích: {keys}",
    en="  Note: {rows:feature has|features have} invalid geometry and no area yet: {keys}",
)
_REPEATED = Text(
    vi="Chú ý: {rows} đối tượng trùng khóa với đối tượng khác",
    en="Note: {rows:feature repeats|features repeat} the key of another",
)
_HOLDS = Text(
    vi="Lớp {layer} của dự án nay có {rows} đối tượng (mã nội dung {sha256}).",
    en="The layer {layer} of the project now has {rows:feature|features} (content {sha256}).",
)
