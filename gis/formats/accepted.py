"""The files that may come in: an allow-list of formats, each known by its suffix *and* its first bytes.

GDAL opens a file by its content, so a VRT that is called ``.geojson`` would read another file. Here a suffix
names the one driver that may open it, the first bytes must be that driver's, and the reading process has no other.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gis.errors import FileMissing, FileRefused
from gis.language import Text

# What opens it: a GDAL driver, or a library of its own.
Opener = Literal["gdal", "parquet", "csv", "xlsx", "geotiff"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes
    ----------
    driver : the driver that opens it
    starts : what its first bytes may start with, after white space and a byte-order mark where `is_text`
    sides : suffixes of the files that belong to it
    folder : it is a folder of that suffix
    """

    driver: str
    suffix: str
    starts: tuple[bytes, ...]
    title: str
    opener: Opener = "gdal"
    is_text: bool = False
    sides: tuple[str, ...] = ()
    folder: bool = False


_SHP_SIDES = (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx")
_TAB_SIDES = (".dat", ".map", ".id", ".ind", ".dbf")
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")

FORMATS: tuple[Format, ...] = (
    Format("GPKG", ".gpkg", (b"SQLite format 3\x00",), "GeoPackage (.gpkg)", sides=(".gpkg-wal", ".gpkg-shm")),
    Format("ESRI Shapefile", ".shp", (b"\x00\x00\x27\x0a",), "Shapefile (.shp)", sides=_SHP_SIDES),
    Format("GeoJSON", ".geojson", (b"{",), "GeoJSON (.geojson)", is_text=True),
    Format("GeoJSON", ".json", (b"{",), "GeoJSON (.json)", is_text=True),
    Format("FlatGeobuf", ".fgb", (b"fgb",), "FlatGeobuf (.fgb)"),
    Format("Parquet", ".parquet", (b"PAR1",), "GeoParquet (.parquet)", opener="parquet"),
    Format("LIBKML", ".kml", (b"<?xml", b"<kml"), "KML (.kml)", is_text=True),
    Format("OpenFileGDB", ".gdb", (), "FileGDB (.gdb)", folder=True),
    Format("MapInfo File", ".tab", (b"!table",), "MapInfo TAB (.tab)", is_text=True, sides=_TAB_SIDES),
    Format("MapInfo File", ".mif", (b"Version", b"VERSION"), "MapInfo MIF (.mif)", is_text=True, sides=(".mid",)),
    Format("DXF", ".dxf", (b"0", b"999"), "DXF (.dxf)", is_text=True),
    Format("DGN", ".dgn", (b"\x08\x05", b"\x08\x09", b"\xc8\x05", b"\xc8\x09"), "DGN v7 (.dgn)"),
    Format("CSV", ".csv", (b"",), "CSV (.csv)", opener="csv", is_text=True),
    Format("XLSX", ".xlsx", (b"PK\x03\x04",), "Excel (.xlsx)", opener="xlsx"),
    Format("GTiff", ".tif", _TIFF, "GeoTIFF (.tif)", opener="geotiff"),
    Format("GTiff", ".tiff", _TIFF, "GeoTIFF (.tiff)", opener="geotiff"),
)

_UTF8_MARK = b"\xef\xbb\xbf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_DRAWING_AS = Text(
    vi="DWG và DGN v8 là định dạng đóng; hãy mở trong AutoCAD hoặc MicroStation rồi lưu thành DXF hoặc DGN v7.",
    en="DWG and DGN v8 are closed formats; open it in AutoCAD or MicroStation and save as DXF or DGN v7.",
)
_NOT_A_PATH = Text(
    vi="đây không phải đường dẫn tới một tệp trên máy này; không mở địa chỉ mạng hay hệ tệp ảo.",
    en="this is no path of a file on this machine; network addresses and virtual file systems are not opened.",
)
_OUTSIDE = Text(
    vi="tệp đi kèm “{side}” trỏ ra ngoài thư mục của nó.", en="its side file “{side}” points outside its folder."
)


def accepted_format(path: Path) -> Format:
    """Return the format of an existing file that may come in.

    Raises
    ------
    FileMissing
    FileRefused
        A virtual path, an unknown suffix, first bytes of another format, or a side file that lies elsewhere.
    """
    if str(path).replace("\\", "/").startswith("/vsi") or ":/" in str(path).replace("\\", "/")[2:]:
        raise refused(path, _NOT_A_PATH)
    if not path.exists():
        raise FileMissing(path=path)
    known = next((one for one in FORMATS if one.suffix == path.suffix.lower() and one.folder == path.is_dir()), None)
    if path.suffix.lower() == ".dwg" or (known is not None and not known.folder and _head(path, 8) == _OLE):
        raise refused(path, _SAVE_DRAWING_AS)
    if known is None:
        raise refused(
            path,
            Text(
                vi=f"đuôi “{path.suffix}” không có trong danh sách.",
                en=f"the suffix “{path.suffix}” is not on the list.",
            ),
        )
    if not known.folder and not _starts(path, known):
        raise refused(path, Text(vi=f"nội dung không phải là {known.title}.", en=f"its content is not {known.title}."))
    _require_own_sides(path, known)
    return known


def side_files(path: Path, known: Format) -> tuple[Path, ...]:
    """Return the files that belong to `path`, itself among them, whatever the case of their suffixes."""
    if known.folder:
        return tuple(sorted(one for one in path.iterdir() if one.is_file()))
    beside = (one for one in path.parent.iterdir() if one.stem.casefold() == path.stem.casefold())
    return path, *sorted(one for one in beside if one.suffix.lower() in known.sides and one.is_file())


def refused(path: Path, reason: Text) -> FileRefused:
    """Return the error that lists what is accepted."""
    return FileRefused(path=path, reason=reason, formats=", ".join(one.title for one in FORMATS))


def _starts(path: Path, known: Format) -> bool:
    head = _head(path, 256)
    if known.is_text:
        head = head.removeprefix(_UTF8_MARK).lstrip()
    return head.startswith(known.starts) or (known.suffix == ".mif" and head.lower().startswith(b"version"))


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _require_own_sides(path: Path, known: Format) -> None:
    home = path.resolve() if known.folder else path.resolve().parent
    for side in side_files(path, known)[0 if known.folder else 1 :]:
        if side.resolve().parent != home:
            raise refused(path, _OUTSIDE.filled(side=side.name))
