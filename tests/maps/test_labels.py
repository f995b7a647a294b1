"""Everything a Record holds has a name and a making in Vietnamese."""

from itertools import chain

import pytest

from maps import parcel_words
from maps.labels import (
    COLUMNS,
    closes_table,
    column_title,
    fact_title,
    how_text,
    missing_title,
    sections,
    table_order,
    table_title,
)
from maps.plan_labels import PLAN_COLUMNS
from planning.context import ASKED
from planning.record import Record


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_facts_tables_and_columns_are_named(record: Record, lang):
    """No key reaches a reader."""
    assert [key for key in record.facts if fact_title(key, lang) == key] == []
    assert [name for name in record.tables if table_title(name, lang) == name] == []
    columns = set(chain.from_iterable(table.columns for table in record.tables.values()))
    assert sorted(columns - set(COLUMNS)) == []
    assert [name for name in (*ASKED, "parcels.land_use", "zone.accuracy_m") if missing_title(name, lang) == name] == []


def test_every_making_is_told_in_vietnamese(record: Record):
    """How a fact was made is not left in English."""
    columns = chain.from_iterable(table.columns.values() for table in record.tables.values())
    assert {one.how for one in record.facts.values() if how_text(one, "vi") == one.how} == set()
    assert {one.how for one in columns if how_text(one, "vi") == one.how} == set()


def test_sections_hold_every_scalar_fact_once(record: Record):
    """A fact that has no place of its own is not lost."""
    told = [key for section in sections(record, "vi") for key in section.keys]
    assert sorted(told) == sorted(key for key in record.facts if not closes_table(key))
    assert not any(closes_table(key) for key in told)


def test_tables_in_reading_order_newest_units_first(record: Record):
    """Readers look for today's communes first."""
    order = table_order(record)
    assert order[:2] == ("by.admin_units@2025-07-01", "by.admin_units@2009-04-01")
    assert sorted(order) == sorted(record.tables)


def test_what_nobody_named_stands_for_itself():
    """An unknown key is shown, not hidden."""
    assert fact_title("criteria[ZB-02].verdict", "vi") == "criteria[ZB-02].verdict"
    assert column_title("x", "vi") == table_title("x", "vi") == missing_title("x", "vi") == "x"


def test_a_column_of_a_plan_does_not_rename_those_of_parcels() -> None:
    """What only one table calls so stands under that table: the area of a parcel is no area between two lines."""
    assert column_title("area_m2", "vi", "parcels.layers") == "Diện tích"
    assert column_title("area_m2", "vi", "movement") == "Diện tích giữa hai đường"
    assert not PLAN_COLUMNS.keys() & parcel_words.COLUMNS.keys()
