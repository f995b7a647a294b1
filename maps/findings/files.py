"""Findings as a file: XLSX, GeoPackage or JSON, by its suffix."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from gis.language import Lang
from layers.report import Report
from maps.errors import FindingsFormatUnknown
from maps.findings.geopackage import write_geopackage
from maps.findings.sentences import json_answer
from maps.findings.workbook import write_workbook
from maps.whole_file import whole_file


def write_findings(report: Report, path: Path, lang: Lang = "vi") -> None:
    """Write a report in the format of the suffix; a file that is there is replaced whole or not at all.

    Raises
    ------
    FindingsFormatUnknown
    """
    writer_of(path)(report, path, lang)


def writer_of(path: Path) -> "Callable[[Report, Path, Lang], None]":
    """Return what writes files of that suffix; raise FindingsFormatUnknown, listing those there are."""
    if path.suffix.lower() not in _WRITERS:
        raise FindingsFormatUnknown(path=path, formats=", ".join(_WRITERS))
    return _WRITERS[path.suffix.lower()]


def _json(report: Report, path: Path, lang: Lang) -> None:
    with whole_file(path) as beside:
        beside.write_text(
            json.dumps(json_answer(report, lang), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
            encoding="utf-8",
        )


_WRITERS: Mapping[str, Callable[[Report, Path, Lang], None]] = {
    ".xlsx": write_workbook,
    ".gpkg": write_geopackage,
    ".json": _json,
}
