"""Parcels: whether the land books are kept as the rules on cadastral records demand. Counts, over whole columns."""

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gis.language import Text
from gis.measure import to_mm2
from layers.land_use import land_uses
from layers.written_use import codes_of
from planning.coded import places_among
from planning.law.case import Case
from planning.law.figure import Figure
from planning.law.finding import MET, NOT_MET, NOTHING, Finding, needs, none_of
from planning.law.parcel_books import ParcelBooks
from planning.law.rule_set import Clause

_PARCELS_WANTED = Text(vi="Cần lớp thửa đất (parcels).", en="The layer of parcels is needed.")
_FIELD_WANTED = Text(vi="Thửa đất cần các trường: {fields}.", en="Parcels need the fields: {fields}.")
_REGISTER_WANTED = Text(
    vi="Cần bảng mục đích sử dụng của thửa (parcel_uses).", en="The uses of parcels (parcel_uses) are needed."
)


# So many figures at once stay in the cache of the processor.
_SLICE = 1 << 15


def areas_to_a_decimal(case: Case, clause: Clause) -> Finding:
    """Count the stated areas that have more decimals than the books keep."""
    books = _books_with(case, "measured_area_m2", "legal_area_m2")
    if isinstance(books, Finding):
        return books
    step_mm2 = int(clause.limit("step") * 1_000_000)
    stated = np.concatenate([books.stated(name).dropna().to_numpy() for name in ("measured_area_m2", "legal_area_m2")])
    slices = np.array_split(stated, len(stated) // _SLICE + 1)
    finer = sum(int(np.count_nonzero(to_mm2(some) % step_mm2)) for some in slices)
    return none_of(Figure.exact(finer, "count"))


def measured_and_legal(case: Case, clause: Clause) -> Finding:
    """Count the figures of the four columns that the books keep side by side: measured and legal, area and use."""
    if case.books is None:
        return needs(_PARCELS_WANTED)
    wanted = ("measured_area_m2", "legal_area_m2", "land_use", "legal_use")
    missing = [name for name in wanted if case.books.field(name) is None]
    figure = Figure.exact(len(wanted) - len(missing), "count")
    found = Finding(NOT_MET if missing else MET, NOTHING, figure, "≥", clause.limit("columns"))
    return found.noting(_FIELD_WANTED.filled(fields=", ".join(missing)) if missing else NOTHING)


def lines_of_uses(case: Case, clause: Clause) -> Finding:
    """Count the parcels of several uses that the register does not have on as many lines."""
    books = _books_with(case, "land_use")
    if isinstance(books, Finding):
        return books
    uses = books.texts("land_use").values(lambda text: len(codes_of(text)), 0, np.int64)
    several = np.flatnonzero(uses > 1)
    if not len(several):
        return none_of(Figure.exact(0, "count"))
    if books.register is None:
        return needs(_REGISTER_WANTED, Figure.exact(len(several), "count"))
    places = places_among(books.register["parcel"], books.keys.take(several))
    lines = np.bincount(places[places >= 0], minlength=len(several))
    return none_of(_count(lines < uses[several]))


def numbers_unique(case: Case, clause: Clause) -> Finding:
    """Count the parcels that share their number with one before them in the same sheet of the same commune."""
    return needs(_PARCELS_WANTED) if case.books is None else none_of(_count(case.books.repeated))


def numbers_after_merger(case: Case, clause: Clause) -> Finding:
    """Count the repeated numbers among parcels whose commune code is of the vintage after the merger."""
    books = _books_with(case, "valid_from")
    if isinstance(books, Finding):
        return books
    day, days = str(clause.thresholds["merged_on"].value), books.texts("valid_from")
    surely = int((books.repeated & days.rows(lambda text: text >= day)).sum())
    perhaps = int((books.repeated & days.missing).sum())
    return none_of(Figure.between(surely, surely, surely + perhaps, "count"))


def accuracy_of_scale(case: Case, clause: Clause) -> Finding:
    """Count the parcels whose stated accuracy is worse than the scale of their source allows."""
    books = _books_with(case, "source_scale", "accuracy_m")
    if isinstance(books, Finding):
        return books
    limit = _limits(books, clause)
    stated = books.stated("accuracy_m").to_numpy(dtype=np.float64)
    surely = int((stated > limit + _ROUNDING_M).sum())
    open_ = int((np.isnan(stated) | np.isnan(limit)).sum())
    return none_of(Figure.between(surely, surely, surely + open_, "count"))


# Limits are printed in whole centimetres.
_ROUNDING_M = 1e-6
_SCALES = {name.removeprefix("1:"): name for name in ("1:200", "1:500", "1:1000", "1:2000", "1:5000", "1:10000")}
SCALE_LIMITS = tuple(_SCALES.values())
_FACTOR_SCALES = ("1:1000", "1:2000")


def _limits(books: ParcelBooks, clause: Clause) -> Any:
    """Return the limit for every parcel, metres, shape (n,); NaN where no limit is set for the scale."""
    scales, uses = books.texts("source_scale"), books.coded("land_use")
    scale_of = {text: _SCALES.get(_digits(text), "") for text in scales.texts}
    found = scales.values(lambda text: float(clause.limit(scale_of[text])) if scale_of[text] else np.nan, np.nan)
    if uses is None:
        return found
    wider = uses.rows(_is_agricultural) & scales.rows(lambda text: scale_of[text] in _FACTOR_SCALES)
    return np.where(wider, found * float(clause.limit("agricultural_factor")), found)


def _digits(scale: str) -> str:
    """Return the number of a scale: that of “1:2.000” is 2000."""
    return "".join(sign for sign in str(scale).rpartition(":")[2].rpartition("/")[2] if sign.isdigit())


def _is_agricultural(written: str) -> bool:
    return all(code in land_uses() and land_uses()[code].head == "NNP" for code in codes_of(written))


_GEOHASH = r"^[0-9b-hjkmnp-z]{12}$"


def national_ids(case: Case, clause: Clause) -> Finding:
    """Count the national identifiers that are not of the prescribed form, or not unique; a missing one is open."""
    books = _books_with(case, "national_id")
    if isinstance(books, Finding):
        return books
    stated = books.stated("national_id").dropna()
    form = pc.match_substring_regex(pa.array(stated, pa.large_string()), _GEOHASH)
    wrong = ~form.to_numpy(zero_copy_only=False) | stated.duplicated().to_numpy()
    surely, missing = int(wrong.sum()), len(books) - len(stated)
    return none_of(Figure.between(surely, surely, surely + missing, "count"))


_UNKNOWN = Text(vi="Mã không có trong danh mục nào: {names}.", en="Codes that no list has: {names}.")
_OLD = Text(vi="Mã chỉ có trong danh mục trước 2024: {names}.", en="Codes of the lists before 2024 only: {names}.")


def known_codes(case: Case, clause: Clause) -> Finding:
    """Count the parcels whose land-use code is in no list; those of the older lists only are named."""
    books = _books_with(case, "land_use")
    if isinstance(books, Finding):
        return books
    uses = books.texts("land_use")
    codes = {text: codes_of(text) for text in uses.texts}
    strange = {text for text, its in codes.items() if any(code not in land_uses() for code in its)}
    old = {code for its in codes.values() for code in its if code in land_uses() and _is_old(code)}
    found = none_of(_count(uses.rows(strange.__contains__)))
    told = ((_UNKNOWN, strange), (_OLD, old))
    return found.noting(*(text.filled(names=", ".join(sorted(names))) for text, names in told if names))


def _is_old(code: str) -> bool:
    return land_uses()[code].regime == "2014/2018"


_EACH_TOLD = Text(
    vi="Mỗi phần có một dòng trong bảng chuyển đổi; không gán cả thửa cho phần lớn nhất.",
    en="Each part has its line in the transition table; no parcel is given whole to its largest part.",
)
_PLAN_WANTED = Text(
    vi="Cần lớp thửa đất và lớp khu chức năng.", en="The layers of parcels and functional areas are needed."
)


def parcels_in_several_uses(case: Case, clause: Clause) -> Finding:
    """Count the parcels that lie in several planned uses, or in one and out of it: every part is reported."""
    if case.planned is None:
        return needs(_PLAN_WANTED)
    areas = case.planned.proposed.areas
    parts = np.bincount(areas.unit, minlength=1)
    return Finding(MET, _EACH_TOLD, Figure.exact(int((parts > 1).sum()), "count"))


def _books_with(case: Case, *names: str) -> ParcelBooks | Finding:
    """Return the books where they have the fields, else what is missing of them."""
    if case.books is None:
        return needs(_PARCELS_WANTED)
    missing = [name for name in names if case.books.field(name) is None]
    return needs(_FIELD_WANTED.filled(fields=", ".join(missing))) if missing else case.books


def _count(flags: Any) -> Figure:
    return Figure.exact(Fraction(int(flags.sum())), "count")
