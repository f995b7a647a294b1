"""The files that may come in: an allow-list of formats, each known by its suffix *and* its first bytes.

GDAL opens a file by its content, so a VRT that is called ``.geojson`` would read another file. Here a suffix
names the one driver that may open it, and the first bytes must be that driver's.
"""

from dataclasses import dataclass
from pathlib import Path

from gis.errors import FileMissing, FileRefused
from gis.language import Text


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the driver that opens it, its suffix, and what its first bytes may start with."""

    driver: str
    suffix: str
    starts: tuple[bytes, ...]
    title: str


FORMATS: tuple[Format, ...] = (
    Format("GPKG", ".gpkg", (b"SQLite format 3\x00",), "GeoPackage (.gpkg)"),
    Format("ESRI Shapefile", ".shp", (b"\x00\x00\x27\x0a",), "Shapefile (.shp)"),
    Format("GeoJSON", ".geojson", (b"{",), "GeoJSON (.geojson)"),
    Format("GeoJSON", ".json", (b"{",), "GeoJSON (.json)"),
    Format("FlatGeobuf", ".fgb", (b"fgb",), "FlatGeobuf (.fgb)"),
)

_UTF8_MARK = b"\xef\xbb\xbf"


def accepted_format(path: Path) -> Format:
    """Return the format of an existing file that may come in.

    Raises
    ------
    FileMissing
    FileRefused
        An unknown suffix, or first bytes of another format.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    known = next((one for one in FORMATS if one.suffix == path.suffix.lower()), None)
    if known is None:
        raise _refused(
            path,
            Text(
                vi=f"đuôi “{path.suffix}” không có trong danh sách.",
                en=f"the suffix “{path.suffix}” is not on the list.",
            ),
        )
    with path.open("rb") as file:
        head = file.read(256).removeprefix(_UTF8_MARK).lstrip() if known.driver == "GeoJSON" else file.read(16)
    if not head.startswith(known.starts):
        raise _refused(path, Text(vi=f"nội dung không phải là {known.title}.", en=f"its content is not {known.title}."))
    return known


def _refused(path: Path, reason: Text) -> FileRefused:
    return FileRefused(path=path, reason=reason, formats=", ".join(one.title for one in FORMATS))
