"""The map as it looks, against pictures that a person has looked at; MOCGIOI_REDRAW=1 draws them anew."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from rasterio.io import MemoryFile

from gis.formats.png import png_of_rgba
from maps.testing import hostile
from maps.webmap.page import write_map
from planning.record import Record

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")]

GOLDEN = Path(__file__).parent / "golden"
# A pixel of the kept picture is the mean of this many by as many: letters blur, places and colours stay.
SHRINK = 4
# Browsers draw edges differently: this much of a picture may differ by more than this much of the full range.
DIFFERENT, PART = 0.12, 0.01

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class View:
    """A window and a place of the map."""

    name: str
    size: tuple[int, int]
    fragment: str = ""
    phone: bool = False


VIEWS = (
    View("zone", (1200, 760)),
    View("parcels", (1200, 760), "#18.25/{lat}/{lng}"),
    View("phone", (390, 780), phone=True),
)


def seen(png: bytes) -> Picture:
    """Return a picture, shrunk, shape (rows, columns, 3)."""
    with MemoryFile(png) as file, file.open() as source:
        bands = source.read()[:3]
    height, width = (size // SHRINK * SHRINK for size in bands.shape[1:])
    blocks = bands[:, :height, :width].reshape(3, height // SHRINK, SHRINK, width // SHRINK, SHRINK)
    return np.moveaxis(blocks.mean(axis=(2, 4)).round().astype(np.uint8), 0, -1)


def part_different(one: Picture, other: Picture) -> float:
    """Return the part of the pixels that differ visibly."""
    if one.shape != other.shape:
        return 1.0
    apart = np.abs(one.astype(float) - other).max(axis=-1)
    return float((apart > 255 * DIFFERENT).mean())


def drawn(offline: Any, record: Record, view: View, path: Path) -> Picture:
    write_map(record, path)
    box = record.geometry["base"].to_crs(4326).total_bounds
    place = view.fragment.format(lat=round((box[1] + box[3]) / 2, 6), lng=round((box[0] + box[2]) / 2, 6))
    with offline(*view.size, is_mobile=view.phone, has_touch=view.phone) as opened:
        page = opened.go(path, place)
        if not view.phone:  # the map alone: what stands in lists has tests of its own
            page.add_style_tag(content=".leaflet-control-container { display: none }")
        page.wait_for_timeout(250)
        return seen(page.screenshot() if view.phone else page.locator(".mg-map").screenshot())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_map_looks_as_it_was_approved(offline, record: Record, view: View, tmp_path):
    """The zone, parcels near by, a phone."""
    picture, kept = drawn(offline, record, view, tmp_path / "map.html"), GOLDEN / f"{view.name}.png"
    if os.environ.get("MOCGIOI_REDRAW"):
        kept.parent.mkdir(exist_ok=True)
        opaque = np.full((*picture.shape[:2], 1), 255, np.uint8)
        kept.write_bytes(png_of_rgba(np.concatenate([picture, opaque], axis=-1)))
    with MemoryFile(kept.read_bytes()) as file, file.open() as source:
        approved = np.moveaxis(source.read()[:3], 0, -1)
    assert part_different(picture, approved) <= PART


@pytest.mark.slow
def test_another_map_is_told_apart(offline, record: Record, tmp_path):
    """A comparison that cannot fail proves nothing: another boundary is another picture."""
    moved = record.geometry["proposed"].translate(-120, 60)
    other = record.geometry["proposed"].set_geometry(moved)
    changed = {**record.geometry, "proposed": other}
    one = drawn(offline, record, VIEWS[0], tmp_path / "one.html")
    assert part_different(one, one) == 0
    two = drawn(offline, hostile(record), VIEWS[0], tmp_path / "two.html")
    assert part_different(one, two) > PART
    three = drawn(offline, replace(record, geometry=changed), VIEWS[0], tmp_path / "three.html")
    assert part_different(one, three) > PART
