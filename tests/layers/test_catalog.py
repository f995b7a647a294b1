"""The layer model holds what others rely on."""

import pytest

from layers.catalog import LAYERS, TABLES, schema_of
from layers.errors import LayerUnknown
from layers.land_use import land_uses

# Layer, key and fields of the published contract.
CONTRACT = {
    "zone": (("name",), "declared_area_ha status document source_scale accuracy_m valid_from"),
    "admin_units": (("code",), "name parent kind declared_area_ha valid_from valid_to"),
    "functional_areas": (("code",), "name kind planned_use phase document"),
    "parcels": (
        ("commune", "sheet_no", "parcel_no"),
        "measured_area_m2 legal_area_m2 land_use legal_use planned_use owner owner_class handover_date",
    ),
    "yards": (("code",), "name operator kind licensed_area_m2"),
    "gates": (("code",), "name kind"),
    "constraints": (("code",), "name kind document accuracy_m"),
    "projects": (("code",), "name investor handover_date milestones status"),
    "infrastructure": (("code",), "name kind condition owner_unit"),
    "yard_parts": (("code",), "yard kind name"),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_layers_have_the_keys_and_fields_of_the_contract(name: str) -> None:
    """Names that users' scripts rely on are there."""
    key, fields = CONTRACT[name]
    schema = schema_of(name)
    assert schema.key == key
    assert {*key, *fields.split()} <= {field.name for field in schema.fields}


def test_every_layer_stands_in_the_table_once() -> None:
    """One tuple lists them all, and every key is a field."""
    names = [schema.name for schema in (*LAYERS, *TABLES)]
    assert names[: len(LAYERS)] == list(CONTRACT)
    assert len(set(names)) == len(names)
    assert all(schema.field(key) for schema in (*LAYERS, *TABLES) for key in schema.key)


def test_owner_data_is_marked_personal() -> None:
    """Owner and address are the personal fields of a parcel."""
    assert [field.name for field in schema_of("parcels").fields if field.personal] == ["owner", "address"]


def test_an_unknown_layer_lists_those_there_are() -> None:
    """The message helps."""
    with pytest.raises(LayerUnknown, match="zone, admin_units"):
        schema_of("thua_dat")


def test_land_use_codes_of_both_regimes_are_data() -> None:
    """108 codes, 91 with a colour, each with its source and confidence; overlay totals are marked."""
    uses = land_uses()
    assert len(uses) == 108
    assert sum(use.colour is not None for use in uses.values()) == 91
    assert {use.regime for use in uses.values()} == {"both", "2014/2018", "2024"}
    assert all(use.source and use.confidence for use in uses.values())
    assert {code for code, use in uses.items() if use.overlay} == {"KKT", "KDT", "DNT", "KBT", "KĐD"}
    assert uses["LUC"].colour == (255, 252, 140)
