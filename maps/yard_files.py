"""Records of yards as files: workbook, GeoPackage or GeoParquet; of layouts the map and the sheets too."""

from collections.abc import Callable, Mapping
from pathlib import Path

from gis.language import Lang
from maps.errors import ListFormatUnknown
from maps.parcel_files import write_parcels
from maps.webmap.page import write_map
from maps.workbook import write_workbook
from maps.yard_sheets import write_yard_sheets
from planning.record import Record

Writer = Callable[[Record, Path, Lang], tuple[Path, ...]]


def write_yards(record: Record, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write a Record of yards in the format of the suffix; return the files; raise ListFormatUnknown."""
    return writer_of(path)(record, path, lang)


def write_layouts(record: Record, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write the layouts of yards in the format of the suffix; return the files; raise ListFormatUnknown."""
    return layout_writer_of(path)(record, path, lang)


def writer_of(path: Path) -> Writer:
    """Return what writes a register in the format of a suffix; raise ListFormatUnknown."""
    return _chosen(path, _WRITERS)


def layout_writer_of(path: Path) -> Writer:
    """Return what writes layouts in the format of a suffix; raise ListFormatUnknown."""
    return _chosen(path, _OF_LAYOUTS)


def _chosen(path: Path, writers: Mapping[str, Writer]) -> Writer:
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ListFormatUnknown(path=path, formats=", ".join(writers))
    return writer


def _workbook(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(record, path, lang)
    return (path,)


def _map(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_map(record, path, lang)
    return (path,)


def _sheets(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_yard_sheets(record, path, lang)
    return (path,)


_WRITERS: Mapping[str, Writer] = {".xlsx": _workbook, ".gpkg": write_parcels, ".parquet": write_parcels}
_OF_LAYOUTS: Mapping[str, Writer] = {".xlsx": _workbook, ".html": _map, ".pdf": _sheets}
