"""The GeoPackages of an appendix: existing state, plan, boundary markers, each layer with its style inside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from geopandas import GeoDataFrame

from gis.language import Text
from maps.appendix.classes import DOSSIER, MARKERS, UNITS, Classes, GisClass, source_layer
from maps.qgis.symbols import Drawn, qml
from maps.style import Look, classes, layer_styles
from maps.styled import Styled, write_styled
from planning.record import Record

_DESCRIPTION = Text(vi="Theo phụ lục của đề án", en="As in the appendix of the proposal")
_DRAWN: Mapping[str, Drawn] = {"area": "area", "line": "line", "point": "point", "outline": "line", "inside": "point"}
_LABELLED = ("functional_areas", "yards", "gates", UNITS)
_MARKER = Look("", "", fill="#ffffff", opacity=1, line="#c2182f", width=1.2)
_NAME_ONLY = Look("", "", fill="#6f6a62", opacity=1, line="#6f6a62")
_CLASS, _NAME, _KEY = "phanLoai", "tenDoiTuong", "maDoiTuong"
_TOO_MANY_TO_LABEL = 2000


def package_name(package: str) -> str:
    """Return the file of a package."""
    return f"{package}.gpkg"


def packages_of(record: Record, classes: Classes) -> dict[str, list[Styled]]:
    """Return the layers of each GeoPackage by its file name; a package without rows is not there."""
    found: dict[str, list[Styled]] = {}
    for one, frame in classes:
        found.setdefault(package_name(one.package), []).append(Styled(one.name, frame, _style(record, one, frame)))
    return found


def write_packages(packages: Mapping[str, list[Styled]], folder: Path) -> None:
    """Write GeoPackages into a folder."""
    for name, layers in packages.items():
        write_package(layers, folder / name)


def write_package(layers: Sequence[Styled], path: Path) -> None:
    """Write one GeoPackage."""
    write_styled(layers, path, _DESCRIPTION.vi)


def _style(record: Record, one: GisClass, frame: GeoDataFrame) -> str:
    looks, field = looks_of(record, one, frame)
    return qml(looks, drawn_as(one), field, label_of(one, frame))


def drawn_as(one: GisClass) -> Drawn:
    """Return what the shapes of a class are for QGIS."""
    return _DRAWN[one.drawn]


def label_of(one: GisClass, frame: GeoDataFrame) -> str:
    """Return the field that is written beside the features of a class; empty for none."""
    if one.layer == MARKERS:
        return _KEY if len(frame) <= _TOO_MANY_TO_LABEL else ""
    return _NAME if one.layer in _LABELLED and one.drawn != "outline" else ""


def looks_of(record: Record, one: GisClass, frame: GeoDataFrame) -> tuple[list[tuple[str, Look]], str]:
    """Return the looks of a class with the values that they stand for, and the field of these; empty for one look."""
    if one.layer == MARKERS:
        return [("", replace(_MARKER, title=one.title))], ""
    if one.drawn == "inside":
        return [("", replace(_NAME_ONLY, title=one.title))], ""
    layer = source_layer(record, one)
    (style,) = layer_styles([layer], "vi")
    rows = record.geometry[layer].set_index("key").loc[list(frame[_KEY])]
    if not style.class_field or style.class_field not in rows.columns:
        return [("", replace(style.look, title=one.title))], ""
    values = rows[style.class_field].astype(object).where(rows[style.class_field].notna(), None)
    looks: dict[Any, Look] = classes(style, set(values), "vi")
    if style.class_field == "dossier":
        return [(value or "", look) for value, look in looks.items()], DOSSIER
    by_text = dict(zip(frame[_CLASS], values, strict=True))
    return [(text, replace(looks[value], title=text)) for text, value in sorted(by_text.items())], _CLASS
