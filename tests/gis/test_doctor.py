"""The doctor names the mistake, shows its evidence, and stays silent about what its evidence cannot tell."""

import numpy as np
import pytest
from geopandas import GeoDataFrame, points_from_xy
from pyproj import CRS, Transformer
from shapely import affinity, box, transform

from gis.doctor import Diagnosis, diagnose
from gis.errors import NothingToCompare
from gis.readings import readings
from gis.vn2000 import provinces, registered_zone, zones

WORKING = CRS.from_epsg(9215)
# Four communes of 6 km in the Lạng Sơn plane, and parcels that fill the middle of them.
EAST, NORTH = 440_000, 2_420_000
COMMUNES = GeoDataFrame(
    {"code": list("abcd")},
    geometry=[
        box(EAST + 6000 * i, NORTH + 6000 * j, EAST + 6000 * (i + 1), NORTH + 6000 * (j + 1))
        for i in (0, 1)
        for j in (0, 1)
    ],
    crs=WORKING,
)
PARCELS = GeoDataFrame(
    geometry=[
        box(EAST + 2000 + 500 * i, NORTH + 2000 + 500 * j, EAST + 2400 + 500 * i, NORTH + 2400 + 500 * j)
        for i in range(16)
        for j in range(16)
    ],
    crs=WORKING,
)
MARKERS = GeoDataFrame(
    {"so_hieu": [f"M{i}" for i in range(9)]},
    geometry=points_from_xy([EAST + 1000.0 * i for i in range(9)], [NORTH + 900.0 * (i % 3) for i in range(9)]),
    crs=WORKING,
)


def in_numbers_of(frame: GeoDataFrame, problem: str, title: str, states: int | None = 9215) -> GeoDataFrame:
    """Return `frame` with the numbers it would have under that mistake: the reading, run backwards."""
    start = np.array([[EAST, NORTH]], dtype=float)
    way = next(one for one in readings(start, WORKING, WORKING) if one.problem == problem and title in one.title)

    def back(wanted: np.ndarray) -> np.ndarray:
        raw = wanted.copy()
        for _ in range(8):  # every mistake is close to a shift: fixed-point steps converge at once
            raw -= way.place(raw) - wanted
        return raw

    shapes = [transform(shape, back) for shape in frame.geometry]
    return GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=states)


def turned(frame: GeoDataFrame) -> GeoDataFrame:
    """Return `frame` with its axes swapped."""
    return frame.set_geometry([transform(one, lambda xy: xy[:, ::-1]) for one in frame.geometry], crs=frame.crs)


def as_if(frame: GeoDataFrame, epsg: int, states: int | None) -> GeoDataFrame:
    """Return `frame` in another system, labelled with a third."""
    return (
        frame.to_crs(epsg).set_crs(states, allow_override=True)
        if states
        else GeoDataFrame(frame.drop(columns="geometry"), geometry=frame.to_crs(epsg).geometry.tolist())
    )


def codes(found: Diagnosis) -> set[int | None]:
    """Return the systems that fit best."""
    return {one.epsg for one in found.best}


def test_what_is_right_is_called_right() -> None:
    """The declared system comes first among equals."""
    found = diagnose(PARCELS, COMMUNES, WORKING)
    assert (found.problem, found.best[0].epsg, found.evidence) == ("none", 9215, "cover")
    assert found.cannot_tell == ("scale", "datum", "rotation")
    assert diagnose(PARCELS, None, WORKING).problem == "none"


@pytest.mark.parametrize("epsg", [5897, 5898, 9214, 9213])
def test_a_wrong_meridian_is_named(epsg: int) -> None:
    """105° or 107° instead of 107°15′: the meridian that fits is proposed."""
    found = diagnose(as_if(PARCELS, epsg, 9215), COMMUNES, WORKING)
    assert found.problem == "meridian"
    assert found.best[0].epsg == epsg
    assert codes(found) <= ({epsg, 3405, 32648} if epsg == 5897 else {epsg})  # UTM shares the meridian of 105°
    assert found.declared is not None
    assert found.declared.share == 0.0


def test_utm_under_the_name_of_tm3_is_named() -> None:
    """UTM 48 shares its meridian with a TM-3 zone: the cover shows both, shared lines tell which."""
    assert {3405, 32648} <= codes(diagnose(as_if(PARCELS, 3405, 9215), COMMUNES, WORKING))
    found = diagnose(as_if(COMMUNES, 3405, 9215), COMMUNES, WORKING)
    assert (found.problem, codes(found)) == ("utm", {3405})


def test_a_file_that_states_nothing_gets_a_code() -> None:
    """Without .prj the proposal is the system that fits."""
    found = diagnose(as_if(PARCELS, 9215, None), COMMUNES, WORKING)
    assert found.declared is None
    assert found.best[0].epsg == 9215


def test_swapped_axes_are_named() -> None:
    """X = northing in the first column."""
    found = diagnose(turned(PARCELS), COMMUNES, WORKING)
    assert (found.problem, found.best[0].epsg) == ("axes", 9215)


def test_degrees_under_a_label_of_metres_are_named() -> None:
    """WGS 84 or VN-2000 degrees; also the wrong way round."""
    found = diagnose(as_if(PARCELS, 4326, 9215), COMMUNES, WORKING)
    assert (found.problem, found.best[0].epsg) == ("degrees", 4326)
    assert diagnose(turned(as_if(PARCELS, 4326, 9215)), COMMUNES, WORKING).problem == "axes"


@pytest.mark.parametrize(("problem", "title"), [("scale", "107-15"), ("datum", "107-15")])
def test_a_few_hundred_metres_are_told_by_shared_lines(problem: str, title: str) -> None:
    """k₀ of UTM (730 m) and a lost datum shift (220 m) need lines that both files have, and no system repairs them."""
    found = diagnose(in_numbers_of(COMMUNES, problem, title), COMMUNES, WORKING)
    assert found.evidence == "edges"
    assert found.problem == problem
    assert found.best[0].epsg is None
    assert found.best[0].distance_m is not None
    assert found.best[0].distance_m < 0.01


def test_the_sign_of_rotations_is_told_by_control_points_only() -> None:
    """Less than a metre: shared lines cannot tell it, points that are the same can."""
    wrong = in_numbers_of(MARKERS, "rotation", "107-15")
    shift = wrong.distance(MARKERS).median()
    assert 0.3 < shift < 1.2
    found = diagnose(wrong, MARKERS, WORKING, key="so_hieu")
    assert (found.evidence, found.problem) == ("control", "rotation")
    assert "rotation" in diagnose(COMMUNES, COMMUNES, WORKING).cannot_tell
    assert diagnose(MARKERS, MARKERS, WORKING, key="so_hieu").problem == "none"


def test_two_zones_in_one_file_are_counted() -> None:
    """Half the rows in 107°15′, half in 108°: no one code can be right."""
    half = len(PARCELS) // 2
    other = PARCELS.iloc[half:].to_crs(5898).geometry.tolist()
    mixed = GeoDataFrame(geometry=[*PARCELS.geometry[:half], *other], crs=WORKING)
    found = diagnose(mixed, COMMUNES, WORKING)
    assert found.problem == "mixed"
    assert {fit.epsg for fit, _ in found.mixed} == {9215, 5898}
    assert sum(points for _, points in found.mixed) == found.points


def test_what_fits_nowhere_is_said() -> None:
    """Numbers of another country fit no reading; nothing is proposed."""
    away = GeoDataFrame(geometry=[affinity.translate(one, 3e6, 5e6) for one in PARCELS.geometry], crs=WORKING)
    found = diagnose(away, COMMUNES, WORKING)
    assert found.problem is None
    assert found.best == ()


def test_nothing_to_compare_is_an_error() -> None:
    """No shape, no shared key."""
    with pytest.raises(NothingToCompare):
        diagnose(PARCELS.iloc[:0], COMMUNES, WORKING)
    with pytest.raises(NothingToCompare, match="so_hieu"):
        diagnose(PARCELS, MARKERS, WORKING, key="so_hieu")


def test_the_table_of_zones_is_the_registrys() -> None:
    """Codes, meridians and scale factors as PROJ computes with them; Lạng Sơn is 107°15′."""
    lang_son = registered_zone(9215)
    assert lang_son is not None
    assert (lang_son.meridian, lang_son.is_tm3) == (107.25, True)
    assert "Lang Son" in provinces()[9215]
    assert registered_zone(32648) is None
    assert len([zone for zone in zones() if zone.is_tm3]) == 18
    for zone in zones():
        forward = Transformer.from_crs(CRS.from_epsg(4756), CRS.from_epsg(zone.epsg), always_xy=True)
        easting, northing = forward.transform(zone.meridian, 16.0)
        assert easting == pytest.approx(500_000, abs=1e-3)
        meridian_arc_m = 1_769_659.0  # WGS 84 ellipsoid, equator to 16° N
        assert northing / zone.scale == pytest.approx(meridian_arc_m, abs=500)
        assert zone.scale == (0.9999 if zone.is_tm3 else 0.9996)
