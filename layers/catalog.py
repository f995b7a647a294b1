"""Every layer and every table that a project may hold, in the order in which people read them."""

from layers import (
    admin_units,
    constraints,
    events,
    functional_areas,
    gates,
    infrastructure,
    papers,
    parcel_uses,
    parcels,
    predecessors,
    projects,
    yard_parts,
    yards,
    zone,
    zone_units,
)
from layers.errors import LayerUnknown
from layers.schema import LayerSchema, TableSchema

LAYERS: tuple[LayerSchema, ...] = (
    zone.SCHEMA,
    admin_units.SCHEMA,
    functional_areas.SCHEMA,
    parcels.SCHEMA,
    yards.SCHEMA,
    gates.SCHEMA,
    constraints.SCHEMA,
    projects.SCHEMA,
    infrastructure.SCHEMA,
    yard_parts.SCHEMA,
)

TABLES: tuple[TableSchema, ...] = (
    papers.SCHEMA,
    parcel_uses.SCHEMA,
    events.SCHEMA,
    predecessors.SCHEMA,
    zone_units.SCHEMA,
)


def schema_of(name: str) -> TableSchema:
    """Return the schema of the layer or table `name`; raise LayerUnknown, listing those there are."""
    for schema in (*LAYERS, *TABLES):
        if schema.name == name:
            return schema
    raise LayerUnknown(layer=name, layers=", ".join(schema.name for schema in (*LAYERS, *TABLES)))
