"""The side panel: the facts of the Record in words and tables, each with its key."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from gis.language import Lang
from gis.states import CROSSED, UNDECIDABLE
from maps.formatter import NO_DATA
from maps.labels import (
    HOLES,
    PARCELS,
    RESIDUAL,
    TOTAL,
    VINTAGES,
    WHOLE_ZONE,
    ZONE,
    column_title,
    fact_title,
    missing_title,
    section_keys,
    table_order,
    table_title,
)
from maps.numerals import moment_text, number_text
from maps.reading import in_zone
from maps.webmap import words
from maps.webmap.blocks import Block, cell, fact_list, note, row_table, section, sentence
from maps.webmap.charts import bars
from maps.webmap.drawing import DrawnLayer
from maps.webmap.legal import balance_sections, legal_sections
from maps.webmap.overrides import Override
from maps.webmap.yards import capacity_sections, recognition_blocks
from planning.record import Record

_CHANGE_COLUMNS = ("name", "base_m2", "proposed_m2", "added_m2", "removed_m2")


def panel(
    record: Record,
    drawn: Sequence[DrawnLayer],
    lang: Lang,
    overrides: Sequence[Override] = (),
    extras: Sequence[Block] = (),
) -> dict[str, Any]:
    """Return what the side panel shows, as plain values for the page's own script.

    Parameters
    ----------
    extras : sections that come first: what somebody asked for over the Record
    """
    changes = "area_m2.proposed" in record.facts
    own = _sections(record, drawn, lang) if changes else _layer_sections(record, drawn, lang)
    sections = (*extras, *own, _overridden(overrides, lang))
    return {
        "project": record.project,
        "scenario": record.scenario,
        "reason": record.reason,
        "notice": record.notice,
        "status": _status(record, lang) if "zone.status" in record.facts else None,
        "figures": _figures(record, lang) if changes else [],
        "bar": [{"part": part, "size": record.value(f"area_m2.{part}")} for part in ("removed", "kept", "added")]
        if changes
        else [],
        "foot": " · ".join(
            (
                f"{words.RECORD.to(lang)} {record.id[:16]}",
                record.crs,
                moment_text(record.stamp.created, lang),
                record.stamp.software,
            )
        ),
        "sections": [one for one in sections if one["blocks"]],
    }


def _overridden(overrides: Sequence[Override], lang: Lang) -> Block:
    """Return the rules of the guard that were set aside, each with the reason: a reader has a right to them."""
    rows = [[{"t": one.rule}, {"t": one.reason}] for one in overrides]
    blocks = [note(words.OVERRIDES_NOTE.to(lang)), {"kind": "facts", "rows": rows}] if rows else []
    return section(words.OVERRIDES_HEADING.to(lang), blocks, opened=True)


def _layer_sections(record: Record, drawn: Sequence[DrawnLayer], lang: Lang) -> Iterator[Block]:
    """Yield the sections of a map of layers, which has no scenario."""
    if "zone.status" in record.facts:
        yield section(words.BOUNDARY_HEADING.to(lang), list(_boundary(record, lang)), opened=True)
    rows = [key for key in record.facts if key.startswith("rows.")]
    yield section(words.LAYERS_HEADING.to(lang), [fact_list(record, rows, lang)], opened=True)
    yield section(words.MISSING_HEADING.to(lang), list(_missing(record, lang)), opened=True)
    yield section(words.ABOUT_HEADING.to(lang), list(_about(record, drawn, lang)), opened=True)


def _sections(record: Record, drawn: Sequence[DrawnLayer], lang: Lang) -> Iterator[Block]:
    area = [fact_list(record, _AREA_KEYS, lang), *bars(record, lang)]
    yield section(words.AREA_HEADING.to(lang), area, opened=True)
    yield section(words.BOUNDARY_HEADING.to(lang), list(_boundary(record, lang)), opened=True)
    yield section(HOLES.to(lang), list(_holes(record, lang)))
    for name in table_order(record):
        if name.startswith("by."):
            newest = name == next((one for one in table_order(record) if one.startswith(VINTAGES)), None)
            yield section(table_title(name, lang), [_breakdown(record, name, lang)], opened=newest)
    yield from legal_sections(record, lang)
    yield from balance_sections(record, lang)
    yield from capacity_sections(record, lang)
    yield section(words.YARDS_HEADING.to(lang), list(_yards(record, lang)), opened=True)
    yield section(words.GATES_HEADING.to(lang), list(_gates(record, lang)))
    yield section(PARCELS.to(lang), list(_parcels(record, lang, {one.style.layer for one in drawn})), opened=True)
    yield section(words.MISSING_HEADING.to(lang), list(_missing(record, lang)), opened=True)
    yield section(words.ABOUT_HEADING.to(lang), list(_about(record, drawn, lang)), opened=True)


_AREA_KEYS = (
    "area_m2.kept",
    "share_of_declared.net",
    "area_m2.gross",
    "share_of_declared.gross",
)


def _status(record: Record, lang: Lang) -> dict[str, Any]:
    keys = ("zone.status", "zone.accuracy_m")
    doubtful = record.value("zone.status") != "official"
    return {
        "doubtful": doubtful,
        "cells": [{"title": fact_title(key, lang), **cell(record, key, lang)} for key in keys],
    }


def _figures(record: Record, lang: Lang) -> list[dict[str, str]]:
    keys = ("area_m2.base", "area_m2.proposed", "area_m2.added", "area_m2.removed", "area_m2.net")
    titles = (*(column_title(f"{key.removeprefix('area_m2.')}_m2", lang) for key in keys[:-1]), words.NET.to(lang))
    parts = (key.removeprefix("area_m2.") for key in keys)
    return [
        {"part": part, "title": title, **cell(record, key, lang)}
        for part, title, key in zip(parts, titles, keys, strict=True)
    ]


def _boundary(record: Record, lang: Lang) -> Iterator[Block]:
    if record.value("zone.status") == "approximate":
        yield sentence(record, words.APPROXIMATE, {"accuracy": "zone.accuracy_m"}, lang, tone="warning")
    yield fact_list(record, (*section_keys(ZONE, record)[:6], "area_m2.base", *section_keys(ZONE, record)[6:]), lang)
    if "zone.sliver_holes.base" in record.facts and record.value("zone.sliver_holes.base"):
        facts = {"count": "zone.sliver_holes.base", "area": "zone.sliver_holes_m2.base"}
        yield sentence(record, words.SLIVERS, facts, lang)


def _holes(record: Record, lang: Lang) -> Iterator[Block]:
    if record.value("zone.holes.base") or record.value("zone.holes.proposed"):
        yield fact_list(record, section_keys(HOLES, record), lang)


def _breakdown(record: Record, name: str, lang: Lang) -> Block:
    """Return the rows of a breakdown that meet the zone, with sum, whole zone and residual below them."""
    block = row_table(record, name, in_zone(record.tables[name]), _CHANGE_COLUMNS, lang)
    regions = [column.removesuffix("_m2") for column in _CHANGE_COLUMNS[1:]]
    foot = [(TOTAL, f"{name}.total.{{}}_m2"), (WHOLE_ZONE, "area_m2.{}"), (RESIDUAL, f"{name}.residual_m2.{{}}")]
    if name == "by.constraints":  # constraints overlap and leave most of the zone free: there is nothing to close
        foot = foot[:1]
    block["foot"] = [
        [{"t": title.to(lang)}, *(cell(record, key.format(region), lang, symbol=False) for region in regions)]
        for title, key in foot
    ]
    return block


def _yards(record: Record, lang: Lang) -> Iterator[Block]:
    yield from recognition_blocks(record, lang)
    if "yards" in record.tables:
        frame = record.tables["yards"].frame
        changed = frame["state_base"] != frame["state_proposed"]
        affected = frame[changed | frame["state_proposed"].isin((CROSSED, UNDECIDABLE))]
        columns = ("name", "state_base", "state_proposed", "nearest_gate", "gate_distance_m")
        yield (
            row_table(record, "yards", affected, columns, lang)
            if len(affected)
            else note(words.NOT_AFFECTED_YARDS.to(lang))
        )


def _gates(record: Record, lang: Lang) -> Iterator[Block]:
    if "gates" in record.tables:
        yield row_table(
            record, "gates", record.tables["gates"].frame, ("name", "kind", "state_base", "state_proposed"), lang
        )


def _parcels(record: Record, lang: Lang, shown: Collection[str]) -> Iterator[Block]:
    if "parcels" in record.tables:
        yield fact_list(record, section_keys(PARCELS, record), lang)
    for layer in (layer for layer in record.not_drawn if layer not in shown):
        yield note(words.NOT_DRAWN.to(lang, layer=missing_title(layer, lang)))


def _missing(record: Record, lang: Lang) -> Iterator[Block]:
    if record.no_data:
        yield note(words.MISSING_NOTE.to(lang))
        rows = [
            [{"t": missing_title(name, lang)}, {"t": NO_DATA.to(lang), "f": name, "missing": "1"}]
            for name in record.no_data
        ]
        yield {"kind": "facts", "rows": rows}


def _about(record: Record, drawn: Sequence[DrawnLayer], lang: Lang) -> Iterator[Block]:
    yield note(words.DISPLAY_ONLY.to(lang, crs=record.crs))
    for layer in drawn:
        if layer.tolerance_m:
            tolerance = f"{number_text(layer.tolerance_m, '#,##0.#', lang)} m"
            yield note(words.THINNED.to(lang, layer=layer.style.title, tolerance=tolerance))
    told = (
        (words.RECORD, record.id[:16]),
        (words.CREATED, moment_text(record.stamp.created, lang)),
        (words.SOFTWARE, record.stamp.software),
        (words.CRS, record.crs),
        (words.INPUTS, ", ".join(missing_title(one.layer, lang) for one in record.inputs)),
    )
    yield {"kind": "facts", "rows": [[{"t": title.to(lang)}, {"t": text}] for title, text in told]}
