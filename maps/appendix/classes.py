"""Which class of the planning data standard (TT 16/2025/TT-BXD) each layer of a Record becomes, package by package.

The names stand in ``data/gis_classes.csv`` with their source; a layer for which the standard has no class gets one
that is named in its manner and marked as ours.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.language import Lang
from gis.text import search_key
from layers.kinds import kind_title
from maps.formatter import fact_text
from maps.sheet.drawing import newest_units
from maps.style import land_use_title
from planning.markers import PROPOSED
from planning.record import Fact, Record

Drawn = Literal["area", "line", "point", "outline", "inside"]
MARKERS, UNITS = "markers", "units"
# Whether the legal papers of a yard are complete.
DOSSIER = "hoSoPhapLy"
_DIMENSIONS: dict[Drawn, int] = {"area": 2, "line": 1, "point": 0, "outline": 2, "inside": 2}
_ADMIN = UNITS
# The area of a feature is a fact of the Record: a cell of a table, or one of the whole zone.
_AREAS = {"parcels": "parcels", "functional_areas": "by.functional_areas", "yards": "yards"}
_USES = {"loaiDat": "land_use", "loaiDatQH": "planned_use"}
_REGIONS = ("base", "proposed", "kept", "added", "removed")


@dataclass(frozen=True, slots=True)
class GisClass:
    """One class of a package: from which layer, as what, and whether the standard names it.

    Attributes
    ----------
    package : name of the GeoPackage
    name : of the class, ``RanhGioiQuyHoach_A``
    layer : of the Record; ``units`` the newest administrative units, ``markers`` the table of corners
    drawn : which shapes; ``outline`` the lines around areas, ``inside`` a point in each
    words : what stands in the kind of its rows, without accents; empty for all that no class before took
    title : for people
    standard : whether the circular has this class
    """

    package: str
    name: str
    layer: str
    drawn: Drawn
    words: tuple[str, ...]
    title: str
    standard: bool


# The classes of a Record that have rows.
Classes = Sequence[tuple[GisClass, GeoDataFrame]]


@cache
def gis_classes() -> tuple[GisClass, ...]:
    """Return all classes, those of a layer in the order in which they take its rows."""
    text = (files("maps.appendix") / "data" / "gis_classes.csv").read_text(encoding="utf-8")
    return tuple(
        GisClass(
            row["package"],
            row["class"],
            row["layer"],
            cast("Drawn", row["drawn"]),
            tuple(row["words"].split("|")) if row["words"] else (),
            row["title"],
            row["standard"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


def source_layer(record: Record, one: GisClass) -> str:
    """Return the layer of the Record from which a class is drawn; empty where there is none."""
    layer = newest_units(record) if one.layer == _ADMIN else one.layer
    return layer if layer in record.geometry else ""


def class_frames(record: Record, dossier: str = "") -> Iterator[tuple[GisClass, GeoDataFrame]]:
    """Yield every class that has rows, with the six fields of the standard and those of its own.

    Parameters
    ----------
    dossier : the code of the dossier that the authority gave (``maHoSoQH``); empty: not given yet
    """
    taken: dict[str, Any] = {}
    for one in gis_classes():
        if one.layer == MARKERS:
            frame = _markers(record, dossier)
        elif layer := source_layer(record, one):
            rows = _rows(record.geometry[layer], one, taken.setdefault(layer, []))
            frame = _frame(record, one, layer, rows, dossier)
        else:
            continue
        if len(frame):
            yield one, frame


def _rows(frame: GeoDataFrame, one: GisClass, taken: list[Any]) -> GeoDataFrame:
    """Return the rows of a class: of its dimension and kind, each row in one class of words only."""
    mine = shapely.get_dimensions(frame.geometry.values) == _DIMENSIONS[one.drawn]
    if one.words or taken:
        free = ~frame["key"].isin(taken).to_numpy()
        mine = mine & free & (_has_word(frame, one.words) if one.words else True)
        taken.extend(frame["key"][mine])
    return frame[mine]


def _has_word(frame: GeoDataFrame, words: tuple[str, ...]) -> Any:
    kinds = frame["kind"] if "kind" in frame.columns else Series(None, index=frame.index, dtype=object)

    def has(kind: str) -> bool:
        told = " ".join(re.findall(r"\w+", search_key(f"{kind.replace('_', ' ')} {kind_title(kind, 'vi')}")))
        return any(f" {word} " in f" {told} " for word in words)

    known = {kind: has(kind) for kind in kinds.dropna().unique()}
    return kinds.map(known).fillna(value=False).to_numpy(dtype=bool)


def _frame(record: Record, one: GisClass, layer: str, rows: GeoDataFrame, dossier: str) -> GeoDataFrame:
    columns: dict[str, Any] = _six(
        rows["key"],
        rows.get("name", _none(rows)),
        _kind_texts(one, rows),
        rows.get("document", _none(rows)),
        dossier,
    )
    if one.drawn == "area" and (areas := _areas(record, one, layer, rows)) is not None:
        columns["dienTich"] = areas
    if one.layer == "parcels":
        columns |= {field: _texts(rows[use]) for field, use in _USES.items() if use in rows.columns}
    if "dossier" in rows.columns:
        columns[DOSSIER] = _texts(rows["dossier"])
    return GeoDataFrame(columns, geometry=_shapes(one, rows), crs=record.crs)


def _six(keys: Any, names: Any, kinds: Any, notes: Any, dossier: str) -> dict[str, Any]:
    """Return the six fields that every class has; codes that nobody has given yet are empty."""
    count = len(keys)
    return {
        "maThongTinQH": _texts([None] * count),
        "maHoSoQH": _texts([dossier or None] * count),
        "maDoiTuong": _texts(keys),
        "tenDoiTuong": _texts(names),
        "phanLoai": _texts(kinds),
        "ghiChu": _texts(notes),
    }


def _texts(values: Any) -> Any:
    return Series(values, dtype=object).where(Series(values, dtype=object).notna(), None).to_numpy()


def _none(rows: GeoDataFrame) -> list[None]:
    return [None] * len(rows)


def _kind_texts(one: GisClass, rows: GeoDataFrame) -> list[str]:
    if one.layer == "parcels" and "land_use" in rows.columns:
        return _titled(rows["land_use"], land_use_title, one.title)
    if "kind" in rows.columns and one.layer != _ADMIN:
        return _titled(rows["kind"], kind_title, one.title)
    return [one.title] * len(rows)


def _titled(codes: Series, title_of: Callable[[str, Lang], str], otherwise: str) -> list[str]:
    titles = {code: title_of(code, "vi") if code else otherwise for code in codes.dropna().unique()}
    told: list[str] = codes.map(titles).fillna(otherwise).tolist()
    return told


def _areas(record: Record, one: GisClass, layer: str, rows: GeoDataFrame) -> Any:
    if one.layer in _REGIONS:
        return np.full(len(rows), record.value(f"area_m2.{layer}"), dtype=np.float64)
    table = _AREAS.get(one.layer, "")
    if table not in record.tables:
        return None
    known = record.tables[table].frame.set_index("key")["unit_m2"]
    return rows["key"].map(known).to_numpy(dtype=np.float64)


def _shapes(one: GisClass, rows: GeoDataFrame) -> Any:
    shapes = rows.geometry.values
    if one.drawn == "outline":
        lines = shapely.boundary(np.asarray(shapes))
        return np.array([shapely.multilinestrings(shapely.get_parts(line)) for line in lines], dtype=object)
    if one.drawn == "inside":
        return shapely.point_on_surface(np.asarray(shapes))
    return np.asarray(shapes)


def _markers(record: Record, dossier: str) -> GeoDataFrame:
    table = record.tables.get(PROPOSED)
    frame: DataFrame = DataFrame() if table is None else table.frame
    if table is None or frame.empty:
        return GeoDataFrame({"maDoiTuong": []}, geometry=[], crs=record.crs)
    notes = [fact_text(Fact(f"{PROPOSED}[].change", one, "text", ""), "vi") for one in frame["change"]]
    columns = _six(frame["key"], [f"Mốc {key}" for key in frame["key"]], notes, _none_of(frame), dossier)
    columns |= {
        "toaDoX": frame["northing_m"].to_numpy(),
        "toaDoY": frame["easting_m"].to_numpy(),
        "caoDo": np.full(len(frame), np.nan),
        "chieuDaiCanh": frame["edge_m"].to_numpy(),
        "gocPhuongVi": frame["azimuth_deg"].to_numpy(),
        "phiaTrong": _texts(frame["unit_inside"]),
        "phiaNgoai": _texts(frame["unit_outside"]),
    }
    places = shapely.points(frame["easting_m"].to_numpy(), frame["northing_m"].to_numpy())
    return GeoDataFrame(columns, geometry=places, crs=record.crs)


def _none_of(frame: DataFrame) -> list[None]:
    return [None] * len(frame)
