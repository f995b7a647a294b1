"""Records of yards as files: workbook, GeoPackage or GeoParquet; of layouts the map and the sheets too."""

from collections.abc import Callable, Mapping
from pathlib import Path

from gis.language import Lang
from layers.workspace import Workspace
from maps.errors import ListFormatUnknown
from maps.parcel_files import write_parcels
from maps.release import release_map
from maps.workbook import write_workbook
from maps.yard_sheets import write_yard_sheets
from planning.record import Record

_MAP = ".html"
Writer = Callable[[Record, Path, Lang], tuple[Path, ...]]


def write_yards(record: Record, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write a Record of yards in the format of the suffix; return the files; raise ListFormatUnknown."""
    return writer_of(path)(record, path, lang)


def write_layouts(record: Record, workspace: Workspace, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write the layouts of yards in the format of the suffix; return the files.

    Raises
    ------
    ListFormatUnknown
    GuardRefused
        The map holds what must not go out.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == _MAP:
        release_map(record, workspace, path, lang)
        return (path,)
    return _chosen(path, _OF_LAYOUTS)(record, path, lang)


def writer_of(path: Path) -> Writer:
    """Return what writes a register in the format of a suffix; raise ListFormatUnknown."""
    return _chosen(path, _WRITERS)


def require_layout_format(path: Path) -> None:
    """Raise ListFormatUnknown unless layouts can be written in the format of the suffix."""
    if path.suffix.lower() != _MAP:
        _chosen(path, _OF_LAYOUTS)


def _chosen(path: Path, writers: Mapping[str, Writer]) -> Writer:
    writer = writers.get(path.suffix.lower())
    if writer is None:
        formats = (*writers, *((_MAP,) if writers is _OF_LAYOUTS else ()))
        raise ListFormatUnknown(path=path, formats=", ".join(formats))
    return writer


def _workbook(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(record, path, lang)
    return (path,)


def _sheets(record: Record, path: Path, lang: Lang) -> tuple[Path, ...]:
    write_yard_sheets(record, path, lang)
    return (path,)


_WRITERS: Mapping[str, Writer] = {".xlsx": _workbook, ".gpkg": write_parcels, ".parquet": write_parcels}
_OF_LAYOUTS: Mapping[str, Writer] = {".xlsx": _workbook, ".pdf": _sheets}
