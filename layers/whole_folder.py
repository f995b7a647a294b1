"""A folder that is replaced whole: beside its versions, the file ``current`` names the one that counts.

::

    records/mo-rong/current                     3fa9c0b1d2e4-5b1e
    records/mo-rong/3fa9c0b1d2e4-5b1e/…         what a reader gets

A new version comes in under a name of its own, then the pointer is replaced, which is one rename; what the pointer no
longer names is thrown away. A reader sees the old version or the new one, whole.
"""

import re
import secrets
import shutil
from pathlib import Path

POINTER = "current"
# Only folders that were named here are ever thrown away.
_NAME = re.compile(r"[0-9a-f]{12}-[0-9a-f]{4}")


def name_version(written: Path, identity: str) -> None:
    """Give a folder that was written its name as a version, and point to it; in a staging folder (`layers.commit`).

    Parameters
    ----------
    written : the folder, under any name, in the folder that is to be replaced
    identity : SHA-256 of the content, in hex; the name begins with it
    """
    version = written.with_name(f"{identity[:12]}-{secrets.token_hex(2)}")
    written.rename(version)
    (version.parent / POINTER).write_text(version.name + "\n", encoding="ascii", newline="\n")


def current_version(folder: Path) -> Path | None:
    """Return the version that counts now; None where there is none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if _NAME.fullmatch(name) else None


def drop_others(folder: Path) -> None:
    """Throw away the versions that do not count; the caller holds the lock of the project."""
    kept = current_version(folder)
    for version in folder.iterdir():
        if kept is not None and version != kept and _NAME.fullmatch(version.name) and not version.is_symlink():
            # A file that somebody holds open, which Windows does not let go, stays for the next time.
            shutil.rmtree(version, ignore_errors=True)
