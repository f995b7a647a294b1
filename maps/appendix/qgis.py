"""The QGIS project of an appendix: the layers of its GeoPackages, as the sheets and the map draw them."""

from gis.language import Text
from maps.appendix.classes import MARKERS, Classes, GisClass, source_layer
from maps.appendix.packages import drawn_as, label_of, looks_of, package_name
from maps.labels import LINE
from maps.qgis.project import project_of
from maps.qgis.project_layer import Lettering, ProjectLayer
from maps.style import CHANGE, GROUND, layer_styles
from planning.record import Record

_RECORD = Text(vi="Hồ sơ kết quả {id}", en="Record {id}")
_CRS = Text(vi="Hệ tọa độ VN-2000, {crs}", en="VN-2000, {crs}")

# Land uses and kinds of constraints are many: the sheets and the list of layers explain them.
_NOT_IN_LEGEND = ("parcels", "constraints", "infrastructure", MARKERS, "crossed_parcels")


def qgis_project(record: Record, classes: Classes) -> bytes:
    """Return the project as .qgz; its text is Vietnamese, as the classes are."""
    found = [(_order(record, one), one, frame) for one, frame in classes]
    found.sort(key=lambda entry: -entry[0])
    layers = []
    for _, one, frame in found:
        looks, field = looks_of(record, one, frame)
        layers.append(
            ProjectLayer(
                package_name(one.package),
                one.name,
                f"{one.title} ({one.name})",
                _group(record, one).vi,
                drawn_as(one),
                looks,
                field,
                label_of(one, frame),
                legend="" if one.layer in _NOT_IN_LEGEND or one.package == "MocGioi" else one.title,
                shown=one.package != "MocGioi" and one.layer != "crossed_parcels",
            )
        )
    proposed = record.geometry["proposed"]
    west, south, east, north = proposed.total_bounds.tolist()
    notes = [record.notice, _CRS.vi.format(crs=record.crs), _RECORD.vi.format(id=record.id[:16])]
    lettering = Lettering(f"{record.project} – {record.reason or record.scenario}", [note for note in notes if note])
    return project_of(layers, record.crs, (west, south, east, north), lettering)


def _group(record: Record, one: GisClass) -> Text:
    layer = source_layer(record, one)
    if one.layer == MARKERS:
        return LINE
    (style,) = layer_styles([layer], "vi")
    return GROUND if one.layer == "units" else style.group if layer else CHANGE


def _order(record: Record, one: GisClass) -> int:
    """Return how far above the ground a class is drawn."""
    if one.layer == MARKERS:
        return 99
    (style,) = layer_styles([source_layer(record, one)], "vi")
    return style.order + {"area": 0, "outline": 0, "line": 1, "point": 2, "inside": 2}[one.drawn]
