"""Rules of relations: what has to lie in something else, and what has to belong to something that is there."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame, Series

from gis.cover import Cover
from gis.fabric import Fabric
from gis.language import Text
from gis.measure import MM2_PER_M2
from gis.overlay import net_mm2, shares_mm2
from gis.text import name_key
from layers.catalog import LAYERS, TABLES
from layers.gates import gates_by_word
from layers.rules.asked import Asked
from layers.rules.rule import Rule, found, nothing, places_of
from layers.rules.thresholds import threshold

_LAYERS = tuple(schema.name for schema in (*LAYERS, *TABLES))


def _commune_unknown(asked: Asked, layer: str) -> DataFrame:
    """Return the communes of parcels that no vintage has, or not the vintage that the parcel states."""
    parcels, known = asked.rows(layer), _known_communes(asked)
    if known is None or not len(parcels):
        return nothing()
    code, day = parcels["commune"], _days(parcels)
    # A unit without a day, or a parcel without one, is known by its code alone.
    unknown = ~_pairs(code, day).isin(known["pair"]) & ~code.where(day == "", None).isin(known["code"])
    unknown = (unknown & ~code.isin(known["code"][known["day"] == ""])).to_numpy()
    rows = np.flatnonzero(unknown & code.notna().to_numpy())
    return found(
        feature=asked.keys(layer, rows),
        field=np.full(len(rows), "commune", dtype=object),
        value=code.iloc[rows].to_numpy(dtype=object),
        **places_of(asked.sound(layer)[rows]),
    )


def _vintage_missing(asked: Asked, layer: str) -> DataFrame:
    """Return each commune code that parcels use without saying of which vintage, where vintages give it two meanings."""
    parcels, known = asked.rows(layer), _known_communes(asked)
    if known is None or not len(parcels):
        return nothing()
    several = set(known["code"][known["code"].duplicated()])
    bare = parcels["commune"][(_days(parcels) == "") & parcels["commune"].isin(several)]
    first = bare.drop_duplicates()
    return found(
        feature=first.to_numpy(dtype=object),
        field=np.full(len(first), "valid_from", dtype=object),
        stated=first.map(bare.value_counts()).to_numpy(dtype=np.float64),
        **places_of(asked.sound(layer)[first.index.to_numpy()]),
    )


def _known_communes(asked: Asked) -> DataFrame | None:
    units = asked.rows("admin_units")
    if not len(units) or "code" not in units:
        return None
    return DataFrame({"code": units["code"], "day": _days(units), "pair": _pairs(units["code"], _days(units))})


def _pairs(code: Series, day: Series) -> Series:
    return code.astype(str) + "@" + day


def _days(rows: DataFrame) -> Series:
    return rows["valid_from"].fillna("").astype(str) if "valid_from" in rows else Series("", index=rows.index)


def _in_commune(asked: Asked) -> tuple[Any, Any]:
    """Return the share of each parcel that lies in its commune, NaN where that cannot be told, and the area outside."""
    return asked.once("parcels in communes", lambda: _measured_in_communes(asked))


def _measured_in_communes(asked: Asked) -> tuple[Any, Any]:
    parcels, units = asked.rows("parcels"), asked.rows("admin_units")
    share, outside_m2 = np.full(len(parcels), np.nan), np.zeros(len(parcels))
    if not len(units) or not len(parcels):
        return share, outside_m2
    shapes, of_units = asked.sound("parcels"), asked.sound("admin_units")
    several = set(units["code"][units["code"].duplicated()])
    for day in np.unique(_days(units)):
        here = np.flatnonzero((_days(units) == day).to_numpy() & ~shapely.is_missing(of_units))
        where = {code: place for place, code in enumerate(units["code"].iloc[here])}
        own = parcels["commune"].map(where).to_numpy(dtype=np.float64, na_value=np.nan)
        meant = ((_days(parcels) == day) | (_days(parcels) == "") & ~parcels["commune"].isin(several)).to_numpy()
        rows = np.flatnonzero(~np.isnan(own) & (meant | (day == "")) & ~shapely.is_missing(shapes))
        if not len(rows):
            continue
        fabric = Fabric.of_valid(shapes[rows], asked.crs)
        inside = shares_mm2(fabric, Cover.of_valid(np.arange(len(here)).astype(object), of_units[here], asked.crs))
        mine = inside.cover == own[rows][inside.unit]
        area_mm2 = np.bincount(inside.unit[mine], weights=inside.area_mm2[mine], minlength=len(rows))
        share[rows], outside_m2[rows] = area_mm2 / fabric.area_mm2, (fabric.area_mm2 - area_mm2) / MM2_PER_M2
    return share, outside_m2


def _outside_commune(asked: Asked, layer: str) -> DataFrame:
    share, outside_m2 = _in_commune(asked)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(share < threshold("least_share_in_commune"))
    return _beyond(asked, layer, rows, "commune", outside_m2)


def _across_commune_line(asked: Asked, layer: str) -> DataFrame:
    share, outside_m2 = _in_commune(asked)
    tolerance_m = np.fmax(asked.tolerance_m(layer), np.nanmax(asked.stated_accuracy_m("admin_units"), initial=0.0))
    allowed = tolerance_m * shapely.length(asked.shapes(layer)) + threshold("area_rounding_m2")
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((share >= threshold("least_share_in_commune")) & (outside_m2 > allowed))
    return _beyond(asked, layer, rows, "commune", outside_m2, allowed)


def _beyond(asked: Asked, layer: str, rows: Any, field: str, outside_m2: Any, allowed: Any = None) -> DataFrame:
    values = asked.rows(layer)[field].iloc[rows].to_numpy(dtype=object) if field in asked.rows(layer) else ""
    return found(
        feature=asked.keys(layer, rows),
        field=np.full(len(rows), field, dtype=object),
        value=values,
        stated=outside_m2[rows],
        allowed=np.full(len(rows), np.nan) if allowed is None else allowed[rows],
        area_mm2=np.rint(outside_m2[rows] * MM2_PER_M2).astype(np.int64),
        **places_of(asked.sound(layer)[rows]),
    )


def _covered_mm2(asked: Asked, layer: str, by: Any) -> tuple[Any, Any, Any]:
    """Return the rows of a layer with an area, that area, and how much of it the shapes `by` cover, mm²."""
    shapes = asked.sound(layer)
    rows = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    fabric = Fabric.of_valid(shapes[rows], asked.crs)
    if not len(by):
        return rows, fabric.area_mm2, np.zeros(len(rows), dtype=np.int64)
    cover = Cover.of_valid(np.arange(len(by)).astype(object), by, asked.crs)
    return rows, fabric.area_mm2, net_mm2(fabric, cover)


def _outside_zone(asked: Asked, layer: str) -> DataFrame:
    """Return functional areas that the zone does not hold, but for those that are wholly outside and meant to be."""
    zone = asked.areas("zone")
    if not len(zone):
        return nothing()
    rows, area, covered = _covered_mm2(asked, layer, zone)
    accuracy_m = np.fmax(asked.tolerance_m("zone").max(), asked.tolerance_m(layer)[rows])
    allowed = accuracy_m * shapely.length(asked.sound(layer)[rows]) * MM2_PER_M2
    table = asked.rows(layer)
    meant = (covered == 0) & _outside_by_plan(table)[rows]
    outside_m2 = np.zeros(len(table))
    outside_m2[rows] = (area - covered) / MM2_PER_M2
    return _beyond(asked, layer, rows[(area - covered > allowed) & ~meant], "code", outside_m2)


def _outside_by_plan(rows: DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which areas are said to lie outside: managed by the Board there, or in no master plan of the zone."""
    managed, planned = (
        rows[name].fillna(value=without).to_numpy(dtype=np.bool_) if name in rows else np.full(len(rows), without)
        for name, without in (("managed_by_board", False), ("in_master_plan", True))
    )
    outside: npt.NDArray[np.bool_] = managed | ~planned
    return outside


def _without_parcel(asked: Asked, layer: str) -> DataFrame:
    """Return yards that hardly lie on parcels."""
    parcels, yards = asked.sound("parcels"), asked.sound(layer)
    if not len(parcels):
        return nothing()
    there = yards[~shapely.is_missing(yards)]
    near = np.unique(shapely.STRtree(parcels).query(there, predicate="intersects")[1])
    rows, area, covered = _covered_mm2(asked, layer, parcels[near])
    short = covered < threshold("least_share_on_parcels") * area
    outside_m2 = np.zeros(len(yards))
    outside_m2[rows] = (area - covered) / MM2_PER_M2
    return _beyond(asked, layer, rows[short], "code", outside_m2)


def _gate_unknown(asked: Asked, layer: str) -> DataFrame:
    """Return yards that state a gate which the layer of gates has by no name and no code."""
    yards, gates = asked.rows(layer), asked.rows("gates")
    if not len(gates) or "gate" not in yards:
        return nothing()
    known = gates_by_word(gates.get("name", Series(dtype=object)), gates["code"])
    stated = yards["gate"].astype(object)
    rows = np.flatnonzero(stated.map(lambda one: name_key(one) not in known, na_action="ignore").eq(other=True))
    return found(
        feature=asked.keys(layer, rows),
        field=np.full(len(rows), "gate", dtype=object),
        value=stated.iloc[rows].to_numpy(dtype=object),
        **places_of(asked.sound(layer)[rows]),
    )


def _yard_unknown(asked: Asked, layer: str) -> DataFrame:
    """Return what stands in no yard of the layer: its layout would be drawn over it."""
    parts, yards = asked.rows(layer), asked.rows("yards")
    if not len(parts) or not len(yards):
        return nothing()
    stated = parts["yard"].astype(object) if "yard" in parts else Series(None, index=parts.index, dtype=object)
    rows = np.flatnonzero(~stated.isin(yards["code"]))
    return found(
        feature=asked.keys(layer, rows),
        field=np.full(len(rows), "yard", dtype=object),
        value=stated.iloc[rows].fillna("").to_numpy(dtype=object),
        **places_of(asked.sound(layer)[rows]),
    )


def _without_object(asked: Asked, layer: str) -> DataFrame:
    """Return rows of a table whose feature is not in the layer that they name."""
    rows = asked.rows(layer)
    if not len(rows):
        return nothing()
    owners = Series("parcels", index=rows.index) if layer == "parcel_uses" else rows["layer"]
    features = rows["parcel"] if layer == "parcel_uses" else rows["feature"]
    lost = np.zeros(len(rows), dtype=np.bool_)
    for owner in owners.dropna().unique():
        known = _known_features(asked, owner) if owner in _LAYERS else np.zeros(0, dtype=object)
        lost |= ((owners == owner) & ~features.isin(known)).to_numpy()
    lost |= (owners.isna() | features.isna()).to_numpy()
    positions = np.flatnonzero(lost)
    value = (owners.astype(str) + " " + features.astype(str)).iloc[positions].to_numpy(dtype=object)
    return found(
        feature=asked.keys(layer, positions), field=np.full(len(positions), "feature", dtype=object), value=value
    )


def _known_features(asked: Asked, layer: str) -> Any:
    """Return the names under which a table may speak of the features of a layer: their keys, with or without a day."""
    keys = asked.keys(layer)
    return np.concatenate([keys, np.array([key.partition("@")[0] for key in keys], dtype=object)])


RELATIONS: tuple[Rule, ...] = (
    Rule(
        "relations.commune_unknown",
        "error",
        ("parcels",),
        Text("Mã xã không có", "Unknown commune"),
        Text(
            vi="{feature}: mã xã “{value}” không có trong lớp đơn vị hành chính của ngày đã ghi. Hãy ghi đúng mã xã và ngày hiệu lực của mã.",
            en="{feature}: the commune code “{value}” is not among the administrative units of its day. Write the right code and its day.",
        ),
        _commune_unknown,
    ),
    Rule(
        "relations.vintage_missing",
        "warning",
        ("parcels",),
        Text("Mã xã không rõ theo danh mục nào", "Commune code without its day"),
        Text(
            vi="Xã {feature}: {stated} thửa không ghi ngày hiệu lực của mã xã, mà mã này có nghĩa khác nhau trước và sau khi sắp xếp. Hãy điền trường “{field}”.",
            en="Commune {feature}: {stated} parcels do not say from which day the code is valid, and it means another unit before and after. Fill in “{field}”.",
        ),
        _vintage_missing,
    ),
    Rule(
        "relations.outside_commune",
        "error",
        ("parcels",),
        Text("Nằm ngoài xã của mình", "Outside its commune"),
        Text(
            vi="{feature}: phần lớn thửa ({stated}) nằm ngoài xã {value}. Hãy xem lại mã xã hoặc vị trí của hình.",
            en="{feature}: most of the parcel ({stated}) lies outside of commune {value}. Check the code, or where the shape lies.",
        ),
        _outside_commune,
    ),
    Rule(
        "relations.across_commune_line",
        "warning",
        ("parcels",),
        Text("Lấn qua ranh xã", "Across the line of its commune"),
        Text(
            vi="{feature}: {stated} của thửa nằm ngoài xã {value}, quá mức {allowed} mà độ chính xác cho phép. Hãy đối chiếu ranh xã theo hồ sơ địa giới.",
            en="{feature}: {stated} of the parcel lie outside of commune {value}, more than the {allowed} that the accuracy allows. Compare the line in the boundary file.",
        ),
        _across_commune_line,
    ),
    Rule(
        "relations.outside_zone",
        "warning",
        ("functional_areas",),
        Text("Khu chức năng vượt ranh giới khu", "Functional area beyond the zone"),
        Text(
            vi="{feature}: {stated} của khu chức năng nằm ngoài ranh giới khu kinh tế. Hãy sửa ranh, hoặc ghi rõ đây là khu ngoài ranh do Ban Quản lý quản lý.",
            en="{feature}: {stated} of the functional area lie outside of the zone. Mend the line, or say that it is managed by the Board outside of it.",
        ),
        _outside_zone,
    ),
    Rule(
        "relations.yard_without_parcel",
        "warning",
        ("yards",),
        Text("Bến bãi không có thửa đất", "Yard without parcel"),
        Text(
            vi="{feature}: {stated} của bến bãi không nằm trên thửa đất nào. Hãy nhập thửa đất ở đây hoặc xem lại vị trí bến bãi.",
            en="{feature}: {stated} of the yard lie on no parcel. Import the parcels here, or check where the yard lies.",
        ),
        _without_parcel,
    ),
    Rule(
        "relations.gate_unknown",
        "error",
        ("yards",),
        Text("Cửa khẩu không có", "Unknown gate"),
        Text(
            vi="{feature}: lớp cửa khẩu không có “{value}”, theo tên hay theo mã, nên chưa rõ bến bãi phục vụ cửa khẩu nào. Hãy ghi đúng tên hoặc mã, để trống thì lấy cửa khẩu gần nhất, hoặc nhập cửa khẩu đó.",
            en="{feature}: the layer of gates has no “{value}”, by name or by code, so nobody knows which gate the yard serves. Write its name or code, leave it blank for the nearest gate, or import that gate.",
        ),
        _gate_unknown,
    ),
    Rule(
        "relations.yard_unknown",
        "error",
        ("yard_parts",),
        Text("Bến bãi không có", "Unknown yard"),
        Text(
            vi="{feature}: lớp bến bãi không có mã “{value}”, nên khi bố trí bãi không tính đến công trình, lối đi này. Hãy ghi đúng mã bãi, hoặc nhập bến bãi đó.",
            en="{feature}: the layer of yards has no code “{value}”, so no layout of a yard takes account of it. Write the code of its yard, or import that yard.",
        ),
        _yard_unknown,
    ),
    Rule(
        "relations.without_object",
        "error",
        ("papers", "events", "parcel_uses"),
        Text("Giấy tờ không có đối tượng", "Paper without object"),
        Text(
            vi="{feature}: ghi cho đối tượng “{value}” mà dự án không có. Hãy sửa khóa, hoặc nhập đối tượng đó.",
            en="{feature}: it is about “{value}”, which the project does not have. Mend the key, or import that feature.",
        ),
        _without_object,
    ),
)
