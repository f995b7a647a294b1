"""Rules of agreement: what is measured, what is drawn and what papers say; parts and their whole."""

from typing import Any

import numpy as np
import shapely
from pandas import DataFrame, Series

from gis.language import Text
from gis.measure import M2_PER_HA, MM2_PER_M2, areas_mm2
from layers.catalog import schema_of
from layers.rules.asked import Asked
from layers.rules.fitting import OPEN_GROUND, fit_of
from layers.rules.rule import Rule, found, nothing, places_of
from layers.rules.thresholds import threshold


def allowed_m2(asked: Asked, layer: str) -> Any:
    """Return by how much areas of each row may differ: its outline moved by its accuracy, and the written digit.

    An outline of length L, each point of which is known to m, encloses its area to within m · L.
    """
    return asked.tolerance_m(layer) * shapely.length(asked.shapes(layer)) + threshold("area_rounding_m2")


def _numbers(rows: DataFrame, name: str) -> Any:
    """Return an area as doubles: NaN where it is missing or cannot be one."""
    values = rows[name].to_numpy(dtype=np.float64, na_value=np.nan) if name in rows else np.full(len(rows), np.nan)
    return np.where(values > 0, values, np.nan)


def _differing(asked: Asked, layer: str, field: str, stated: Any, expected: Any, allowed: Any) -> DataFrame:
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(np.abs(stated - expected) > allowed)
    shapes = asked.sound(layer)
    return found(
        feature=asked.keys(layer, rows),
        field=field if len(rows) else [],
        value=np.array([f"{one:.15g}" for one in stated[rows]], dtype=object),
        stated=stated[rows],
        expected=expected[rows],
        allowed=allowed[rows],
        area_mm2=np.rint(np.abs(stated - expected)[rows] * MM2_PER_M2).astype(np.int64),
        **(places_of(shapes[rows]) if len(shapes) else {}),
    )


def _drawn_m2(asked: Asked, layer: str) -> Any:
    drawn = areas_mm2(asked.sound(layer)) / MM2_PER_M2
    return np.where(drawn > 0, drawn, np.nan)


def _drawn_area(asked: Asked, layer: str) -> DataFrame:
    stated = _numbers(asked.rows(layer), "measured_area_m2")
    return _differing(asked, layer, "measured_area_m2", stated, _drawn_m2(asked, layer), allowed_m2(asked, layer))


def _legal_area(asked: Asked, layer: str) -> DataFrame:
    rows = asked.rows(layer)
    legal, measured = _numbers(rows, "legal_area_m2"), _numbers(rows, "measured_area_m2")
    return _differing(asked, layer, "legal_area_m2", legal, measured, allowed_m2(asked, layer))


def _declared_area(asked: Asked, layer: str) -> DataFrame:
    """Compare only where an accuracy is stated: a decision declares its area whatever is drawn later."""
    declared = _numbers(asked.rows(layer), "declared_area_ha") * M2_PER_HA
    declared = np.where(np.isnan(asked.stated_accuracy_m(layer)), np.nan, declared)
    return _differing(asked, layer, "declared_area_ha", declared, _drawn_m2(asked, layer), allowed_m2(asked, layer))


def _uses_sum(asked: Asked, layer: str) -> DataFrame:
    """Compare the sum of the lines of each parcel with the parcel."""
    uses, parcels = asked.rows("parcel_uses"), asked.rows(layer)
    if not {"parcel", "measured_area_m2"} <= set(uses.columns):
        return nothing()
    lines = uses.groupby("parcel")["measured_area_m2"]
    complete = lines.sum(min_count=1)[lines.count() == lines.size()]
    total = Series(asked.keys(layer)).map(complete).to_numpy(dtype=np.float64, na_value=np.nan)
    count = Series(asked.keys(layer)).map(lines.size()).fillna(0).to_numpy()
    allowed = threshold("area_rounding_m2") * (count + 1)
    return _differing(asked, layer, "measured_area_m2", total, _numbers(parcels, "measured_area_m2"), allowed + 1e-9)


def _envelope(asked: Asked, layer: str) -> DataFrame:
    """Compare the sum of the units with what they enclose: too much where they overlap, too little where they gape."""
    fit, rows = fit_of(asked, layer), asked.rows(layer)
    gaps = fit.gaps.take(fit.gaps.kind != OPEN_GROUND)
    # Units that are no land of a commune may well have a column of that name, kept as it came.
    of_commune = schema_of(layer).field("commune") is not None and "commune" in rows
    owner = rows["commune"].astype(str) if of_commune else _day(rows)
    surplus = Series(fit.overlaps.area_mm2, index=_first(owner, fit.overlaps)).groupby(level=0).sum()
    lack = Series(gaps.area_mm2, index=_first(owner, gaps)).groupby(level=0).sum()
    total = Series(areas_mm2(asked.sound(layer))).groupby(owner.to_numpy()).sum()
    difference = surplus.sub(lack, fill_value=0)
    difference = difference[difference.abs() > threshold("area_rounding_m2") * MM2_PER_M2]
    stated = total.reindex(difference.index).to_numpy(dtype=np.float64) / MM2_PER_M2
    return found(
        feature=difference.index.to_numpy(dtype=object),
        field=("commune" if of_commune else "valid_from") if len(difference) else [],
        stated=stated,
        expected=stated - difference.to_numpy() / MM2_PER_M2,
        allowed=np.zeros(len(difference)),
        area_mm2=difference.abs().to_numpy(dtype=np.int64),
    )


def _day(rows: DataFrame) -> Series:
    return rows["valid_from"].fillna("") if "valid_from" in rows else Series("", index=rows.index)


def _first(owner: Series, defects: Any) -> Any:
    return owner.to_numpy(dtype=object)[defects.unit[defects.starts[:-1]]]


AGREEMENT: tuple[Rule, ...] = (
    Rule(
        "agreement.drawn_area",
        "error",
        ("parcels",),
        Text("Diện tích đo đạc khác hình vẽ", "Measured area differs from the drawing"),
        Text(
            vi="{feature}: diện tích đo đạc ghi {stated} nhưng hình vẽ có {expected}, lệch {difference}, quá mức {allowed} mà độ chính xác cho phép. Hãy xem lại số ghi và hình.",
            en="{feature}: the measured area says {stated} but {expected} are drawn, {difference} apart, more than the {allowed} that the accuracy allows. Check the figure and the shape.",
        ),
        _drawn_area,
    ),
    Rule(
        "agreement.legal_area",
        "warning",
        ("parcels",),
        Text("Diện tích pháp lý khác đo đạc", "Legal area differs from the measured"),
        Text(
            vi="{feature}: giấy tờ ghi {stated}, đo đạc được {expected}, lệch {difference}, quá mức {allowed} mà độ chính xác cho phép. Hãy đối chiếu hồ sơ địa chính.",
            en="{feature}: the papers say {stated}, {expected} were measured, {difference} apart, more than the {allowed} that the accuracy allows. Compare the cadastral file.",
        ),
        _legal_area,
    ),
    Rule(
        "agreement.declared_area",
        "note",
        ("zone", "admin_units"),
        Text("Diện tích công bố khác hình vẽ", "Declared area differs from the drawing"),
        Text(
            vi="{feature}: văn bản ghi {stated}, hình vẽ có {expected}, lệch {difference}, quá mức {allowed} mà độ chính xác cho phép. Hãy ghi rõ cả hai số khi trình.",
            en="{feature}: the document says {stated}, {expected} are drawn, {difference} apart, more than the {allowed} that the accuracy allows. State both figures.",
        ),
        _declared_area,
    ),
    Rule(
        "agreement.uses_sum",
        "error",
        ("parcels",),
        Text("Tổng các mục đích khác thửa", "Uses do not sum to the parcel"),
        Text(
            vi="{feature}: các dòng mục đích sử dụng cộng lại {stated}, thửa ghi {expected}. Hãy sửa cho tổng bằng diện tích thửa.",
            en="{feature}: its lines of use sum to {stated}, the parcel says {expected}. Make the lines sum to the parcel.",
        ),
        _uses_sum,
    ),
    Rule(
        "agreement.envelope",
        "error",
        ("parcels", "admin_units"),
        Text("Tổng các đối tượng khác phạm vi", "Units do not sum to what they enclose"),
        Text(
            vi="{feature}: tổng diện tích các đối tượng {stated}, phạm vi chúng bao {expected}, lệch {difference} do chồng lấn và khoảng hở (TT 25/2014, Điều 16 khoản 10). Hãy sửa các chỗ chồng lấn, khoảng hở ấy.",
            en="{feature}: the units sum to {stated}, they enclose {expected}, {difference} apart by overlaps and gaps (TT 25/2014, Art. 16.10). Mend those overlaps and gaps.",
        ),
        _envelope,
        version=2,
        whole=True,
    ),
)
