"""Records of yards as files: a workbook to read and print, or a GeoPackage, GeoParquet to work on."""

from collections.abc import Callable
from pathlib import Path

from gis.language import Lang
from maps.errors import ListFormatUnknown
from maps.parcel_files import write_parcels
from maps.workbook import write_workbook
from planning.record import Record

Writer = Callable[[Record, Path, Lang], tuple[Path, ...]]


def write_yards(record: Record, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write a Record of yards in the format of the suffix; return the files; raise ListFormatUnknown."""
    return writer_of(path)(record, path, lang)


def writer_of(path: Path) -> Writer:
    """Return what writes the format of a suffix; raise ListFormatUnknown."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ListFormatUnknown(path=path, formats=", ".join(_WRITERS))
    return writer


def _workbook(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(record, path, lang)
    return (path,)


_WRITERS: dict[str, Writer] = {".xlsx": _workbook, ".gpkg": write_parcels, ".parquet": write_parcels}
