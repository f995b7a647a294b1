"""PostGIS in a cluster of its own: made in a temporary folder, asked over a Unix socket, gone with the process."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

# What a peer is asked and what it answers: see `benchmarks.child`.
Answer = tuple[Any, Any, Any]
Ask = Callable[[], Callable[[], Answer]]
# Most vertices of a part, as ST_Subdivide takes it; which is fastest depends on the cover.
MOST_VERTICES = (64, 128)
# Everything in memory, nothing flushed, every processor used: what an office would set for such a question.
_SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "'4GB'",
    "work_mem": "'1GB'",
    "maintenance_work_mem": "'1GB'",
    "effective_cache_size": "'8GB'",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "'8GB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": str(os.cpu_count() or 2),
    "parallel_setup_cost": "10",
    "min_parallel_table_scan_size": "0",
    "min_parallel_index_scan_size": "0",
}
_PARCELS = """
    CREATE EXTENSION postgis;
    CREATE UNLOGGED TABLE loaded (unit int, geometry geometry);
    \\copy loaded FROM '{file}'
    CREATE UNLOGGED TABLE parcels AS
        SELECT unit, geometry, ST_Area(geometry) AS area FROM loaded ORDER BY geometry;
    CREATE INDEX ON parcels USING gist (geometry);
    VACUUM ANALYZE parcels;
    CREATE UNLOGGED TABLE cover (class int, geometry geometry);
    \\copy cover FROM '{cover}'
"""
_TILES = """
    CREATE UNLOGGED TABLE tiles_{most} AS SELECT class, ST_Subdivide(geometry, {most}) AS geometry FROM cover;
    CREATE INDEX ON tiles_{most} USING gist (geometry);
    VACUUM ANALYZE tiles_{most};
"""
_SHARES = """
    DROP TABLE IF EXISTS answer;
    CREATE UNLOGGED TABLE answer AS
        SELECT p.unit, t.class,
               sum(CASE WHEN ST_CoveredBy(p.geometry, t.geometry) THEN p.area
                        ELSE ST_Area(ST_Intersection(p.geometry, t.geometry)) END) AS area
        FROM parcels p JOIN tiles_{most} t ON ST_Intersects(p.geometry, t.geometry)
        GROUP BY p.unit, t.class;
"""


def missing() -> str | None:
    """Return what is not installed, None where PostGIS can be asked."""
    programs = _programs()
    if programs is None:
        return "no PostgreSQL server is installed (Debian: postgresql-15-postgis-3)"
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    shares = (programs / "../share", Path(f"/usr/share/postgresql/{version.split()[2].partition('.')[0]}"))
    if not any(list(share.glob("**/extension/postgis.control")) for share in shares if share.is_dir()):
        return "PostgreSQL has no PostGIS (Debian: postgresql-15-postgis-3)"
    return None


def asked(folder: Path, workload: str) -> tuple[dict[str, Ask], dict[str, Any]]:
    """Ask tables in memory: parts by ST_Subdivide, areas at hand, the covered-by shortcut; reading back is untimed."""
    server = Server.started()
    frame, cover = (geopandas.read_parquet(folder / f"{name}.parquet") for name in ("parcels", workload))
    files = {"file": server.folder / "parcels.txt", "cover": server.folder / "cover.txt"}
    _write(files["file"], frame["id"], frame.geometry)
    _write(files["cover"], np.arange(len(cover)), cover.geometry)
    server.run(_PARCELS.format(**files))
    for most in MOST_VERTICES:
        server.run(_TILES.format(most=most))
    names = cover["name"].to_numpy()

    def ask(most: int) -> Callable[[], Answer]:
        server.run(_SHARES.format(most=most))
        return lambda: _read_back(server, names)

    version = server.run("SELECT postgis_lib_version(), split_part(version(), ' ', 2)").replace("|", ", PostgreSQL ")
    # The memory of a server is not that of this process.
    about = {"version": version.strip(), "peak_memory_mb": None}
    return {f"subdivide_{most}": partial(ask, most) for most in MOST_VERTICES}, about


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes
    ----------
    programs : where psql and its like are
    folder : of the cluster, its socket and what it loads
    """

    programs: Path
    folder: Path

    @classmethod
    def started(cls) -> "Server":
        """Make a cluster and start it; it is stopped and removed when this process ends."""
        programs = _programs()
        assert programs is not None
        server = cls(programs, Path(tempfile.mkdtemp(prefix="pg-")))  # the path of a socket has to be short
        atexit.register(server.stop)
        if _other_user():
            shutil.chown(server.folder, "postgres", "postgres")
        data = server.folder / "data"
        server._as_owner("initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = _SETTINGS | {"unix_socket_directories": f"'{server.folder}'"}
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(lines)
        server._as_owner("pg_ctl", "-D", data, "-w", "-l", server.folder / "log", "start")
        return server

    def run(self, script: str) -> str:
        """Run statements and commands of psql, and return what they print."""
        options = ("-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "bench", "postgres")
        script = "".join(f"{line.strip()}\n" for line in script.splitlines())  # psql's own commands begin a line
        command = [self.programs / "psql", *options]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._as_owner("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_owner(self, program: str, *words: object) -> None:
        command = [str(self.programs / program), *map(str, words)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **_other_user())


def _other_user() -> dict[str, Any]:
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    if os.name != "posix":
        return None
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb") or (debian[-1] if debian else None)
    return None if found is None else Path(found).resolve().parent


def _write(path: Path, numbers: Any, shapes: Any) -> None:
    rows = pd.DataFrame({"number": numbers, "wkb": shapely.to_wkb(np.asarray(shapes), hex=True)})
    rows.to_csv(path, sep="\t", header=False, index=False)


def _read_back(server: Server, names: Any) -> Answer:
    path = server.folder / "answer.csv"
    server.run(f"\\copy (SELECT unit, class, area FROM answer WHERE area > 0) TO '{path}' (FORMAT csv)")
    found = pd.read_csv(path, names=["unit", "class", "area"], float_precision="round_trip")
    return found["unit"].to_numpy(), names[found["class"].to_numpy()], found["area"].to_numpy()
