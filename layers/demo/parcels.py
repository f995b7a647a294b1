"""Parcels: lots with their numbers, uses, areas and users; some with holes, some in two parts, some of several uses."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from layers.demo.adjacency import point_keys
from layers.demo.land_users import COMPANY, classes, names
from layers.demo.land_uses import Texts, Where, codes, settings
from layers.demo.lots import OPEN, Lots, Shapes, lots
from layers.demo.noise import FloatArray, IntArray, uniform
from layers.demo.place import CRS, INVENTED, OLD_VINTAGE, place
from layers.demo.sheets import SCALES, Numbering, numbered
from layers.demo.sites import sites
from layers.demo.yards import operator_of

_SHARE_IN_PARTS, _SHARE_WITH_HOLE = 0.002, 0.004
_OLD_SHEETS = 0.45
_MOST_ISLAND_RADIUS_M = 45.0
_ORIGINS = ("DG-KTT", "DG-CTT", "DT-THN", "DT-TML", None)


@dataclass(frozen=True, eq=False)
class Parcels:
    """The layer, its table of uses, and the land of the lanes between (one shape a commune)."""

    layer: GeoDataFrame
    uses: DataFrame
    lanes: GeoDataFrame


def cadastre(count: int, seed: int) -> Parcels:
    """Return `count` parcels: a coverage with holes where roads, waters and a few islands are."""
    every = lots(count, seed)
    own = _in_parts_and_with_holes(every.taken(~every.lane), seed)
    layer = _layer(own, seed)
    return Parcels(layer, _uses(layer), _lanes(every.taken(every.lane)))


def _in_parts_and_with_holes(own: Lots, seed: int) -> Lots:
    """Make some lots one parcel in two parts, and put as many islands into others: the count stays."""
    place_key = point_keys(shapely.get_coordinates(shapely.centroid(own.shapes)))
    chance = uniform(seed + 31, place_key)
    kept, pairs = _in_two_parts(own, chance)
    return _with_islands(kept, pairs, seed)


def _in_two_parts(own: Lots, chance: FloatArray) -> tuple[Lots, int]:
    wished = max(3, int(_SHARE_IN_PARTS * len(own)))
    area = shapely.area(own.shapes)
    order = np.argsort(chance, kind="stable")
    first = order[((own.site == OPEN) & (area < np.median(area) * 4))[order]][: 4 * wished]
    tree = shapely.STRtree(own.shapes)
    asked, other = tree.query(own.shapes[first], predicate="dwithin", distance=60.0)
    asked = first[asked]
    alike = (own.commune[asked] == own.commune[other]) & (own.site[other] == OPEN)
    asked, other = asked[alike], other[alike]
    apart = shapely.distance(own.shapes[asked], own.shapes[other]) > 1.0
    pairs = _each_once(asked[apart], other[apart])[:wished]
    shapes = own.shapes.copy()
    for one, two in pairs:
        shapes[one] = shapely.union_all(shapes[[one, two]])
    stays = np.ones(len(own), dtype=bool)
    stays[[two for _, two in pairs]] = False
    return replace(own, shapes=shapes).taken(stays), len(pairs)


def _each_once(first: IntArray, second: IntArray) -> list[tuple[int, int]]:
    used: set[int] = set()
    pairs = []
    for one, two in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if one not in used and two not in used:
            used |= {one, two}
            pairs.append((one, two))
    return pairs


def _with_islands(own: Lots, islands: int, seed: int) -> Lots:
    area = shapely.area(own.shapes)
    fit = (
        (shapely.get_type_id(own.shapes) == shapely.GeometryType.POLYGON)
        & (own.site == OPEN)
        & (shapely.get_num_interior_rings(own.shapes) == 0)
    )
    order = np.argsort(
        uniform(seed + 37, point_keys(shapely.get_coordinates(shapely.centroid(own.shapes)))), kind="stable"
    )
    roomy = area > np.quantile(area, 0.55)
    hosts = order[(fit & roomy)[order]][: max(islands, int(len(own) * _SHARE_WITH_HOLE))]
    rings = _rings_within(own.shapes[hosts])
    shapes = own.shapes.copy()
    shapes[hosts] = shapely.polygons(shapely.get_exterior_ring(shapes[hosts]), holes=rings[:, None])
    filled = hosts[:islands]  # the others stay open: a well, a tomb, a mast that is no parcel
    inner = Lots(shapely.polygons(rings[:islands]), own.commune[filled], own.site[filled], own.lane[filled])
    return Lots(
        *(
            np.concatenate([getattr(one, part) for one in (replace(own, shapes=shapes), inner)])
            for part in ("shapes", "commune", "site", "lane")
        )
    )


def _rings_within(shapes: Shapes) -> Shapes:
    """Return in each shape an octagon that keeps away from the outline."""
    circle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shapes, tolerance=0.5)).reshape(-1, 2, 2)
    radius = np.minimum(0.42 * np.hypot(*(circle[:, 1] - circle[:, 0]).T), _MOST_ISLAND_RADIUS_M)
    eighth = np.array(
        [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)]
    )
    corners = circle[:, None, 0] + radius[:, None, None] * eighth
    return np.asarray(shapely.linearrings(np.round(corners, 3)))


def _layer(own: Lots, seed: int) -> GeoDataFrame:
    inner = np.round(shapely.get_coordinates(shapely.centroid(own.shapes)), 3)
    setting = settings(inner[:, 0], inner[:, 1], seed)
    numbering = numbered(own.commune, inner[:, 0], inner[:, 1], setting)
    order = np.lexsort((numbering.parcel, numbering.sheet, own.commune))
    own, inner, setting = own.taken(order), inner[order], setting[order]
    numbering = Numbering(numbering.sheet[order], numbering.parcel[order], numbering.scale[order])
    return GeoDataFrame(_columns(own, inner, setting, numbering, seed), geometry=own.shapes, crs=CRS)


def _columns(own: Lots, inner: FloatArray, setting: IntArray, numbering: Numbering, seed: int) -> dict[str, Any]:
    communes = place().communes
    key = point_keys(inner)
    drawn = [uniform(seed + 200 + turn, key) for turn in range(10)]
    new_regime = uniform(seed + 230, own.commune, numbering.sheet) >= _OLD_SHEETS
    in_ward = ~communes["name"].str.startswith("Xã").to_numpy()[own.commune]
    land_use = codes(Where(setting, in_ward, new_regime), drawn[0])
    land_use[own.site != OPEN] = "TMD"
    measured = np.round(shapely.area(own.shapes), 1)
    owner_class = classes(land_use)
    described = _described(land_use, drawn[1])
    scale = np.array([f"1:{one}" for one, *_ in SCALES], dtype=object)[numbering.scale]
    sheet = numbering.sheet.astype(str).astype(object)
    return {
        "commune": communes["code"].to_numpy(dtype=object)[own.commune],
        "sheet_no": sheet,
        "parcel_no": numbering.parcel.astype(str).astype(object),
        "valid_from": OLD_VINTAGE,
        "measured_area_m2": measured,
        "legal_area_m2": _legal_area(measured, drawn[2], drawn[3]),
        "land_use": described,
        "legal_use": _legal_use(land_use, described, drawn[4]),
        "planned_use": _planned_use(land_use, setting, drawn[5]),
        "place_name": "Xứ đồng minh họa " + sheet,
        "origin_of_use": np.array(_ORIGINS, dtype=object)[(drawn[6] * len(_ORIGINS)).astype(np.int64)],
        "owner_class": owner_class,
        "owner": _owners(own, owner_class, drawn[7], seed),
        "address": "Số nhà minh họa " + (1 + (drawn[8] * 900).astype(np.int64)).astype(str).astype(object),
        "source_scale": scale,
        "accuracy_m": np.array([error for *_, error in SCALES])[numbering.scale],
        "handover_date": _handover(owner_class, drawn[9]),
        "document": INVENTED,
    }


def _described(land_use: Texts, chance: FloatArray) -> Texts:
    """Write several uses as the books do: the main one with -C, the other with -P; some with a star or a plus."""
    described = land_use.copy()
    for home, share in (("ONT", 0.22), ("ODT", 0.05)):
        here = land_use == home
        described[here & (chance < share)] = f"{home}-C+CLN-P"
        described[here & (chance > 1 - share / 8)] = f"{home}+CLN"
    described[(land_use == "ONT") & (chance > 0.5) & (chance < 0.53)] = "ONT*"
    described[(land_use == "LUC") & (chance < 0.02)] = "LUC-C+NTS-P"
    return described


def _legal_area(measured: FloatArray, kind: FloatArray, size: FloatArray) -> FloatArray:
    """Most papers agree; some are a little off, a few far off, a few unknown."""
    little, far = 1.0 + 0.03 * (2 * size - 1), 1.0 + np.where(size < 0.5, -1, 1) * (0.06 + 0.24 * size)
    legal = np.select([kind < 0.80, kind < 0.93, kind < 0.97], [measured, measured * little, measured * far], np.nan)
    return np.asarray(np.round(legal, 1))


def _legal_use(land_use: Texts, described: Texts, chance: FloatArray) -> Texts:
    legal = described.copy()
    legal[chance > 0.97] = None
    other = (chance > 0.90) & (chance <= 0.97)
    legal[other] = np.where(np.isin(land_use[other].astype(str), ("ONT", "ODT", "TMD")), "CLN", "HNK")
    return legal


def _planned_use(land_use: Texts, setting: IntArray, chance: FloatArray) -> Texts:
    planned = land_use.copy()
    planned[chance > 0.93] = None
    changes = (chance < 0.06) & (setting < 3)
    planned[changes] = np.array(["TMD", "SKK", "DGT", "ODT"], dtype=object)[
        (chance[changes] / 0.06 * 4).astype(np.int64)
    ]
    return planned


def _owners(own: Lots, owner_class: Texts, chance: FloatArray, seed: int) -> Texts:
    found = names(owner_class, chance, np.arange(1, len(own) + 1))
    for position in np.flatnonzero(own.site != OPEN):
        one = sites(seed)[own.site[position]]
        found[position] = operator_of(one) if one.kind == "yard" else f"Nhà đầu tư Minh Họa {one.number:02d}"
    return found


def _handover(owner_class: Texts, chance: FloatArray) -> Texts:
    days = np.datetime64("2006-01-01") + (chance * 19 * 365).astype("timedelta64[D]")
    found = np.full(len(chance), None, dtype=object)
    found[owner_class == COMPANY] = days.astype(str)[owner_class == COMPANY]
    return found


def _uses(layer: GeoDataFrame) -> DataFrame:
    """Return one line per use for the parcels of several uses; the lines sum to the parcel."""
    several = layer[layer["land_use"].str.contains("-C+", regex=False)]
    key = several["commune"] + "/" + several["sheet_no"] + "/" + several["parcel_no"]
    share = 0.35 + 0.45 * uniform(7, np.arange(len(several)))
    parts = several["land_use"].str.split("+", regex=False)
    main = {area: np.round(several[area] * share, 1) for area in ("measured_area_m2", "legal_area_m2")}
    rest = {area: np.round(several[area] - main[area], 1) for area in main}
    lines = [
        _lines(key, parts.str[place_], role, areas)
        for place_, role, areas in ((0, "main", main), (1, "secondary", rest))
    ]
    return DataFrame({name: np.concatenate([line[name] for line in lines]) for name in lines[0]})


def _lines(key: Series, code: Series, role: str, areas: dict[str, Series]) -> DataFrame:
    return DataFrame({"parcel": key, "land_use": code.str[:-2], "role": role, **areas})


def _lanes(every: Lots) -> GeoDataFrame:
    """Return the lanes of each commune as one shape: land that is no parcel and yet no gap."""
    communes = place().communes
    numbers = np.unique(every.commune)
    rows = [
        {"code": f"DNB-{communes['code'][number]}", "name": f"Đường nội bộ {communes['name'][number]} (minh họa)"}
        for number in numbers
    ]
    shapes = [shapely.coverage_union_all(every.shapes[every.commune == number]) for number in numbers]
    attributes = {"kind": "lane_area", "condition": "trung bình", "document": INVENTED, "confidence": "invented"}
    return GeoDataFrame([{**row, **attributes} for row in rows], geometry=shapes, crs=CRS)
