"""Parts of a Record: known by rows and SHA-256; one that is stored is read, and checked, when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pandas import DataFrame

from layers.identity import rows_sha256

Part = TypeVar("Part")


def described(frame: DataFrame) -> dict[str, Any]:
    """Return by what a layer of shapes is known: the number of its rows, and their SHA-256."""
    return {"rows": len(frame), "sha256": rows_sha256(frame, ("key",))}


class StoredParts(Mapping[str, Part]):
    """Tables or shapes by name, read once.

    Parameters
    ----------
    names : of all parts
    read : reads one of them; raises where it is not as it was written
    """

    def __init__(self, names: Iterator[str] | Mapping[str, object], read: Callable[[str], Part]) -> None:
        self._read = read
        self._parts: dict[str, Part | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Part:
        """Return the part of that name."""
        part = self._parts[name]
        if part is None:
            part = self._parts[name] = self._read(name)
        return part

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names; nothing is read."""
        return iter(self._parts)

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._parts)
