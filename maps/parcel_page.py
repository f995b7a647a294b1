"""The extract of a parcel as a page of text: every number through the one formatter, what is not known said so."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gis.language import Lang, Text
from layers.kinds import kind_title
from layers.land_use import land_uses
from maps.formatter import NO_DATA, show
from maps.labels import column_title, fact_title
from maps.layer_names import layer_title
from maps.numerals import day_text
from maps.parcel_words import event_title, word_of
from maps.sums_page import sums_page
from planning.parcel_layers import ESTABLISHED
from planning.record import Record

_AREAS = ("measured_area_m2", "legal_area_m2", "unit_m2", "drawn_less_measured_m2", "measured_less_legal_m2")
_SCENARIO = ("base_m2", "proposed_m2", "kept_m2", "added_m2", "removed_m2")
_ABOUT = (
    "owner_class",
    "owner",
    "address",
    "place_name",
    "origin_of_use",
    "handover_date",
    "source_scale",
    "accuracy_m",
    "document",
)
_IDENTIFIER = ("national_id", "provisional_id", "sure", "point", "northing_m", "easting_m", "transform", "accuracy_m")
_WIDTH = 30
_ORDER = (
    "areas",
    "uses",
    "change",
    "layers",
    "nets",
    "away",
    "unknown",
    "findings",
    "to_check",
    "papers",
    "about",
    "identifier",
)
# On a terminal the best evidence is told; files and JSON hold all.
_MOST_TOLD = 20


def page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the page."""
    return [line.rstrip() for line in _page(record, lang)]


def list_page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of a summary of many parcels: facts, and its tables of sums."""
    lines = [f"*** {record.notice} ***"] if record.notice else []
    lines += [_BY_SCENARIO.to(lang, scenario=record.scenario)] if record.scenario else []
    lines += ["", *(f"  {fact_title(key, lang):<46} {show(record, key, lang).text}" for key in record.facts)]
    for name in record.tables:
        if name.startswith("parcels.by_"):
            lines += sums_page(record, name, lang)
    if "parcels.to_check" in record.tables:
        lines += ["", _CHECK.to(lang), *islice(_to_check(record, lang), _MOST_TOLD)]
    return [*lines, *_section(_UNKNOWN, list(_unknown(record, lang)), lang), "", _RECORD.to(lang, id=record.id[:12])]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page.

    Attributes
    ----------
    key : what it is about
    title : heading
    pairs : titles with their values
    lines : sentences; those that are set in belong to the one before
    """

    key: str
    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


def sections(record: Record, lang: Lang) -> tuple[Section, ...]:
    """Return the parts of the page that say something, in the order in which they are read."""
    key = parcel_key(record)
    cells: dict[str, tuple[Text, list[tuple[str, str]]]] = {
        "areas": (_AREA, _cells(record, f"parcels[{key}]", _AREAS, lang)),
        "uses": (_USE, list(_uses(record, lang))),
        "change": (_CHANGE, _cells(record, f"parcels[{key}]", _SCENARIO, lang) if record.scenario else []),
        "about": (_ABOUT_PARCEL, _cells(record, f"parcels[{key}]", _ABOUT, lang, only_known=True)),
        "identifier": (_NUMBER, _cells(record, f"parcels.identifier[{key}]", _IDENTIFIER, lang)),
    }
    lines = {
        "layers": (_LAYERS, _layers),
        "nets": (_NETS, _nets),
        "away": (_AWAY, _away),
        "unknown": (_UNKNOWN, _unknown),
        "findings": (_FINDINGS, _findings),
        "to_check": (_CHECK, _to_check),
        "papers": (_PAPERS, _papers),
    }
    told = {name: Section(name, title.to(lang), pairs=tuple(pairs)) for name, (title, pairs) in cells.items()}
    told |= {name: Section(name, title.to(lang), lines=tuple(of(record, lang))) for name, (title, of) in lines.items()}
    return tuple(told[name] for name in _ORDER if told[name].pairs or told[name].lines)


def parcel_key(record: Record) -> str:
    """Return the key of the parcel that an extract tells of."""
    return str(record.tables["parcels"].frame["key"].iloc[0])


def _page(record: Record, lang: Lang) -> Iterator[str]:
    if record.notice:
        yield f"*** {record.notice} ***"
    yield extract_title(record, lang)
    if record.scenario:
        yield _BY_SCENARIO.to(lang, scenario=record.scenario)
    for section in sections(record, lang):
        yield from ("", section.title, *(f"  {title:<{_WIDTH}} {value}" for title, value in section.pairs))
        yield from section.lines
    yield ""
    yield extract_foot(record, lang)


def extract_foot(record: Record, lang: Lang) -> str:
    """Return what was chosen of personal data, and the Record."""
    return _FOOT.to(lang, personal=show(record, "choice.personal", lang).text, id=record.id[:12])


def _section(title: Text, lines: list[str], lang: Lang) -> list[str]:
    return ["", title.to(lang), *lines] if lines else []


def extract_title(record: Record, lang: Lang) -> str:
    """Return what the parcel is called, with the day of its commune code."""
    return f"{parcel_name(record, lang)} ({commune_code(record, lang)})"


def parcel_name(record: Record, lang: Lang) -> str:
    """Return what the parcel is called: number, sheet, commune."""
    row = record.tables["parcels"].row(parcel_key(record))
    place = ", ".join(str(one) for one in (row["commune_name"], row["district"]) if one) or str(row["commune"])
    return _PARCEL.to(lang, number=str(row["parcel_no"]), sheet=str(row["sheet_no"]), place=place)


def commune_code(record: Record, lang: Lang) -> str:
    """Return the code of the commune with the day from which it is valid."""
    row = record.tables["parcels"].row(parcel_key(record))
    if not row["commune_name"]:
        return _NO_VINTAGE.to(lang)
    return _CODE.to(lang, code=str(row["commune"]), day=day_text(str(row["valid_from"]), lang))


def _cells(
    record: Record, row: str, columns: tuple[str, ...], lang: Lang, *, only_known: bool = False
) -> list[tuple[str, str]]:
    table = record.tables.get(row.partition("[")[0])
    if table is None:
        return []
    there = [one for one in columns if one in table.columns]
    known = [one for one in there if not only_known or record.value(f"{row}.{one}") is not None]
    return [(column_title(one, lang), show(record, f"{row}.{one}", lang).text) for one in known]


def _rows(record: Record, table: str) -> Iterator[str]:
    if table in record.tables:
        yield from (f"{table}[{key}]" for key in record.tables[table].frame["key"])


def _uses(record: Record, lang: Lang) -> Iterator[tuple[str, str]]:
    told = set()
    for row in _rows(record, "parcels.uses"):
        code, basis = str(record.value(f"{row}.land_use")), str(record.value(f"{row}.basis"))
        told.add(basis)
        title = land_uses()[code].title.to(lang) if code in land_uses() else _NO_CODE.to(lang)
        role = show(record, f"{row}.role", lang).text if record.value(f"{row}.role") else _NO_ROLE.to(lang)
        star = record.value(f"{row}.star") or ""
        areas = [
            f"{column_title(name, lang).lower()} {show(record, f'{row}.{name}', lang).text}"
            for name in ("measured_area_m2", "legal_area_m2")
            if record.value(f"{row}.{name}") is not None
        ]
        yield _basis(basis, lang), f"{code}{star} {title} ({role}){': ' if areas else ''}{'; '.join(areas)}"
    for basis in ("current", "legal", "planned"):
        if basis not in told:
            yield _basis(basis, lang), NO_DATA.to(lang)


def _basis(basis: str, lang: Lang) -> str:
    word = word_of("basis", basis, lang)
    return f"{word[:1].upper()}{word[1:]}"


def _layers(record: Record, lang: Lang) -> Iterator[str]:
    for row in _rows(record, "parcels.layers"):
        value = {name: record.value(f"{row}.{name}") for name in record.tables["parcels.layers"].columns}
        version = "" if value["version"] == ESTABLISHED else f" ({word_of('version', str(value['version']), lang)})"
        kind = f" ({kind_title(str(value['kind']), lang)})" if value["kind"] else ""
        code = "" if value["class"] == value["name"] else f"{value['class']} "
        yield f"  {layer_title(str(value['layer']), lang)}{version}: {code}{value['name']}{kind}"
        told = {name: show(record, f"{row}.{name}", lang).text for name in ("state", "area_m2", "share", "length_m")}
        interval = [show(record, f"{row}.{name}", lang).text for name in ("share_min", "share_max")]
        if value["area_m2"] is None:
            yield f"      {told['state']}, {_LENGTH.to(lang, length=told['length_m'])}"
        else:
            share = f"{told['share']} ({' – '.join(interval)})"
            yield f"      {told['state']}, {told['area_m2']}, {share}; {_accuracy(record, row, lang)}"
        document = show(record, f"{row}.document", lang).text
        papers = f"; {value['papers']}" if value["papers"] else ""
        yield f"      {_DOCUMENT.to(lang)}: {document}{papers}"


def _accuracy(record: Record, row: str, lang: Lang) -> str:
    stated = record.value(f"{row}.accuracy_m") is not None
    return _STATED.to(lang, accuracy=show(record, f"{row}.accuracy_m", lang).text) if stated else _NOT_STATED.to(lang)


def _nets(record: Record, lang: Lang) -> Iterator[str]:
    for row in _rows(record, "parcels.nets"):
        told = {name: show(record, f"{row}.{name}", lang).text for name in ("gross_m2", "net_m2", "overlap_m2")}
        yield f"  {layer_title(str(record.value(f'{row}.layer')), lang)}: {_GROSS.to(lang, **told)}"
    withheld = record.facts.get("withheld.constraints")
    if withheld is not None and withheld.value:
        yield f"  {_WITHHELD.to(lang, count=show(record, 'withheld.constraints', lang).text)}"


def _away(record: Record, lang: Lang) -> Iterator[str]:
    names = [str(record.value(f"{row}.layer")) for row in _rows(record, "parcels.not_affected")]
    layers = [layer_title(one, lang) for one in names if "/" not in one]
    kinds = [kind_title(one.partition("/")[2], lang) for one in names if "/" in one]
    yield from (f"  {one}" for one in layers)
    if kinds:
        yield f"  {_KINDS.to(lang)}: {', '.join(kinds)}"


def _unknown(record: Record, lang: Lang) -> Iterator[str]:
    suffix = ".accuracy_m"
    yield from (f"  {layer_title(one, lang)}" for one in record.no_data if not one.endswith(suffix))
    accuracies = [layer_title(one.removesuffix(suffix), lang) for one in record.no_data if one.endswith(suffix)]
    if accuracies:
        yield f"  {_NO_ACCURACY.to(lang)}: {', '.join(accuracies)}"


def _findings(record: Record, lang: Lang) -> Iterator[str]:
    for row in _rows(record, "parcels.findings"):
        told = [record.value(f"{row}.{name}") for name in ("field", "value", "others")]
        yield f"  {', '.join(str(one) for one in told if one) or '–'} [{record.value(f'{row}.finding')}]"
        yield from mark_lines(record, row, lang)


def mark_lines(record: Record, row: str, lang: Lang) -> Iterator[str]:
    """Yield the newest word of an officer on a finding, and what it spoke of where that has changed."""
    if not record.value(f"{row}.mark"):
        return
    words = {name: show(record, f"{row}.mark_{name}", lang).text for name in ("reason", "by", "on")}
    paper = record.value(f"{row}.mark_paper") or "–"
    yield f"      {_MARKED.to(lang, word=show(record, f'{row}.mark', lang).text, paper=paper, **words)}"
    if record.value(f"{row}.mark_of"):
        yield f"      {_MARKED_OTHER.to(lang, answer=record.value(f'{row}.mark_of'))}"


def _to_check(record: Record, lang: Lang) -> Iterator[str]:
    for row in _rows(record, "parcels.to_check"):
        told = {
            name: show(record, f"{row}.{name}", lang).text
            for name in ("first", "first_use", "second", "second_use", "gap", "area_m2")
        }
        area = f", {told['area_m2']}" if record.value(f"{row}.area_m2") is not None else ""
        state = f", {show(record, f'{row}.state', lang).text}" if record.value(f"{row}.state") else ""
        compared = f"{told['first']} {told['first_use']} ≠ {told['second']} {told['second_use']}"
        parcel = f"{record.value(f'{row}.parcel')}: " if "parcel" in record.tables["parcels.to_check"].columns else ""
        yield f"  {parcel}{compared}: {told['gap']}{area}{state} [{record.value(f'{row}.finding')}]"
        yield from mark_lines(record, row, lang)


def _papers(record: Record, lang: Lang) -> Iterator[str]:
    for row in _rows(record, "parcels.papers"):
        told = [show(record, f"{row}.{name}", lang).text for name in ("kind", "number", "issuer", "issued_on")]
        yield f"  {', '.join(told)}"
    for row in _rows(record, "parcels.events"):
        kind = event_title(str(record.value(f"{row}.kind")), lang)
        told = [show(record, f"{row}.{name}", lang).text for name in ("day", "value", "document")]
        yield f"  {kind}: {', '.join(told)}"


_PARCEL = Text(vi="Thửa đất số {number}, tờ bản đồ số {sheet}, {place}", en="Parcel {number}, sheet {sheet}, {place}")
_CODE = Text(vi="mã xã {code} có hiệu lực từ {day}", en="commune code {code} valid from {day}")
_NO_VINTAGE = Text(vi="không rõ ngày hiệu lực của mã xã", en="the day of the commune code is not known")
_BY_SCENARIO = Text(vi="Theo phương án: {scenario}", en="By the scenario {scenario}")
_AREA = Text(vi="Diện tích", en="Areas")
_USE = Text(vi="Mục đích sử dụng", en="Uses")
_CHANGE = Text(vi="Diện tích trong khu kinh tế theo phương án", en="Area inside the zone by the scenario")
_LAYERS = Text(vi="Các lớp chạm vào thửa", en="Layers that touch the parcel")
_NETS = Text(vi="Chồng lấn", en="Overlaps")
_AWAY = Text(vi="Không chạm vào thửa", en="Not affected by")
_KINDS = Text(vi="Các loại hạn chế không chạm", en="Kinds of restrictions that do not touch")
_UNKNOWN = Text(
    vi="Không có số liệu, nên chưa thể nói là không bị ảnh hưởng", en="No data, which does not mean “not affected”"
)
_NO_ACCURACY = Text(vi="Độ chính xác chưa được nêu, coi đường là đúng", en="Accuracy not stated, lines taken as exact")
_FINDINGS = Text(vi="Phát hiện khi kiểm tra dữ liệu", en="Findings of checks")
_CHECK = Text(vi="Cần cán bộ kiểm tra (không phải kết luận)", en="Needs checking by an officer (no verdict)")
_PAPERS = Text(vi="Giấy tờ và sự kiện", en="Papers and events")
_ABOUT_PARCEL = Text(vi="Về thửa đất", en="About the parcel")
_NUMBER = Text(vi="Mã định danh thửa đất", en="National parcel identifier")
_NO_CODE = Text(vi="mã không có trong danh mục", en="not in the list of codes")
_NO_ROLE = Text(vi="không ghi vai trò", en="role not written")
_LENGTH = Text(vi="dài {length} trong thửa", en="{length} inside the parcel")
_STATED = Text(vi="đường biết chính xác đến {accuracy}", en="line known to {accuracy}")
_NOT_STATED = Text(vi="độ chính xác của đường chưa được nêu", en="accuracy of the line not stated")
_DOCUMENT = Text(vi="Văn bản", en="Document")
_GROSS = Text(
    vi="gộp {gross_m2}, trừ chồng lấn còn {net_m2} (chồng lấn {overlap_m2})",
    en="gross {gross_m2}, net {net_m2} (overlap {overlap_m2})",
)
_WITHHELD = Text(
    vi="Khu vực quốc phòng chạm vào thửa, không nêu chi tiết: {count}", en="Defence areas that touch, not told: {count}"
)
_MARKED = Text(
    vi="Ý kiến cán bộ: {word} ({on}, {by}); lý do: {reason}; văn bản: {paper}",
    en="Officer's word: {word} ({on}, {by}); reason: {reason}; paper: {paper}",
)
_MARKED_OTHER = Text(
    vi="khi đó phát hiện ghi “{answer}”, nay đã khác: cần xem lại ý kiến",
    en="the finding then said “{answer}”, which has changed: look at it again",
)
_RECORD = Text(vi="Hồ sơ kết quả {id}.", en="Record {id}.")
_FOOT = Text(vi="Dữ liệu cá nhân: {personal}. Hồ sơ kết quả {id}.", en="Personal data: {personal}. Record {id}.")
