"""The register of yards as a page of text: the figures, then what each operator is to be asked for."""
# ruff: noqa: E501 -- a sentence stands on one line

from collections.abc import Iterator

from gis.language import Lang, Text
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from maps.formatter import show
from maps.labels import column_title, fact_title, missing_title, table_title
from maps.yard_recognition import recognition_lines
from planning.gate_shares import UNSERVED
from planning.law.yard_recognition import RECOGNITION
from planning.record import Record
from planning.yard_capacity import CAPACITY
from planning.yard_flow import FLOW_YARDS, GATES, INPUTS, SENSITIVITY
from planning.yard_ground import LARGER, SMALLER
from planning.yard_papers import MISSING
from planning.yard_plan import BY_GATE, DEMAND, MOVED, PLAN, UNCHANGED
from planning.yard_register import GROUND_TABLE, OPERATORS, REMINDERS

_WIDTH = 58


def page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the register."""
    return [line.rstrip() for line in _page(record, lang)]


def capacity_page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the layouts: the measures, then a line for each yard."""
    lines = [*_measures(record, lang), "", table_title(CAPACITY, lang)]
    for key in record.tables[CAPACITY].frame["key"]:
        row = f"{CAPACITY}[{key}]"
        told = {one: _bounded(record, row, one, lang) for one in _LAID_OUT}
        lines.append(_LAYOUT.to(lang, **told))
    return [line.rstrip() for line in (*lines, *_bounds(record, lang), *end(record, lang), _ONLY_A_PLAN.to(lang))]


def plan_page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of a plan: sums, what changes, by gate, who is moved, and what it could hold."""
    lines = [*head(record, lang), "", table_title(PLAN, lang)]
    rows = record.tables[PLAN].frame
    changed, columns = rows["key"][rows["change"] != UNCHANGED], ("key", "name", "change", *_BESIDE)
    lines += [_CHANGED.to(lang, **_told(record, f"{PLAN}[{key}]", columns, lang)) for key in changed]
    for name in (BY_GATE, MOVED):
        lines += ["", table_title(name, lang)]
        for key in record.tables[name].frame["key"]:
            columns = ("key", *_BESIDE, "yards_before", "yards_after")
            lines.append(_SUMMED.to(lang, **_told(record, f"{name}[{key}]", columns, lang)))
    lines += ["", table_title(DEMAND, lang)]
    for key in record.tables[DEMAND].frame["key"]:
        lines.append(_HELD.to(lang, **_told(record, f"{DEMAND}[{key}]", _OF_DEMAND, lang)))
    return [line.rstrip() for line in (*lines, *_bounds(record, lang), *end(record, lang), _ONLY_A_PLAN.to(lang))]


def flow_page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the model of flow: that it is one, what it rests on, by gate, and how far it hangs on what."""
    lines = [_MODEL.to(lang), *head(record, lang), *_left_out(record, lang), *_unserved(record, lang)]
    for name, words, columns in (
        (INPUTS, _INPUT, ("input", "value", "confidence", "source")),
        (GATES, _AT_GATE, ("key", "slots", "arrivals", "parked_most", "waiting_most", "waiting_worst")),
        (SENSITIVITY, _WHEN, ("changed", "factor", "waiting_most", "overflow_hours")),
    ):
        lines += ["", table_title(name, lang)]
        lines += [
            words.to(lang, **_told(record, f"{name}[{key}]", columns, lang)) for key in record.tables[name].frame["key"]
        ]
    return [line.rstrip() for line in (*lines, *_bounds(record, lang), *end(record, lang), _MODEL.to(lang))]


def _left_out(record: Record, lang: Lang) -> Iterator[str]:
    """Yield the yards to which the model sends nothing, with the gate that their layer states."""
    rows = record.tables[FLOW_YARDS].frame
    unknown = rows[rows["gate"].isna()]
    if len(unknown):
        yield from ("", _LEFT_OUT.to(lang))
    for key, stated in zip(unknown["key"], unknown["gate_stated"], strict=True):
        told = _told(record, f"{FLOW_YARDS}[{key}]", ("slots", "gate_stated"), lang)
        yield (_GATE_UNKNOWN if isinstance(stated, str) else _GATE_BLANK).to(lang, key=key, **told)


def _unserved(record: Record, lang: Lang) -> Iterator[str]:
    """Yield the gates whose vehicles the model does not send, for they have no yards, and those nobody sends any to."""
    unserved, gates = record.tables[UNSERVED].frame, record.tables[GATES].frame
    if len(unserved):
        yield from ("", _UNSERVED.to(lang))
    for key in unserved["key"]:
        yield _TO_GATE.to(lang, **_told(record, f"{UNSERVED}[{key}]", ("key", "share", "vehicles"), lang))
    unstated = gates["key"][gates["share"].isna()]
    if len(unstated):
        yield from ("", _UNSTATED.to(lang), *(f"  {gate}" for gate in unstated))


def _told(record: Record, row: str, columns: tuple[str, ...], lang: Lang) -> dict[str, str]:
    """Return cells as text; what is not there on one side of a plan is a dash."""
    return {one: "–" if record.value(f"{row}.{one}") is None else _bounded(record, row, one, lang) for one in columns}


def _bounded(record: Record, row: str, column: str, lang: Lang) -> str:
    """Return a cell as text; what rests on slots that are an upper bound says so."""
    text = show(record, f"{row}.{column}", lang).text
    bound = _UPPER_OF.get(column)
    if bound is None:
        return text
    key = f"{row}.{bound}" if bound in record.tables[row.partition("[")[0]].columns else f"yards.plan.{bound}"
    return f"{_AT_MOST}{text}" if record.value(key) else text


def _bounds(record: Record, lang: Lang) -> Iterator[str]:
    """Yield what the sign of an upper bound means, where it stands."""
    if any(record.value(key) for key in record.facts if ".slots_upper" in key):
        yield from ("", _UPPER.to(lang, sign=_AT_MOST.strip()))


def _measures(record: Record, lang: Lang) -> Iterator[str]:
    if record.notice:
        yield f"*** {record.notice} ***"
    for key in (one for one in record.facts if one.startswith("yards.")):
        yield f"  {fact_title(key, lang):<{_WIDTH}} {show(record, key, lang).text}"


def head(record: Record, lang: Lang) -> Iterator[str]:
    """Yield the notice and the scalar facts of a Record."""
    if record.notice:
        yield f"*** {record.notice} ***"
    for key in record.facts:
        yield f"  {fact_title(key, lang):<{_WIDTH}} {show(record, key, lang).text}"


def end(record: Record, lang: Lang) -> Iterator[str]:
    """Yield what is missing, and the name of the Record."""
    if record.no_data:
        yield ""
        yield _NO_DATA.to(lang, layers=", ".join(missing_title(one, lang) for one in record.no_data))
    yield from ("", _RECORD.to(lang, id=record.id[:12]))


def _page(record: Record, lang: Lang) -> Iterator[str]:
    first, *others = head(record, lang)
    broken = list(recognition_lines(record, lang))
    # A boundary change that breaks a recognition is told before all that can wait, but not before that it is invented.
    told = ("", table_title(RECOGNITION, lang).upper(), *(f"  {line}" for line in broken), "") if broken else ()
    yield from (first, *told, *others) if record.notice else (*told, first, *others)
    due = record.tables[REMINDERS].frame
    if len(due):
        yield from ("", table_title(REMINDERS, lang))
    for operator, rows in due.groupby("operator", dropna=False, sort=False):
        yield f"  {_operator(record, operator, lang)}"
        for key in rows["key"]:
            yield f"    {_reminder(record, str(key), lang)}"
    ground = [line for key in record.tables[GROUND_TABLE].frame["key"] for line in _ground(record, str(key), lang)]
    yield from ("", table_title(GROUND_TABLE, lang), *ground) if ground else ()
    yield from end(record, lang)
    yield _ROUND_TRIP.to(lang)


def _operator(record: Record, operator: object, lang: Lang) -> str:
    row = f"{OPERATORS}[{operator}]" if isinstance(operator, str) else f"{OPERATORS}[–]"
    told = {name: show(record, f"{row}.{name}", lang).text for name in ("yards", "complete")}
    return _OF_OPERATOR.to(lang, name=operator if isinstance(operator, str) else "–", **told)


def _reminder(record: Record, key: str, lang: Lang) -> str:
    row = f"{REMINDERS}[{key}]"
    told = {one: show(record, f"{row}.{one}", lang).text for one in ("yard", "paper", "paper_state", "asked")}
    if record.value(f"{row}.paper_state") == MISSING:
        return _LACKING.to(lang, **told)
    told |= {one: show(record, f"{row}.{one}", lang).text for one in ("number", "expires_on")}
    return _ON_FILE.to(lang, **told)


def _ground(record: Record, key: str, lang: Lang) -> Iterator[str]:
    """Yield what is not as the papers of a yard have it; nothing where all agrees."""
    row = f"{GROUND_TABLE}[{key}]"
    for column, difference in (
        ("against_lease", "drawn_less_leased_m2"),
        ("against_licence", "drawn_less_licensed_m2"),
    ):
        if record.value(f"{row}.{column}") in (LARGER, SMALLER):
            yield _line(record, row, column, difference, lang)
    for column in ("over_infrastructure", "over_neighbours", "over_parcels"):
        if record.value(f"{row}.{column}") in (CROSSED, INSIDE, UNDECIDABLE):
            yield _line(record, row, column, f"{column}_m2", lang)


def _line(record: Record, row: str, column: str, figure: str, lang: Lang) -> str:
    told = {"key": record.value(f"{row}.key"), "title": column_title(column, lang)}
    if column.startswith("over_"):
        sure = record.value(f"{row}.{column}") != UNDECIDABLE
        return (_OVER if sure else _PERHAPS_OVER).to(lang, **told, figure=show(record, f"{row}.{figure}", lang).text)
    word = show(record, f"{row}.{column}", lang).text
    return _AGAINST.to(lang, **told, word=word, figure=show(record, f"{row}.{figure}", lang).text)


_AGAINST = Text(vi="  {key}  {title}: {word}, chênh {figure}", en="  {key}  {title}: {word}, difference {figure}")
_OVER = Text(vi="  {key}  {title}: {figure}", en="  {key}  {title}: {figure}")
_PERHAPS_OVER = Text(
    vi="  {key}  {title}: chưa xác định được ({figure} theo hình vẽ)",
    en="  {key}  {title}: undecidable ({figure} drawn)",
)
_AT_MOST = "≤ "
# What a figure rests on, where that may be slots of yards of which no entry is known.
_UPPER_OF = {"slots": "slots_upper"} | {
    f"{name}_{side}": f"slots_upper_{side}" for name in ("slots", "held") for side in ("before", "after")
}
_UPPER = Text(
    vi="{sign} Mức tối đa: có bãi chưa biết cổng, vật cản; không so ngang với bãi đã biết. Nhập lớp yard_parts để bố trí thật.",
    en="{sign} An upper bound: of some yards no entry or obstacle is known; not to be set equal with the others. Import yard_parts.",
)
_BESIDE = ("area_before_m2", "area_after_m2", "slots_before", "slots_after")
_OF_DEMAND = ("figure", "vehicles", "held_before", "held_after", "confidence")
_CHANGED = Text(
    vi="  {key}  {name}: {change}; {area_before_m2} → {area_after_m2}; ô đỗ {slots_before} → {slots_after}",
    en="  {key}  {name}: {change}; {area_before_m2} → {area_after_m2}; slots {slots_before} → {slots_after}",
)
_SUMMED = Text(
    vi="  {key}: bãi {yards_before} → {yards_after}; {area_before_m2} → {area_after_m2}; ô đỗ {slots_before} → {slots_after}",
    en="  {key}: yards {yards_before} → {yards_after}; {area_before_m2} → {area_after_m2}; slots {slots_before} → {slots_after}",
)
_HELD = Text(
    vi="  {figure}: {vehicles}; ô đỗ bằng {held_before} → {held_after} [{confidence}]",
    en="  {figure}: {vehicles}; slots are {held_before} → {held_after} of it [{confidence}]",
)
_MODEL = Text(vi="MÔ HÌNH để so sánh, không phải dự báo.", en="A MODEL for comparison, no forecast.")
_INPUT = Text(vi="  {input}: {value} [{confidence}] {source}", en="  {input}: {value} [{confidence}] {source}")
_LEFT_OUT = Text(
    vi="Không đưa vào mô hình vì chưa rõ cửa khẩu phục vụ; số xe chờ dưới đây chưa tính ô đỗ của các bãi này:",
    en="Left out of the model, for nobody knows the gate that they serve; queues below are without their slots:",
)
_GATE_UNKNOWN = Text(
    vi="  {key}: {slots} ô đỗ; lớp cửa khẩu không có “{gate_stated}”",
    en="  {key}: {slots:slot|slots}; the layer of gates has no “{gate_stated}”",
)
_GATE_BLANK = Text(
    vi="  {key}: {slots} ô đỗ; lớp bến bãi không ghi cửa khẩu",
    en="  {key}: {slots:slot|slots}; the layer of yards states none",
)
_UNSERVED = Text(
    vi="Đầu vào đưa xe đến nơi không có bãi hoặc không có trong lớp cửa khẩu; số xe chờ dưới đây không tính các xe này:",
    en="The inputs send vehicles to gates that have no yards or are not in the layer; queues below are without them:",
)
_TO_GATE = Text(vi="  {key}: {share}, {vehicles} xe một ngày", en="  {key}: {share}, {vehicles:vehicle|vehicles} a day")
_UNSTATED = Text(
    vi="Đầu vào nêu tỷ lệ xe nhưng không nêu các cửa khẩu có bãi sau, nên không tính được:",
    en="The inputs state shares, but none of these gates with yards, of which nothing can be told:",
)
_AT_GATE = Text(
    vi="  {key}: {slots} ô đỗ, xe đến {arrivals}, trong bãi nhiều nhất {parked_most}, chờ nhiều nhất {waiting_most} (xấu nhất {waiting_worst})",
    en="  {key}: {slots:slot|slots}, arrivals {arrivals}, parked at most {parked_most}, waiting at most {waiting_most} (worst {waiting_worst})",
)
_WHEN = Text(
    vi="  {changed} × {factor}: chờ nhiều nhất {waiting_most} xe, {overflow_hours} giờ xe",
    en="  {changed} × {factor}: waiting at most {waiting_most}, {overflow_hours} vehicle hours",
)
_LAID_OUT = ("key", "name", "area_m2", "slots", "capacity_vehicles", "entries", "entries_joined", "obstacles")
_LAYOUT = Text(
    vi="  {key}  {name}: {area_m2}, {slots} ô đỗ (đã khai {capacity_vehicles}), cổng {entries_joined}/{entries}, vật cản {obstacles}",
    en="  {key}  {name}: {area_m2}, {slots} slots (stated {capacity_vehicles}), entries {entries_joined}/{entries}, obstacles {obstacles}",
)
_ONLY_A_PLAN = Text(
    vi="Bố trí chỉ để so sánh, không thay cho thiết kế: chưa xét độ dốc, thoát nước.",
    en="A layout for comparison, no design: slopes and drainage are not looked at.",
)
_OF_OPERATOR = Text(vi="{name}: {yards} bãi, đủ {complete}", en="{name}: yards {yards}, complete {complete}")
_LACKING = Text(vi="{yard}  {paper}: {paper_state} → {asked}", en="{yard}  {paper}: {paper_state} → {asked}")
_ON_FILE = Text(
    vi="{yard}  {paper}: {paper_state} {expires_on}, số {number} → {asked}",
    en="{yard}  {paper}: {paper_state} {expires_on}, no. {number} → {asked}",
)
_RECORD = Text(vi="Hồ sơ kết quả {id}.", en="Record {id}.")
_NO_DATA = Text(
    vi="Không có số liệu, nên chưa thể nói là không thiếu: {layers}",
    en="No data, which does not mean that nothing is missing: {layers}",
)
_ROUND_TRIP = Text(
    vi="Bổ sung, sửa giấy tờ bằng Excel: mocgioi sheet export papers --only layer=yards --out giay-to.xlsx",
    en="Add or correct papers in Excel: mocgioi sheet export papers --only layer=yards --out papers.xlsx",
)
