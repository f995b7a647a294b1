"""A GeoPackage of layers that QGIS opens with their symbols."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from geopandas import GeoDataFrame

from gis.formats.write import write_gpkg
from maps.whole_file import whole_file

# The table in which QGIS looks for the styles of a GeoPackage.
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))
"""
_ADD_STYLE = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
                              styleSLD, useAsDefault, description, owner)
    SELECT '', '', table_name, column_name, ?, ?, '', 1, ?, '' FROM gpkg_geometry_columns WHERE table_name = ?
"""
_LIST = """
    INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles')
"""


@dataclass(frozen=True, eq=False)
class Styled:
    """One layer: its name, its rows and the QGIS style (QML) in which they are drawn."""

    name: str
    rows: GeoDataFrame
    qml: str


def write_styled(layers: Sequence[Styled], path: Path, description: str) -> None:
    """Write the layers with their styles; a file that is there is replaced whole or not at all."""
    # GDAL wants a GeoPackage to be called one: it is written in a folder of its own and moved from there.
    with whole_file(path) as beside, TemporaryDirectory(prefix=".mocgioi-", dir=path.parent) as folder:
        made = Path(folder) / f"{layers[0].name}.gpkg"
        for number, one in enumerate(layers):
            write_gpkg(one.rows, made, one.name, append=number > 0)
        _add_styles(made, layers, description)
        made.replace(beside)


def _add_styles(path: Path, layers: Sequence[Styled], description: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES)
        database.execute(_LIST)
        for one in layers:
            database.execute(_ADD_STYLE, (one.name, one.qml, description, one.name))
