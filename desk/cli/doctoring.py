"""The command that asks the VN-2000 doctor."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened_if_there
from desk.cli.speaking import both
from desk.cli.usage import Misused
from gis.crs import crs_name, parse_crs
from gis.doctor import Diagnosis, Fit, diagnose
from gis.errors import NothingToCompare
from gis.formats.read import read_as_it_is
from gis.language import Text
from gis.vn2000 import provinces, registry_version
from gis.vn2000 import zones as registered_zones
from layers.known_place import known_place
from maps.numerals import count_text, number_text

app = typer.Typer(rich_markup_mode=None)


@app.command("doctor")
def doctor(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=both("Tệp cần khám", "The file"), metavar="FILE")] = None,
    layer: Annotated[str | None, typer.Option(help=both("Lớp trong tệp", "Layer inside the file"))] = None,
    near: Annotated[
        Path | None,
        typer.Option(
            help=both(
                "Lớp đã biết chắc vị trí: xã, cửa khẩu hoặc điểm khống chế (mặc định: của dự án)",
                "A layer whose place is sure: communes, gates or control points (default: the project's)",
            ),
            metavar="FILE",
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help=both("Cột chung của điểm khống chế", "Column that both files share, for control points")),
    ] = None,
    crs: Annotated[
        str | None,
        typer.Option(
            help=both("Hệ tọa độ của địa phương, EPSG:n", "The CRS of the place, EPSG:n (default: the project's)")
        ),
    ] = None,
    zones: Annotated[
        bool,
        typer.Option(
            "--zones",
            help=both(
                "Chỉ liệt kê các hệ VN-2000: mã, kinh tuyến trục, tỉnh",
                "Only list the VN-2000 systems: code, central meridian, provinces",
            ),
        ),
    ] = False,
) -> None:
    """Tell which VN-2000 system the numbers of a file are in, with the evidence; nothing is changed."""
    desk: Desk = ctx.obj
    if zones:
        _tell_zones(desk)
        return
    if file is None:
        raise Misused(_FILE_WANTED)
    workspace = opened_if_there(desk)
    if crs is not None:
        working = parse_crs(crs)
    elif workspace is not None:
        working = workspace.crs
    else:
        raise NothingToCompare(reason=_NO_CRS)
    neighbour = read_as_it_is(near) if near else (known_place(workspace) if workspace else None)
    with show.working(desk, _LOOKING, file=file.name):
        found = diagnose(read_as_it_is(file, layer), neighbour, working, key)
    if desk.as_json:
        show.as_json({"file": str(file), "registry": registry_version(), **asdict(found)})
        return
    _tell(desk, file, found, crs_name(working))


def _tell_zones(desk: Desk) -> None:
    """Print every VN-2000 system of the registry with its provinces."""
    every = sorted(registered_zones(), key=lambda zone: (not zone.is_tm3, zone.meridian))
    if desk.as_json:
        told = [{**asdict(zone), "provinces": provinces()[zone.epsg]} for zone in every]
        show.as_json({"registry": registry_version(), "zones": told})
        return
    headings = [text.to(desk.lang) for text in _ZONE_COLUMNS]
    body = [
        (
            f"EPSG:{zone.epsg}",
            f"{number_text(zone.meridian, '0.00', desk.lang)}°",
            number_text(zone.scale, "0.0000", desk.lang),
            ", ".join(provinces()[zone.epsg]) or zone.name,
        )
        for zone in every
    ]
    show.rows(headings, body, (1, 2))
    show.line(desk, _REGISTRY, version=registry_version())


_ZONE_COLUMNS = (
    Text(vi="mã", en="code"),
    Text(vi="kinh tuyến trục", en="central meridian"),
    Text(vi="k₀", en="k₀"),
    Text(vi="tỉnh", en="provinces"),
)
_REGISTRY = Text(
    vi="Nguồn: đăng bộ EPSG {version} (tên tỉnh theo đăng bộ, trước sáp nhập năm 2025).",
    en="Source: EPSG registry {version} (provinces as it names them, before the mergers of 2025).",
)


def _tell(desk: Desk, file: Path, found: Diagnosis, working: str) -> None:
    show.line(desk, _EVIDENCE[found.evidence], points=count_text(found.points, desk.lang), crs=working)
    if found.declared is not None:
        show.line(desk, _DECLARED, fit=_shown(desk, found.declared))
    show.line(desk, _PROBLEMS[found.problem or "nothing"], file=file.name)
    for fit in found.best:
        show.line(desk, _FITS, fit=_shown(desk, fit))
    for fit, points in found.mixed:
        show.line(desk, _PART, fit=_shown(desk, fit), points=count_text(points, desk.lang))
    proposed = found.best[0].epsg if found.best and found.problem != "none" else None
    if proposed is not None and found.problem != "axes":
        show.line(desk, _PROPOSAL, epsg=str(proposed))
    if len(found.best) > 1 or found.cannot_tell:
        names = ", ".join(_NAMES[one].to(desk.lang) for one in found.cannot_tell)
        show.line(desk, _TOO_COARSE, problems=names or "–")


def _shown(desk: Desk, fit: Fit) -> str:
    code = f"EPSG:{fit.epsg} " if fit.epsg else ""
    share = number_text(fit.share, "0.0%", desk.lang)
    if fit.distance_m is None:
        return f"{code}({fit.title}): {share}"
    return f"{code}({fit.title}): {share}, {number_text(fit.distance_m, '#,##0.00', desk.lang)} m"


_FILE_WANTED = Text(
    vi="cần FILE là tệp cần khám, hoặc --zones để xem các hệ VN-2000",
    en="FILE to look at is needed, or --zones to see the VN-2000 systems",
)
_LOOKING = Text(vi="Đang khám {file}…", en="Looking at {file}…")
_NO_CRS = Text(
    vi="không có dự án ở đây: hãy thêm --crs EPSG:n của địa phương, ví dụ EPSG:9215 cho Lạng Sơn",
    en="there is no project here: add --crs EPSG:n of the place, such as EPSG:9215 for Lạng Sơn",
)
_EVIDENCE = {
    "cover": Text(
        vi="Đã xem {points} điểm: tỷ lệ nằm trên lớp đã biết, đo trong {crs}.",
        en="Looked at {points} points: the share that lies on the known layer, measured in {crs}.",
    ),
    "edges": Text(
        vi="Đã xem {points} điểm: khoảng cách tới các đường trùng nhau của lớp đã biết, đo trong {crs}.",
        en="Looked at {points} points: distances to lines shared with the known layer, measured in {crs}.",
    ),
    "control": Text(
        vi="Đã xem {points} điểm khống chế: khoảng cách tới chính điểm đó, đo trong {crs}.",
        en="Looked at {points} control points: distances to the same points, measured in {crs}.",
    ),
}
_DECLARED = Text(vi="Tệp ghi {fit}", en="The file states {fit}")
_FITS = Text(vi="  Khớp: {fit}", en="  Fits: {fit}")
_PART = Text(vi="  {points} điểm khớp {fit}", en="  {points} points fit {fit}")
_PROPOSAL = Text(
    vi="Đề nghị nhập với: --crs EPSG:{epsg}. Chưa có gì được sửa.",
    en="Proposal: import with --crs EPSG:{epsg}. Nothing was changed.",
)
_TOO_COARSE = Text(
    vi="Chứng cứ này chưa phân biệt được: {problems}. Cần đường trùng nhau hoặc điểm khống chế (--near, --key).",
    en="This evidence cannot tell: {problems}. It takes shared lines or control points (--near, --key).",
)
_PROBLEMS = {
    "none": Text(vi="{file}: hệ tọa độ ghi trong tệp là khớp.", en="{file}: the stated system fits."),
    "system": Text(vi="{file}: khác hệ tọa độ đã ghi.", en="{file}: it is in another system than stated."),
    "meridian": Text(vi="{file}: sai kinh tuyến trục.", en="{file}: wrong central meridian."),
    "utm": Text(vi="{file}: nhầm giữa UTM (múi 6°) và múi 3°.", en="{file}: UTM (6°) and TM-3 are mixed up."),
    "scale": Text(
        vi="{file}: tính với k₀ = 0,9996 thay cho 0,9999; không mã EPSG nào sửa được, hãy xin tệp tính lại.",
        en="{file}: computed with k₀ = 0.9996 instead of 0.9999; no EPSG code repairs it, ask for a file computed anew.",
    ),
    "axes": Text(
        vi="{file}: đảo trục X, Y (X là bắc, Y là đông theo quy ước Việt Nam); hãy đổi chỗ hai cột, ví dụ bằng “Swap X and Y coordinates” của QGIS.",
        en="{file}: axes are swapped (in Vietnam X is northing, Y easting); exchange the columns, with QGIS's “Swap X and Y coordinates” for example.",
    ),
    "datum": Text(
        vi="{file}: mất 7 tham số (WGS 84 bị coi là VN-2000, lệch khoảng 200 m); hãy xin tệp gốc WGS 84 và nhập với --crs EPSG:4326.",
        en="{file}: the datum shift is lost (WGS 84 taken for VN-2000, about 200 m); get the original in WGS 84 and import it with --crs EPSG:4326.",
    ),
    "rotation": Text(
        vi="{file}: sai dấu góc xoay của 7 tham số (dưới 1 m); hãy xin tệp gốc WGS 84 rồi nhập lại.",
        en="{file}: wrong sign of the rotations among the 7 parameters (under 1 m); get the original in WGS 84.",
    ),
    "degrees": Text(vi="{file}: tọa độ là độ, không phải mét.", en="{file}: the coordinates are degrees, not metres."),
    "mixed": Text(
        vi="{file}: nhiều hệ tọa độ trong một tệp; hãy tách ra rồi nhập từng phần.",
        en="{file}: several systems in one file; split it and import part by part.",
    ),
    "nothing": Text(
        vi="{file}: không cách đọc nào khớp với lớp đã biết; hãy kiểm tra tệp hoặc lớp so sánh.",
        en="{file}: no reading fits the known layer; check the file, or the layer it is compared with.",
    ),
}
_NAMES = {
    "scale": Text(vi="sai k₀", en="wrong k₀"),
    "datum": Text(vi="mất 7 tham số", en="lost datum shift"),
    "rotation": Text(vi="sai dấu góc xoay", en="sign of rotations"),
}
