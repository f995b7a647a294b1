"""Naming a parcel: commune of any vintage, sheet, number; several hits are listed, never guessed.

A commune is named as its parcels are numbered, or as it was called before or since: the communes on the same land, in
the vintage of the parcels, are looked through. A code without a day is read as the layer itself writes it; what it
would mean in another vintage is told beside the answer.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from pandas import DataFrame, Series, isna

from gis.language import Text
from layers.withheld import withheld
from planning.cadastre import Cadastre, Ints
from planning.communes import Commune, Communes
from planning.errors import CommuneUnknown, NoParcelThere, OwnerUnknown, ParcelKeyWrong, ParcelUnknown, ParcelWithheld

# As the code stands in the layer, or by a name or code of the same or of another vintage, or by something else.
Way = Literal["key", "same", "other", "place", "owner", "identifier"]

# "thửa 345 tờ 12 xã Đồng Đăng", as letters and decisions have it.
_IN_WORDS = re.compile(
    r"\s*th[ửứu]a(?:\s+(?:đất|dat))?(?:\s+s[ốo])?\s+(?P<number>\w+)\s*,?\s*"
    r"t[ờo](?:\s+(?:bản\s+đồ|ban\s+do))?(?:\s+s[ốo])?\s+(?P<sheet>\w+)\s*,?\s*(?P<commune>\S.*)",
    re.IGNORECASE,
)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """A parcel as somebody names it."""

    commune: str
    sheet: str
    number: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A parcel that was found.

    Attributes
    ----------
    position : row in the cadastre
    key : key of the parcel, with the day of its commune code where that is known
    commune : its commune in the vintage of its code; None where no layer names it
    way : how it was found
    asked : the commune of the question, where it is another one than that of the parcel
    owner : the land user, where the question was for one
    """

    position: int
    key: str
    commune: Commune | None
    way: Way
    asked: Commune | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found.

    Attributes
    ----------
    hits : the parcels
    other : what the same words would mean in other vintages
    left_out : number of parcels of defence and security land that are not named
    """

    hits: tuple[Hit, ...]
    other: tuple[Hit, ...] = ()
    left_out: int = 0


def parse_key(text: str) -> Named:
    """Return commune, sheet and number of a key.

    Raises
    ------
    ParcelKeyWrong

    Examples
    --------
    >>> parse_key("Cao Lộc/Thụy Hùng / 12 / 345")
    Named(commune='Cao Lộc/Thụy Hùng', sheet='12', number='345')
    >>> parse_key("Thửa đất số 345, tờ bản đồ số 12, xã Đồng Đăng")
    Named(commune='xã Đồng Đăng', sheet='12', number='345')
    """
    words = _IN_WORDS.fullmatch(text)
    if words:
        return Named(words["commune"].strip(), words["sheet"], words["number"])
    parts = [part.strip() for part in text.rsplit("/", 2)]
    if len(parts) != 3 or not all(parts):
        raise ParcelKeyWrong(key=text)
    return Named(*parts)


def find(cadastre: Cadastre, communes: Communes, text: str) -> Found:
    """Return the parcels that `text` may mean: a key, or an official national identifier.

    Raises
    ------
    ParcelKeyWrong, CommuneUnknown, ParcelUnknown
    """
    identified = cadastre.identified(text.strip())
    if len(identified):
        return Found(_hits(cadastre, communes, identified, "identifier"))
    named = parse_key(text)
    number, _, repeat = named.number.partition("#")
    suspects = cadastre.numbered(named.sheet, number)
    if repeat:
        suspects = suspects[cadastre.keys.iloc[suspects].str.endswith(f"#{repeat}").to_numpy()]
    exact = _with_codes(cadastre, suspects, (named.commune,), None)
    others = _by_commune(cadastre, communes, suspects, named.commune)
    hits = _hits(cadastre, communes, exact, "key") or others
    if not hits:
        raise _unknown(cadastre, communes, named)
    positions = {one.position for one in hits}
    return Found(hits, tuple(one for one in others if one.position not in positions))


def find_at(cadastre: Cadastre, communes: Communes, easting: float, northing: float) -> Found:
    """Return the parcels that a point lies in, or on the edge of.

    Raises
    ------
    NoParcelThere
        Naming the nearest parcel, and saying whether the two numbers look exchanged.
    """
    found = cadastre.at(easting, northing)
    if not len(found):
        raise _nothing_there(cadastre, easting, northing)
    return Found(_hits(cadastre, communes, found, "place"))


def find_owned(cadastre: Cadastre, communes: Communes, owner: str, *, with_defence: bool = False) -> Found:
    """Return the parcels of a land user, by a part of the name; defence and security land is counted, unless asked for.

    Raises
    ------
    OwnerUnknown
    ParcelWithheld
        All that the land user has is defence or security land.
    """
    found, names = cadastre.owned_by(owner) if owner.strip() else (np.zeros(0, dtype=np.int64), ())
    if not len(found):
        raise OwnerUnknown(owner=owner)
    hits = [
        replace(hit, owner=name) for hit, name in zip(_hits(cadastre, communes, found, "owner"), names, strict=True)
    ]
    held = withheld(cadastre.rows_at(found, ("land_use", "legal_use", "planned_use")))
    told = tuple(hit for hit, is_held in zip(hits, held, strict=True) if with_defence or not is_held)
    if not told:
        raise ParcelWithheld(key=hits[0].key)
    return Found(told, left_out=len(hits) - len(told))


def hit_at(cadastre: Cadastre, communes: Communes, position: int) -> Hit:
    """Return the parcel at a row position, as found by its key."""
    return _hits(cadastre, communes, np.array([position]), "key")[0]


def _by_commune(cadastre: Cadastre, communes: Communes, suspects: Ints, text: str) -> tuple[Hit, ...]:
    """Return the suspects that lie in a commune that `text` names, directly or through another vintage."""
    hits: dict[int, Hit] = {}
    for asked in communes.named(text):
        for day in cadastre.vintages:
            same = day is None or day == asked.day
            there = (asked,) if same else communes.on_the_land_of(asked, day or "")
            found = _with_codes(cadastre, suspects, tuple(one.code for one in there), day)
            if not same:
                found = _on_the_land(cadastre, communes, found, asked)
            for hit in _hits(cadastre, communes, found, "same" if same else "other", None if same else asked):
                if hit.position not in hits or same:
                    hits[hit.position] = hit
    return tuple(hits[position] for position in sorted(hits))


def _with_codes(cadastre: Cadastre, suspects: Ints, codes: tuple[str, ...], day: str | None) -> Ints:
    wanted = {code.partition("@")[0] for code in codes}
    days = {code.partition("@")[2] for code in codes} - {""} | ({day} if day else set())
    numbered_in = cadastre.communes.iloc[suspects]
    fits = numbered_in["commune"].isin(wanted) & (numbered_in["valid_from"].isin(days) | (not days))
    fitting: Ints = suspects[fits.to_numpy(dtype=np.bool_)]
    return fitting


def _on_the_land(cadastre: Cadastre, communes: Communes, found: Ints, asked: Commune) -> Ints:
    """Return those that lie for more than a half in the commune of the question, where its shape tells."""
    shape = communes.shape_of(asked)
    if shape is None or not len(found):
        return found
    shapes = cadastre.fabric.drawn(found)
    common, whole = shapely.area(shapely.intersection(shapes, shape)), shapely.area(shapes)
    lying: Ints = found[(common > _HALF * whole) | (whole == 0)]
    return lying


def _hits(
    cadastre: Cadastre, communes: Communes, found: Ints, way: Way, asked: Commune | None = None
) -> tuple[Hit, ...]:
    return tuple(_hit(cadastre, communes, int(position), way, asked) for position in found)


def _hit(cadastre: Cadastre, communes: Communes, position: int, way: Way, asked: Commune | None) -> Hit:
    code, day = cadastre.communes.iloc[position]
    key, dated = str(cadastre.keys.iloc[position]), not isna(day)
    named = communes.coded(code, day) if dated else ()
    full = f"{code}@{day}{key.removeprefix(code)}" if dated else key
    return Hit(position, full, named[0] if named else None, way, asked)


def _unknown(cadastre: Cadastre, communes: Communes, named: Named) -> CommuneUnknown | ParcelUnknown:
    asked = communes.named(named.commune)
    if not asked and not len(_codes(cadastre, (named.commune,))):
        alike = ", ".join(f"“{one.name}” ({one.dated_code})" for one in communes.sounding_like(named.commune))
        vintages = ", ".join(sorted({one.day for one in communes.all})) or "–"
        return CommuneUnknown(
            commune=named.commune, vintages=vintages, alike=_ALIKE.filled(names=alike) if alike else ""
        )
    there = {
        near.code for one in asked for day in cadastre.vintages for near in communes.on_the_land_of(one, day or one.day)
    }
    rows = _codes(cadastre, tuple(there) or (named.commune,))
    on_sheet = rows[rows["sheet_no"].str.lstrip("0") == named.sheet.lstrip("0")]
    if len(on_sheet):
        told = _NUMBERS.filled(numbers=_some(on_sheet["parcel_no"]))
    else:
        told = _SHEETS.filled(sheets=_some(rows["sheet_no"])) if len(rows) else _NOTHING
    names = ", ".join(f"{one.name} ({one.day})" for one in asked) or named.commune
    return ParcelUnknown(number=named.number, sheet=named.sheet, communes=names, there=told)


def _codes(cadastre: Cadastre, codes: tuple[str, ...]) -> DataFrame:
    rows = cadastre.fields(("commune", "sheet_no", "parcel_no"))
    return rows[rows["commune"].isin({code.partition("@")[0] for code in codes})]


def _some(values: Series) -> str:
    every = sorted(values.dropna().unique(), key=lambda one: (len(one), one))
    return ", ".join(every) if len(every) <= 12 else f"{', '.join(every[:10])} … {every[-1]}"


def _nothing_there(cadastre: Cadastre, easting: float, northing: float) -> NoParcelThere:
    nearest = cadastre.nearest(easting, northing)
    if len(cadastre.at(northing, easting)):
        told = _EXCHANGED
    elif nearest is None:
        told = _NOTHING
    else:
        told = _NEAREST.filled(key=cadastre.keys.iloc[nearest[0]], distance=f"{nearest[1]:.0f}")
    return NoParcelThere(northing=f"{northing:.3f}", easting=f"{easting:.3f}", nearest=told)


_ALIKE = Text(vi=" Gần giống: {names}.", en=" It sounds like: {names}.")
_NUMBERS = Text(vi="Tờ này có các thửa: {numbers}.", en="That sheet has the parcels {numbers}.")
_SHEETS = Text(vi="Các tờ có thửa ở đó: {sheets}.", en="Sheets with parcels there: {sheets}.")
_NOTHING = Text(vi="Lớp thửa đất không có thửa nào ở đó.", en="The parcel layer has none there.")
_NEAREST = Text(vi="Thửa gần nhất: {key}, cách {distance} m.", en="The nearest parcel is {key}, {distance} m away.")
_EXCHANGED = Text(
    vi="Nếu đổi chỗ hai số thì có thửa: hãy ghi X (Bắc) trước, Y (Đông) sau.",
    en="With the two numbers exchanged there is one: write the northing first, then the easting.",
)
