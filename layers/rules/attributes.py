"""Rules of attributes: values that do not fit their field, land-use codes, areas, days, texts in a legacy encoding."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas import DataFrame, Series

from gis.language import Text
from gis.vietnamese.detect import guess
from layers import events
from layers.catalog import LAYERS, TABLES
from layers.land_use import land_uses
from layers.rules.asked import Asked
from layers.rules.rule import Rule, found, nothing, places_of
from layers.rules.thresholds import threshold
from layers.schema import Field, TableSchema
from layers.written_use import codes_of, written_uses

_SCHEMAS: tuple[TableSchema, ...] = (*LAYERS, *TABLES)
_EVERY = tuple(schema.name for schema in _SCHEMAS)
_LAND_USES: Mapping[str, tuple[str, ...]] = {
    "parcels": ("land_use", "legal_use", "planned_use"),
    "parcel_uses": ("land_use",),
}
# Days on which something has happened; others may lie ahead.
_PAST: Mapping[str, tuple[str, ...]] = {
    "parcels": ("handover_date",),
    "projects": ("handover_date",),
    "papers": ("issued_on",),
    "events": ("day",),
}
_PAST_EVENTS = tuple(kind for kind in events.KINDS if kind in ("handover", "observation"))
_ORDER: Mapping[str, tuple[str, str]] = {
    "papers": ("issued_on", "expires_on"),
    "admin_units": ("valid_from", "valid_to"),
}
_AREAS: Mapping[str, tuple[str, ...]] = {
    schema.name: tuple(field.name for field in schema.fields if field.name.endswith(("_m2", "_ha")))
    for schema in _SCHEMAS
}
# Letters of Vietnamese, and signs that stand in its texts: anything else is foreign, or legacy text read as Latin-1.
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_SIGNS = "–—‘’“”…°²³·\u00a0"
_FOREIGN = f"[^ -~\t\r\n{_LETTERS}{_LETTERS.upper()}{_SIGNS}]"


def _at(asked: Asked, layer: str, rows: Any, field: str, values: Any = "", **columns: Any) -> DataFrame:
    """Return findings about one field of some rows."""
    rows = np.asarray(rows, dtype=np.int64)
    shapes = asked.sound(layer)
    places = places_of(shapes[rows]) if len(shapes) else {}
    return found(
        feature=asked.keys(layer, rows),
        field=np.full(len(rows), field, dtype=object),
        value=values,
        **places,
        **columns,
    )


def _of_fields(asked: Asked, layer: str, fields: Any, which: Callable[[Series, str], Any]) -> DataFrame:
    """Return the rows of each field that `which` chooses, with the value as it is written."""
    rows = asked.rows(layer)
    parts = [nothing()]
    for name in fields:
        if name in rows:
            chosen = np.flatnonzero(which(rows[name], name))
            if not len(chosen):
                continue
            parts.append(_at(asked, layer, chosen, name, _written(rows[name].iloc[chosen])))
    return pd.concat(parts, ignore_index=True)


def _written(values: Series) -> Any:
    return (
        values.map(lambda one: f"{one:.15g}" if isinstance(one, float) else str(one), na_action="ignore")
        .astype(object)
        .where(values.notna(), "")
        .to_numpy()
    )


def _misfit(kind: str) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        reading = asked.reading(layer)
        if reading is None:
            return nothing()
        parts = [nothing()]
        for one in reading.misfits:
            field = reading.schema.field(one.field)
            if field is not None and field.type == kind:
                parts.append(
                    _at(asked, layer, one.rows, one.field, np.array([str(value) for value in one.values], dtype=object))
                )
        return pd.concat(parts, ignore_index=True)

    return find


def _code_unknown(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    fields = {field.name: field for field in reading.schema.fields if field.codes} if reading is not None else {}
    return _of_fields(asked, layer, fields, lambda values, name: values.notna() & ~values.isin(fields[name].codes))


def _judged(values: Series, judge: Callable[[str], bool]) -> Any:
    """Return for which values `judge` says so; each different value is judged once."""
    told = {value: judge(value) for value in values.dropna().unique()}
    return values.map(told).fillna(value=False).to_numpy(dtype=np.bool_)


def _is_unknown(written: str) -> bool:
    return any(code not in land_uses() for code in codes_of(written)) or not codes_of(written)


def _is_misspelt(written: str) -> bool:
    return not _is_unknown(written) and not all(use.is_known for use in written_uses(written))


def _is_total(written: str) -> bool:
    return any(land_uses()[code].overlay for code in codes_of(written) if code in land_uses())


def _regimes(written: str) -> frozenset[str]:
    """Return the regimes that a written land use can only be of."""
    return frozenset(land_uses()[code].regime for code in codes_of(written) if code in land_uses()) - {"both"}


def _land_use(judge: Callable[[str], bool]) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        return _of_fields(asked, layer, _LAND_USES[layer], lambda values, _: _judged(values, judge))

    return find


def _mixed_regimes(asked: Asked, layer: str) -> DataFrame:
    """Return sheets whose current land use is written in codes of both regimes, one finding a sheet."""
    rows = asked.rows(layer)
    names = [name for name in ("commune", "valid_from", "sheet_no") if name in rows]
    if "land_use" not in rows or not len(rows):
        return nothing()
    of_value = {value: _regimes(value) for value in rows["land_use"].dropna().unique()}
    old, new = (
        rows["land_use"].map({value: regime in one for value, one in of_value.items()}).fillna(value=False)
        for regime in ("2014/2018", "2024")
    )
    sheets = (
        DataFrame({"old": old.astype(bool), "new": new.astype(bool)})
        .groupby([rows[name] for name in names], dropna=False, sort=False)
        .agg("max")
    )
    mixed = sheets.index[(sheets["old"] & sheets["new"]).to_numpy()]
    if not len(mixed):
        return nothing()
    first = ~rows.duplicated(names).to_numpy() & rows.set_index(names).index.isin(mixed)
    positions = np.flatnonzero(first)
    sheet = rows["commune"].iloc[positions].astype(str) + "/" + rows["sheet_no"].iloc[positions].astype(str)
    return _at(asked, layer, positions, "land_use").assign(feature=sheet.to_numpy(dtype=object))


def _area_missing(name: str) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        reading = asked.reading(layer)
        if reading is None:
            return nothing()
        told = {row for one in reading.misfits if one.field == name for row in one.rows.tolist()}
        if name not in reading.rows:
            return nothing()
        rows = np.setdiff1d(np.flatnonzero(reading.rows[name].isna()), np.array(sorted(told), dtype=np.int64))
        return _at(asked, layer, rows, name)

    return find


def _area_not_positive(asked: Asked, layer: str) -> DataFrame:
    return _of_fields(asked, layer, _AREAS[layer], lambda values, _: values <= 0)


def _in_future(asked: Asked, layer: str) -> DataFrame:
    rows = asked.rows(layer)
    happened = rows["kind"].isin(_PAST_EVENTS) if layer == "events" and "kind" in rows else True
    return _of_fields(
        asked, layer, _PAST[layer], lambda values, _: (values > asked.today).fillna(value=False) & happened
    )


def _too_early(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    days = [field.name for field in reading.schema.fields if field.type == "date"] if reading is not None else []
    earliest = date.fromisoformat(str(int(threshold("earliest_day")))).isoformat()
    return _of_fields(asked, layer, days, lambda values, _: (values < earliest).fillna(value=False))


def _out_of_order(asked: Asked, layer: str) -> DataFrame:
    rows, (first, second) = asked.rows(layer), _ORDER[layer]
    if first not in rows or second not in rows:
        return nothing()
    wrong = np.flatnonzero((rows[second] < rows[first]).fillna(value=False))
    return _at(asked, layer, wrong, second, _written(rows[second].iloc[wrong]))


def _legacy_text(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    if reading is None:
        return nothing()
    names = [
        str(name)
        for name in reading.rows.columns
        if name != "geometry" and _is_text(reading.schema.field(str(name)), reading.rows[name])
    ]
    return _of_fields(asked, layer, names, lambda values, _: _is_legacy(values))


def _is_text(field: Field | None, values: Series) -> bool:
    return field.type == "text" if field is not None else pd.api.types.is_string_dtype(values.dtype)


def _is_legacy(values: Series) -> Any:
    """Tell which texts are surely of another encoding; only those with a letter that Vietnamese lacks are asked."""
    texts = pa.array(values, type=pa.large_string(), from_pandas=True)
    foreign = pc.fill_null(pc.match_substring_regex(texts, _FOREIGN), False).to_numpy(zero_copy_only=False)  # noqa: FBT003
    suspects = values[foreign]
    legacy = np.zeros(len(values), dtype=np.bool_)
    legacy[foreign] = _judged(suspects, _is_surely_legacy)
    return legacy


def _is_surely_legacy(text: str) -> bool:
    told = guess([text])
    return told.sure and told.best != "unicode" and told.readings[0].score > 0


_NUMBERS, _DATES, _FLAGS = "number", "date", "flag"
ATTRIBUTES: tuple[Rule, ...] = (
    Rule(
        "attributes.not_a_number",
        "error",
        _EVERY,
        Text("Không phải là số", "Not a number"),
        Text(
            vi="{feature}: trường “{field}” có giá trị “{value}”, không phải là số. Hãy ghi số, phần thập phân sau dấu chấm.",
            en="{feature}: the field “{field}” has the value “{value}”, which is no number. Write a number.",
        ),
        _misfit(_NUMBERS),
    ),
    Rule(
        "attributes.not_a_date",
        "error",
        _EVERY,
        Text("Không phải là ngày", "Not a date"),
        Text(
            vi="{feature}: trường “{field}” có giá trị “{value}”, không phải là ngày. Hãy ghi dạng 2025-07-01.",
            en="{feature}: the field “{field}” has the value “{value}”, which is no date. Write it as 2025-07-01.",
        ),
        _misfit(_DATES),
    ),
    Rule(
        "attributes.not_yes_or_no",
        "error",
        _EVERY,
        Text("Không phải có/không", "Neither yes nor no"),
        Text(
            vi="{feature}: trường “{field}” có giá trị “{value}”. Hãy ghi có hoặc không.",
            en="{feature}: the field “{field}” has the value “{value}”. Write yes or no.",
        ),
        _misfit(_FLAGS),
    ),
    Rule(
        "attributes.code_unknown",
        "error",
        _EVERY,
        Text("Mã không có trong danh mục", "Code not in the list"),
        Text(
            vi="{feature}: trường “{field}” có giá trị “{value}”, không thuộc danh mục. Hãy chọn một mã trong danh mục.",
            en="{feature}: the field “{field}” has the value “{value}”, which is not in the list. Choose a code of the list.",
        ),
        _code_unknown,
    ),
    Rule(
        "attributes.land_use_unknown",
        "error",
        tuple(_LAND_USES),
        Text("Mã loại đất không có", "Unknown land-use code"),
        Text(
            vi="{feature}: trường “{field}” có mã loại đất “{value}” không thuộc danh mục 2014/2018 hay 2024. Hãy tra giấy tờ và ghi lại mã.",
            en="{feature}: the field “{field}” has the land-use code “{value}”, in neither the list of 2014/2018 nor of 2024. Look it up in the papers.",
        ),
        _land_use(_is_unknown),
    ),
    Rule(
        "attributes.land_use_spelling",
        "warning",
        tuple(_LAND_USES),
        Text("Mã loại đất viết sai kiểu", "Misspelt land-use code"),
        Text(
            vi="{feature}: trường “{field}” ghi “{value}”; mã loại đất viết bằng chữ in hoa, không có khoảng trắng. Hãy viết lại.",
            en="{feature}: the field “{field}” says “{value}”; land-use codes are written in capitals without spaces. Write it so.",
        ),
        _land_use(_is_misspelt),
    ),
    Rule(
        "attributes.land_use_total",
        "warning",
        tuple(_LAND_USES),
        Text("Chỉ tiêu tổng hợp, không phải loại đất", "A total, not a land use"),
        Text(
            vi="{feature}: trường “{field}” ghi “{value}” là chỉ tiêu chồng lớp, không cộng với loại đất khác. Hãy ghi loại đất cụ thể.",
            en="{feature}: the field “{field}” says “{value}”, an overlay total that is never summed with land uses. Write the land use itself.",
        ),
        _land_use(_is_total),
    ),
    Rule(
        "attributes.land_use_regimes",
        "warning",
        ("parcels",),
        Text("Lẫn mã hai thời kỳ", "Codes of two regimes"),
        Text(
            vi="Tờ {feature}: loại đất ghi lẫn mã của 2014/2018 và mã của 2024. Hãy chuyển cả tờ về một danh mục.",
            en="Sheet {feature}: land uses are written in codes of 2014/2018 and of 2024. Bring the whole sheet to one list.",
        ),
        _mixed_regimes,
        whole=True,
    ),
    Rule(
        "attributes.measured_area_missing",
        "warning",
        ("parcels",),
        Text("Thiếu diện tích đo đạc", "Measured area missing"),
        Text(
            vi="{feature}: chưa có diện tích đo đạc. Hãy lấy từ sổ mục kê hoặc tính từ bản vẽ.",
            en="{feature}: the measured area is missing. Take it from the register, or from the drawing.",
        ),
        _area_missing("measured_area_m2"),
    ),
    Rule(
        "attributes.legal_area_missing",
        "note",
        ("parcels",),
        Text("Thiếu diện tích pháp lý", "Legal area missing"),
        Text(
            vi="{feature}: chưa có diện tích theo giấy tờ. Nếu thửa đã có giấy, hãy ghi diện tích trên giấy.",
            en="{feature}: the legal area is missing. If the parcel has papers, write the area that they state.",
        ),
        _area_missing("legal_area_m2"),
    ),
    Rule(
        "attributes.area_not_positive",
        "error",
        tuple(name for name, fields in _AREAS.items() if fields),
        Text("Diện tích không dương", "Area not positive"),
        Text(
            vi="{feature}: trường “{field}” ghi {value}; diện tích phải lớn hơn 0. Hãy tra lại nguồn, để trống nếu chưa biết.",
            en="{feature}: the field “{field}” says {value}; an area is more than 0. Look it up, and leave it empty if it is not known.",
        ),
        _area_not_positive,
    ),
    Rule(
        "attributes.date_in_future",
        "error",
        tuple(_PAST),
        Text("Ngày ở tương lai", "Day in the future"),
        Text(
            vi="{feature}: trường “{field}” ghi ngày {value}, chưa tới. Hãy tra lại giấy tờ.",
            en="{feature}: the field “{field}” says {value}, a day still to come. Look it up in the papers.",
        ),
        _in_future,
    ),
    Rule(
        "attributes.date_too_early",
        "error",
        _EVERY,
        Text("Ngày quá sớm", "Day too early"),
        Text(
            vi="{feature}: trường “{field}” ghi ngày {value}, có lẽ do ô trống của bảng tính. Hãy tra lại, để trống nếu chưa biết.",
            en="{feature}: the field “{field}” says {value}, which an empty cell of a spreadsheet may have become. Look it up, or leave it empty.",
        ),
        _too_early,
    ),
    Rule(
        "attributes.dates_out_of_order",
        "error",
        tuple(_ORDER),
        Text("Ngày hết hạn trước ngày bắt đầu", "Ends before it begins"),
        Text(
            vi="{feature}: trường “{field}” ghi ngày {value}, trước ngày bắt đầu. Hãy tra lại giấy tờ.",
            en="{feature}: the field “{field}” says {value}, before it begins. Look it up in the papers.",
        ),
        _out_of_order,
    ),
    Rule(
        "attributes.legacy_text",
        "warning",
        _EVERY,
        Text("Chữ chưa phải Unicode", "Text not in Unicode"),
        Text(
            vi="{feature}: trường “{field}” có chữ theo bảng mã cũ (TCVN3, VNI). Hãy nhập lại lớp với --encoding, hoặc gõ lại.",
            en="{feature}: the field “{field}” has text of a legacy encoding (TCVN3, VNI). Import the layer again with --encoding, or retype it.",
        ),
        _legacy_text,
    ),
)
