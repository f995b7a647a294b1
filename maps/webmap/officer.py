"""What an officer looks for besides the Record: findings of the check, idle and late land, each in its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geopandas import GeoDataFrame

from gis.language import Lang, Text
from layers.rules.rule import SEVERITIES
from maps.findings.sentences import SEVERITY_TITLES, title
from maps.idle_page import missing_line
from maps.labels import table_title
from maps.numerals import number_text
from maps.webmap.blocks import Block, fact_list, note, row_table, section
from maps.webmap.drawing import DrawnLayer, drawn_layers
from maps.webmap.findings import findings_layer
from maps.webmap.words import RECORD
from planning.record import Record

_IDLE = "projects.idle"
# What an officer acts on; the others are on the map and in the counts.
_ACTED_ON = ("met", "met_after_extension", "extended", "force_majeure", "cannot_tell")
_COLUMNS = ("name", "condition", "met_on", "next_on")


@dataclass(frozen=True)
class Extra:
    """Layers over those of the Record, and what the panel says of them."""

    layers: tuple[DrawnLayer, ...] = ()
    sections: tuple[Block, ...] = ()


def findings_extra(findings: GeoDataFrame | None, lang: Lang) -> Extra:
    """Return the findings of the last check; None says that nobody looked, which is not the same as no finding."""
    if findings is None:
        return Extra(sections=(section(_FINDINGS.to(lang), [note(_UNCHECKED.to(lang))], opened=True),))
    layer = findings_layer(findings, lang)
    return Extra((layer,) if layer else (), (section(_FINDINGS.to(lang), [*_counted(findings, lang)], opened=True),))


def _counted(findings: GeoDataFrame, lang: Lang) -> Iterator[Block]:
    if not len(findings):
        yield note(_NO_FINDING.to(lang))
    for severity in SEVERITIES:
        found = findings.loc[findings["severity"] == severity, "rule"].value_counts()
        if len(found):
            rows = [
                [{"t": title(rule, lang)}, {"t": number_text(int(count), "#,##0", lang)}]
                for rule, count in found.items()
            ]
            yield note(SEVERITY_TITLES[severity].to(lang))
            yield {"kind": "facts", "rows": rows}
    unplaced = int((~findings["easting"].notna()).sum())
    if unplaced:
        yield note(_UNPLACED.to(lang, count=number_text(unplaced, "#,##0", lang)))


def idle_extra(register: Record, lang: Lang) -> Extra:
    """Return idle and late land of `planning.idle_register.idle_register`."""
    table = register.tables[_IDLE].frame
    shapes = register.geometry["projects"]
    names = table.set_index("key")["name"]
    frame = shapes.assign(name=shapes["key"].map(names.where(names.notna(), names.index.to_series())).to_numpy())
    layers = drawn_layers(replace(register, geometry={_IDLE: frame}), lang) if len(frame) else ()
    rows = table[table["condition"].isin(_ACTED_ON)]
    blocks = [fact_list(register, [key for key in register.facts if key.startswith("projects.")], lang)]
    blocks += [note(missing_line(register, lang))] if register.no_data else []
    blocks += [row_table(register, _IDLE, rows, _COLUMNS, lang)] if len(rows) else []
    blocks += [note(f"{RECORD.to(lang)} {register.id[:16]}")]
    return Extra(layers, (section(table_title(_IDLE, lang), blocks, opened=True),))


_FINDINGS = Text(vi="Kết quả kiểm tra dữ liệu", en="Findings of the check")
_UNCHECKED = Text(
    vi="Chưa ai kiểm tra dữ liệu của dự án này (mocgioi check): bản đồ không có dấu không có nghĩa là không có lỗi.",
    en="Nobody has checked the data of this project yet (mocgioi check); no mark on the map does not mean no fault.",
)
_NO_FINDING = Text(vi="Lần kiểm tra gần nhất không phát hiện gì.", en="The last check found nothing.")
_UNPLACED = Text(vi="Không có vị trí trên bản đồ: {count}.", en="Without a place on the map: {count}.")
