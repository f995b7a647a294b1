"""The balance of the established zone, without any scenario."""

from layers.workspace import Workspace
from planning.affected import parcel_table
from planning.balance.tables import balance
from planning.breakdown import by_unit
from planning.context import Context
from planning.planned_parcels import planned_parcels
from planning.proposal import established
from planning.record import Record, Table


def balance_today(workspace: Workspace) -> Record:
    """Return a Record that holds the balance of the zone as it is established, and nothing else.

    Raises
    ------
    LayerMissing
        The project has no zone.
    GeometryInvalid
    """
    context = Context(workspace, established(workspace))
    tables: dict[str, Table] = {}
    if context.parcels is not None:
        rows = by_unit(context.parcels, context.proposal.regions, context.accuracy_m)
        tables["parcels"] = parcel_table(rows, context.parcels)
    found = balance(context, tables, planned_parcels(context, tables))
    project = workspace.project
    return Record(
        project=project.name,
        scenario="",
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={fact.key: fact for fact in found.facts},
        tables=found.tables,
        geometry={},
        inputs=(),
        no_data=context.no_data,
    )
