"""The Workspace: a project folder that a person can open, copy and understand.

::

    project.toml        name, CRS, where each layer came from
    layers/NAME.gpkg    what QGIS opens and edits (GeoPackage 1.3)
    scenarios/          NAME.toml and NAME.gpkg: base and edits
    records/            what was computed
    out/                what was drawn
    versions/           every recorded state of a layer
    originals/          texts as they came, before their conversion to Unicode
    quarantine/         broken records with their reasons
    cache/              derived; may be thrown away at any time
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Self

import pyogrio
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS
from shapely.errors import GEOSException

from gis.crs import crs_name, parse_crs, require_planar, require_same_crs
from gis.errors import DataError, FileDamaged
from gis.formats.write import write_gpkg
from gis.language import Lang
from layers import admin_units
from layers.catalog import schema_of
from layers.commit import committing, recover
from layers.conform import conform
from layers.errors import LayerChanged, LayerMissing, ProjectExists
from layers.identity import in_key_order, rows_sha256
from layers.project import LayerEntry, Project, Source
from layers.schema import LayerSchema, TableSchema
from layers.versions import NewVersion, Why, stage

# Where SQLite counts its changes, in the header of a GeoPackage.
_CHANGE_COUNTER = slice(24, 28)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened project. Writing returns a new value; the old one keeps showing what it showed."""

    path: Path
    project: Project

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the project in the folder `path`, finishing a commit that was interrupted.

        Raises
        ------
        ProjectMissing, ProjectDamaged, ProjectBusy
        """
        root = Path(path)
        recover(root)
        return cls(root, Project.read(root))

    @classmethod
    def create(cls, path: Path | str, name: str, crs: str, *, language: Lang = "vi", notice: str = "") -> Self:
        """Make an empty project in a new or empty folder.

        Raises
        ------
        ProjectExists, CrsUnknown, CrsNotPlanar
        """
        root = Path(path)
        working = require_planar(parse_crs(crs))
        if root.exists() and any(root.iterdir()):
            raise ProjectExists(path=root)
        root.mkdir(parents=True, exist_ok=True)
        project = Project(name=name, crs=crs_name(working), language=language, notice=notice)
        with committing(root) as staged:
            project.write(staged)
        return cls(root, project)

    @property
    def crs(self) -> CRS:
        """The planar CRS of every layer."""
        return parse_crs(self.project.crs)

    def has(self, layer: str) -> bool:
        """Tell whether the project holds the layer or table."""
        return self.file_of(layer).is_file()

    def file_of(self, layer: str) -> Path:
        """Return where the layer stands, or would stand."""
        return self.path / "layers" / f"{schema_of(layer).name}.gpkg"

    def read(self, layer: str) -> GeoDataFrame:
        """Return the rows of a layer (a DataFrame for a table without geometry) in the form of its schema.

        Raises
        ------
        LayerUnknown, LayerMissing, FileDamaged
        CrsMixed
            The layer was saved in another system than the project's.
        """
        schema = schema_of(layer)
        return conform(self.as_written(layer), schema, str(self.file_of(layer)))

    def as_written(self, layer: str, unreadable: Literal["raise", "ignore", "fix"] = "raise") -> GeoDataFrame:
        """Return the rows of a layer as its file has them, in the project's CRS; values may not fit their fields.

        Parameters
        ----------
        unreadable : shapes that are none, such as a ring that is not closed: raise, leave out, or close if they can be

        Raises
        ------
        LayerUnknown, LayerMissing, FileDamaged, CrsMixed
        """
        schema, path = schema_of(layer), self.file_of(layer)
        if not path.is_file():
            raise LayerMissing(layer=layer)
        try:
            frame = pyogrio.read_dataframe(path, layer=layer, use_arrow=True, on_invalid=unreadable)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, GEOSException) as error:
            raise FileDamaged(path=path, reason=f"{error}.") from error
        if isinstance(schema, LayerSchema):
            require_same_crs(self, frame)
        return frame

    def vintages(self) -> tuple[str, ...]:
        """Return the days from which the administrative units of the project are valid, oldest first."""
        if not self.has(admin_units.SCHEMA.name):
            return ()
        return tuple(sorted(self.read(admin_units.SCHEMA.name)["valid_from"].dropna().unique()))

    def identity(self, layer: str) -> LayerEntry:
        """Return rows and SHA-256 of a layer as it stands on the disk now.

        Computed again only when size, time or SQLite's change counter differ from what ``cache/`` remembers.

        Raises
        ------
        LayerUnknown, LayerMissing, FileDamaged, CrsMixed
        """
        if not self.has(layer):
            raise LayerMissing(layer=layer)
        stamp, remembered = _stamp(self.file_of(layer)), self._remembered()
        if remembered.get(layer, {}).get("stamp") == stamp:
            return LayerEntry(remembered[layer]["rows"], remembered[layer]["sha256"])
        frame = self.read(layer)
        entry = LayerEntry(len(frame), rows_sha256(frame, key_fields(schema_of(layer))))
        self._remember({layer: (stamp, entry)})
        return entry

    def write(
        self,
        layers: Mapping[str, DataFrame],
        sources: tuple[Source, ...] = (),
        beside: Mapping[str, DataFrame] | None = None,
        *,
        why: Why = "write",
        detail: str = "",
    ) -> "Workspace":
        """Write whole layers, in the order of their keys, and project.toml as one commit; return the new project.

        Each layer's new rows become a version; what was done to it outside since the last one becomes one before.

        Parameters
        ----------
        layers : rows by layer name, in the project's CRS; each replaces what is there
        sources : where the rows came from; added to the sources of each layer
        beside : what is kept with them, by path in the project (``.gpkg`` or ``.parquet``)
        why, detail : what the history says of it

        Raises
        ------
        LayerUnknown, CrsMixed, ProjectBusy
        LayerChanged
            Somebody else wrote one of the layers since this project was opened.
        """
        frames = {name: self._conformed(name, frame) for name, frame in layers.items()}
        entries = {name: self._entry(name, frame, sources) for name, frame in frames.items()}
        with committing(self.path) as staged:
            now = Project.read(self.path)
            changed = [name for name in entries if now.layers.get(name) != self.project.layers.get(name)]
            if changed:
                raise LayerChanged(layer=", ".join(changed))
            project = now.with_layers(entries)
            for name, frame in frames.items():
                write_gpkg(frame, staged / "layers" / f"{name}.gpkg", name)
                states = [*self._unrecorded(name, staged), NewVersion(frame, entries[name], why, detail)]
                stage(self.path, staged, name, states)
            for path, frame in (beside or {}).items():
                _keep(frame, staged / path)
            project.write(staged)
        self._remember({name: (_stamp(self.file_of(name)), entries[name]) for name in frames})
        return replace(self, project=project)

    def record(self, layer: str, detail: str = "") -> "Workspace":
        """Record a layer as it stands on the disk, edited outside, as its newest version; its file stays untouched."""
        frame = self.read(layer)
        entry = self._entry(layer, frame, ())
        with committing(self.path) as staged:
            project = Project.read(self.path).with_layers({layer: entry})
            stage(self.path, staged, layer, [NewVersion(frame, entry, "edited outside", detail)])
            project.write(staged)
        return replace(self, project=project)

    def _unrecorded(self, name: str, staged: Path) -> list[NewVersion]:
        """Return the state on the disk if nobody recorded it; a file that cannot be read is put aside as it is."""
        if not self.has(name):
            return []
        try:
            now = self.identity(name)
            if now.sha256 == self.project.layers.get(name, LayerEntry(0, "")).sha256:
                return []
            return [NewVersion(self.read(name), now, "edited outside")]
        except DataError:
            aside = staged / "quarantine" / f"{name}-unreadable.gpkg"
            aside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.file_of(name), aside)
            return []

    def _conformed(self, name: str, frame: DataFrame) -> DataFrame:
        schema = schema_of(name)
        if isinstance(schema, LayerSchema):
            require_same_crs(self, frame)
        return in_key_order(conform(frame, schema), key_fields(schema))

    def _entry(self, name: str, frame: DataFrame, sources: tuple[Source, ...]) -> LayerEntry:
        before = self.project.layers.get(name, LayerEntry(0, ""))
        return LayerEntry(len(frame), rows_sha256(frame, key_fields(schema_of(name))), (*before.sources, *sources))

    def _remembered(self) -> dict[str, dict[str, Any]]:
        path = self.path / "cache" / "identity.json"
        try:
            content: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # a cache that cannot be read is a cache that is not there
            return {}
        return content

    def _remember(self, entries: Mapping[str, tuple[list[int], LayerEntry]]) -> None:
        known = self._remembered()
        known |= {
            name: {"stamp": stamp, "rows": one.rows, "sha256": one.sha256} for name, (stamp, one) in entries.items()
        }
        path = self.path / "cache" / "identity.json"
        beside = path.with_suffix(".tmp")
        with suppress(OSError):  # a full or locked disk costs the next one time, it undoes nothing that was written
            path.parent.mkdir(exist_ok=True)
            beside.write_text(json.dumps(known, indent=1), encoding="utf-8")
            beside.replace(path)


def key_fields(schema: TableSchema) -> tuple[str, ...]:
    """Return the fields that name a row; in a layer of vintages the day belongs to the key."""
    return (*schema.key, "valid_from") if isinstance(schema, LayerSchema) and schema.vintage else schema.key


def _keep(frame: DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gpkg":
        write_gpkg(frame, path, path.stem)
    else:
        frame.to_parquet(path)


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    with path.open("rb") as file:
        counter = file.read(_CHANGE_COUNTER.stop)[_CHANGE_COUNTER]
    # A program that edits the layer keeps what it committed in a file beside it until it closes the layer.
    journal = path.with_name(f"{path.name}-wal")
    pending = [journal.stat().st_size, journal.stat().st_mtime_ns] if journal.is_file() else [0, 0]
    return [status.st_size, status.st_mtime_ns, int.from_bytes(counter, "big"), *pending]
