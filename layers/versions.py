"""Every state of a layer that was ever recorded: numbered rows as GeoParquet, with when, why and their identity."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import FileDamaged
from layers.errors import VersionMissing
from layers.identity import rows_sha256
from layers.project import LayerEntry

FOLDER = "versions"
Why = Literal["import", "write", "edited outside", "restore", "repair"]


@dataclass(frozen=True, slots=True)
class Version:
    """One recorded state of a layer.

    Attributes
    ----------
    number : from 1, in the order of recording
    recorded : ISO time
    detail : files that were imported, version that was restored, what an edit changed
    """

    number: int
    recorded: str
    why: Why
    detail: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class NewVersion:
    """A state to be recorded."""

    frame: DataFrame
    entry: LayerEntry
    why: Why
    detail: str = field(default="")


def history(root: Path, layer: str) -> tuple[Version, ...]:
    """Return the recorded versions of a layer, oldest first; none where nothing was recorded."""
    path = _index(root, layer)
    if not path.is_file():
        return ()
    try:
        return tuple(Version(**one) for one in json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error


def stage(root: Path, staged: Path, layer: str, states: list[NewVersion]) -> None:
    """Add states to the history of a layer, in a staging folder; a state that is the newest already adds nothing."""
    versions = list(history(root, layer))
    for state in states:
        if versions and versions[-1].sha256 == state.entry.sha256:
            continue
        number = len(versions) + 1
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        versions.append(Version(number, now, state.why, state.detail, state.entry.rows, state.entry.sha256))
        path = _rows(staged, layer, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        state.frame.to_parquet(path, compression="zstd")
    index = _index(staged, layer)
    index.parent.mkdir(parents=True, exist_ok=True)
    index.write_text(json.dumps([asdict(one) for one in versions], ensure_ascii=False, indent=1), encoding="utf-8")


def rows_of(root: Path, layer: str, number: int, key: tuple[str, ...]) -> DataFrame:
    """Return the rows of a version, if they still are what was recorded.

    Raises
    ------
    VersionMissing, FileDamaged
    """
    versions = history(root, layer)
    found = next((one for one in versions if one.number == number), None)
    path = _rows(root, layer, number)
    if found is None or not path.is_file():
        raise VersionMissing(
            layer=layer, version=number, versions=", ".join(str(one.number) for one in versions) or "–"
        )
    try:
        frame = geopandas.read_parquet(path)
    except ValueError:  # a table without geometry
        frame = pd.read_parquet(path)
    except OSError as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error
    if rows_sha256(frame, key) != found.sha256:
        raise FileDamaged(path=path, reason="SHA-256.")
    return frame


def difference(before: DataFrame, after: DataFrame, key: tuple[str, ...]) -> Mapping[str, int]:
    """Count the rows that were added, removed and changed between two states, by their key."""
    old, new = _hashes(before, after, key), _hashes(after, before, key)
    common = old.index.intersection(new.index)
    return {
        "added": len(new.index.difference(old.index)),
        "removed": len(old.index.difference(new.index)),
        "changed": int((old.loc[common].to_numpy() != new.loc[common].to_numpy()).sum()),
    }


def changed_cells(before: DataFrame, after: DataFrame, key: tuple[str, ...]) -> DataFrame:
    """Return what two states of a layer say differently: columns ``key``, ``field``, ``before``, ``after``.

    A row that one of them lacks is there with the field ``None``; shapes are told apart, not told. Keys that repeat are
    left out: nobody knows which row became which.
    """
    old, new = _hashes(before, after, key), _hashes(after, before, key)
    alone = [DataFrame({"key": old.index.symmetric_difference(new.index), "field": None})]
    common = old.index.intersection(new.index)
    unlike = common[old.loc[common].to_numpy() != new.loc[common].to_numpy()]
    sides = [_of_keys(frame, key, unlike) for frame in (before, after)]
    for name in dict.fromkeys((*before.columns, *after.columns)):
        then, now = (side[name] if name in side else pd.Series(None, index=side.index, dtype=object) for side in sides)
        then, now = then.align(now, join="inner")
        differ = ((then.astype(str) != now.astype(str)) & ~(then.isna() & now.isna())).to_numpy()
        cells = {"key": then.index[differ], "field": name}
        if name != "geometry":
            cells |= {"before": then[differ].to_numpy(dtype=object), "after": now[differ].to_numpy(dtype=object)}
        alone.append(DataFrame(cells))
    told = pd.concat([one for one in alone if len(one)], ignore_index=True) if any(map(len, alone)) else alone[0]
    return told.reindex(columns=["key", "field", "before", "after"]).sort_values(
        "key", kind="stable", ignore_index=True
    )


def _of_keys(frame: DataFrame, key: tuple[str, ...], wanted: pd.Index) -> DataFrame:
    plain = DataFrame(frame.drop(columns="geometry", errors="ignore"))
    if isinstance(frame, GeoDataFrame):
        plain = plain.assign(geometry=frame.geometry.to_wkb(hex=True))
    plain = plain.set_index(_keys(plain, key))
    return plain[plain.index.isin(wanted) & ~plain.index.duplicated(keep=False)]


def _keys(plain: DataFrame, key: tuple[str, ...]) -> npt.NDArray[np.object_]:
    keys: npt.NDArray[np.object_] = plain[list(key)].astype(str).agg("\x1f".join, axis=1).to_numpy(dtype=object)
    return keys


def _hashes(frame: DataFrame, other: DataFrame, key: tuple[str, ...]) -> pd.Series:
    columns = sorted(set(frame.columns) | set(other.columns))
    plain = DataFrame(frame.drop(columns="geometry", errors="ignore"))
    if isinstance(frame, GeoDataFrame):
        plain = plain.assign(geometry=frame.geometry.to_wkb(hex=True))
    texts = plain.reindex(columns=columns).astype(str)
    hashes = pd.util.hash_pandas_object(texts, index=False)
    return hashes.groupby(_keys(plain, key)).sum()


def _index(root: Path, layer: str) -> Path:
    return root / FOLDER / f"{layer}.json"


def _rows(root: Path, layer: str, number: int) -> Path:
    return root / FOLDER / layer / f"{number:04d}.parquet"
