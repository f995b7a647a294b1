"""How much a file may ask of this machine: bytes, unpacked bytes, rows, seconds, memory."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gis.errors import FileDamaged, FileTooLarge

_MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. Far above any sheet of a land office, far below what stops a machine.

    Attributes
    ----------
    text_bytes : of formats that are held in memory whole (GeoJSON, KML, CSV, XLSX unpacked)
    ratio : unpacked size by packed size, of ZIP archives, and of rows that came out by the files that they came from
    rows, cells : of a layer, of a raster
    seconds, seconds_per_mib : time to read, and what each MiB adds
    memory_bytes : address space of the reading process, where the system can limit it
    """

    file_bytes: int = 8192 * _MIB
    text_bytes: int = 512 * _MIB
    ratio: float = 120.0
    rows: int = 5_000_000
    cells: int = 1_000_000_000
    seconds: float = 60.0
    seconds_per_mib: float = 2.0
    memory_bytes: int = 6 * 1024 * _MIB

    def bytes_for(self, files: Sequence[Path]) -> int:
        """Return how many bytes of rows may come out of these files."""
        return int(max(self.text_bytes, self.ratio * sum(one.stat().st_size for one in files)))

    def seconds_for(self, files: Sequence[Path]) -> float:
        """Return how long reading these files may take."""
        return self.seconds + self.seconds_per_mib * sum(one.stat().st_size for one in files) / _MIB


LIMITS = Limits()
HELD_WHOLE = (".geojson", ".json", ".kml", ".csv", ".mif", ".dxf")


def require_size(path: Path, files: Sequence[Path], limits: Limits) -> None:
    """Refuse a file that is too large before anything opens it; raise FileTooLarge."""
    size = sum(one.stat().st_size for one in files)
    allowed = limits.text_bytes if path.suffix.lower() in HELD_WHOLE else limits.file_bytes
    if size > allowed:
        raise FileTooLarge(path=path, size=f"{size / _MIB:.0f} MiB", limit=f"{allowed / _MIB:.0f} MiB")


def require_modest_archive(path: Path, limits: Limits) -> None:
    """Refuse a ZIP archive that unpacks to far more than it is; raise FileTooLarge or FileDamaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error
    # Small archives of repetitive text pack well; only a large result can do harm.
    if unpacked > limits.text_bytes or (unpacked > 16 * _MIB and unpacked > limits.ratio * path.stat().st_size):
        raise FileTooLarge(
            path=path,
            size=f"{unpacked / _MIB:.0f} MiB",
            limit=f"{limits.text_bytes / _MIB:.0f} MiB, {limits.ratio:.0f}:1",
        )
