"""The manifest: what the folder holds, and one chain of hashes, inputs → rules → record → files.

Each link is the SHA-256 of the link before it and of its own content. So the last one stands for everything, and the
first link that differs tells where the chain was broken.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from maps.appendix.names import MANIFEST
from maps.appendix.wishes import AppendixWishes
from planning.record import Record

FORMAT = 1
LINKS = ("inputs", "rules", "record", "files")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in ``manifest.json``.

    Attributes
    ----------
    record : id of the Record
    wishes : how the appendix was wanted
    files : SHA-256 by name; everything in the folder but the manifest itself
    chain : hash by link, in the order of `LINKS`
    """

    record: str
    wishes: AppendixWishes
    files: Mapping[str, str]
    chain: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path, record: Record, wishes: AppendixWishes) -> Self:
        """Return the manifest of what stands in a folder now."""
        files = file_sums(folder)
        return cls(record.id, wishes, files, chain_of(record, wishes, files))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a manifest; raise OSError, ValueError, KeyError, TypeError or AttributeError where it is none."""
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise ValueError(f"format {told['format']}")
        wishes = AppendixWishes.of_plain(told["wishes"])
        return cls(str(told["record"]["id"]), wishes, dict(told["files"]), dict(told["chain"]))

    def write(self, folder: Path, record: Record) -> None:
        """Write the manifest into the folder, with what tells people which analysis this is."""
        told = {
            "format": FORMAT,
            "record": {
                "id": self.record,
                "project": record.project,
                "scenario": record.scenario,
                "crs": record.crs,
                **asdict(record.stamp),
            },
            "wishes": self.wishes.as_plain(),
            "files": dict(self.files),
            "chain": dict(self.chain),
        }
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def file_sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder but the manifest, by its name with forward slashes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: _sha256(path) for name, path in names if name != MANIFEST}


def chain_of(record: Record, wishes: AppendixWishes, files: Mapping[str, str]) -> dict[str, str]:
    """Return the chain of hashes of an appendix."""
    contents = (
        [asdict(one) for one in record.inputs],
        asdict(record.rules),
        record.id,
        {"files": dict(files), "wishes": wishes.as_plain()},
    )
    chain, before = {}, ""
    for link, content in zip(LINKS, contents, strict=True):
        before = hashlib.sha256((before + _canonical(content)).encode()).hexdigest()
        chain[link] = before
    return chain


def _canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
