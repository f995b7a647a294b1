"""check(): bad data never raise, a rule that fails hides no other, runs are recorded and compared, parts are checked."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, concat

from gis.language import Text
from layers.errors import LayerMissing, LayerUnknown
from layers.project import Source
from layers.report import last_findings, runs
from layers.rules.asked import Asked
from layers.rules.registry import ALL, RULES
from layers.rules.rule import SEVERITIES, Rule
from layers.rules.thresholds import point_errors_m, thresholds
from layers.testing import of, parcels
from layers.validate import Touched, check, check_and_keep, check_touched
from layers.workspace import Workspace

OPEN = "aab\na.b\nabb"


def test_codes_are_stable_names() -> None:
    """Family and name, each once; every rule speaks both languages and is asked of a layer."""
    codes = [rule.code for rule in ALL]
    assert len(set(codes)) == len(codes)
    assert {code.partition(".")[0] for code in codes} == {
        "check", "geometry", "coverage", "keys", "attributes", "agreement", "relations",
    }  # fmt: skip
    for rule in RULES:
        assert rule.layers
        assert rule.severity in SEVERITIES
        assert rule.message.vi != rule.message.en
        assert rule.title.vi != rule.title.en


def test_thresholds_say_where_they_come_from() -> None:
    """Every number has a source and a confidence; the classes of scale are those of the circular."""
    assert all(one.source and one.confidence and one.meaning for one in thresholds().values())
    assert point_errors_m() == {200: 0.05, 500: 0.07, 1000: 0.15, 2000: 0.3, 5000: 1.5, 10_000: 3.0}


def test_a_rule_that_fails_hides_no_other(project: Workspace) -> None:
    """Its failure is a finding of its own, with its code and reason; all others are asked."""

    def broken(asked: Asked, layer: str) -> DataFrame:
        raise ZeroDivisionError("chia cho 0")

    rule = Rule("geometry.broken", "error", ("parcels",), Text("?", "?"), Text("?", "?"), broken)
    report = check(project, ["parcels"], rules=(rule, *RULES))
    assert of(report, "check.rule_failed", "layer", "field", "value") == [
        ("parcels", "geometry.broken", "ZeroDivisionError: chia cho 0")
    ]
    without = check(project, ["parcels"])
    assert {**without.counts, "check.rule_failed": 1} == report.counts


def test_a_layer_that_cannot_be_read_hides_no_other(project: Workspace) -> None:
    """It is told, and the other layers are checked."""
    project.file_of("yards").write_bytes(b"SQLite format 3\0 and no more")
    report = check(project)
    assert of(report, "check.layer_unreadable", "layer") == ["yards"]
    assert set(report.run.layers) > {"parcels", "zone", "yards"}
    assert "check.rule_failed" not in report.counts


def test_layers_by_name(project: Workspace) -> None:
    """A name that is none and a layer that is not there are errors of use."""
    with pytest.raises(LayerUnknown):
        check(project, ["thua"])
    with pytest.raises(LayerMissing):
        check(project, ["projects"])


def test_values_that_were_spoilt_on_the_disk(project: Workspace) -> None:
    """A day that is none and a ring that is not closed, written by another program, are findings."""
    with closing(sqlite3.connect(project.file_of("parcels"))) as database, database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("ALTER TABLE parcels ADD COLUMN handover_date TEXT")
        database.execute("UPDATE parcels SET handover_date = 'hôm qua' WHERE parcel_no = 'a'")
        database.execute("UPDATE parcels SET geom = ? WHERE parcel_no = 'f'", (_unclosed(),))
    report = check(project, ["parcels"])
    assert of(report, "attributes.not_a_date", "feature", "value") == [("a/1/a", "hôm qua")]
    assert of(report, "geometry.unclosed_ring", "feature") == ["a/1/f"]
    assert "check.layer_unreadable" not in report.counts


def _unclosed() -> bytes:
    corners = [(440_400.0, 2_420_000.0), (440_600.0, 2_420_000.0), (440_600.0, 2_420_200.0), (440_400.0, 2_420_200.0)]
    ring = struct.pack("<I", 4) + b"".join(struct.pack("<dd", *corner) for corner in corners)
    polygon = struct.pack("<BII", 1, 3, 1) + ring
    return b"GP\x00\x01" + struct.pack("<i", 9215) + struct.pack("<BII", 1, 6, 1) + polygon


def test_runs_are_recorded_and_compared(project: Workspace) -> None:
    """The second run tells what is new, what is gone, what is still there and since when."""
    project = project.write({"parcels": parcels(OPEN), "infrastructure": _far_road()})
    first = check_and_keep(project, ["parcels"])
    assert (first.run.new, first.run.gone, first.run.still) == (None, None, None)
    frame = parcels("aab\naab\nabb", land_use=["ONT", "XYZ"])
    second = check_and_keep(project.write({"parcels": frame}), ["parcels"])
    assert of(first, "coverage.gap", "feature") == ["a/1/a"]
    assert {"coverage.gap", "agreement.envelope"} <= set(second.gone["rule"])
    assert second.run.gone == len(second.gone)
    assert second.run.still == len(first.findings) - len(second.gone)
    assert second.run.new == len(second.findings) - second.run.still
    assert of(second, "attributes.land_use_unknown", "since") == [second.run.checked]
    recorded = runs(project.path)
    assert [one.counts for one in recorded] == [first.counts, second.counts]
    assert recorded[1].layers["parcels"].sha256 != recorded[0].layers["parcels"].sha256
    assert recorded[1].rules["coverage.gap"] == 1
    assert recorded[1].tolerances_m == {"parcels": (0.07, 0.07)}
    assert recorded[1].thresholds["coincidence_m"] == 0.001
    assert recorded[1] == second.run
    kept = last_findings(project.path)
    assert kept is not None
    assert kept["rule"].tolist() == second.findings["rule"].tolist()


def _far_road() -> GeoDataFrame:
    road = shapely.box(450_000, 2_430_000, 450_100, 2_430_010)
    return GeoDataFrame({"code": ["QL"], "kind": ["national_road_area"]}, geometry=[road], crs="EPSG:9215")


def test_runs_of_other_layers_stay(project: Workspace) -> None:
    """Checking one layer keeps what was found in another; a layer that nobody looked at has no comparison."""
    yards = project.read("yards").assign(licensed_area_m2=-1.0)
    project = project.write({"yards": yards})
    check_and_keep(project, ["yards"])
    report = check_and_keep(project, ["zone"])
    assert report.run.new is None
    kept = last_findings(project.path)
    assert kept is not None
    assert "attributes.area_not_positive" in set(kept["rule"])
    again = check(project, ["zone", "yards"])
    assert again.run.new == 0


def test_a_record_that_was_spoilt_is_told_anew(project: Workspace) -> None:
    """What cannot be read is no comparison, and no error."""
    check_and_keep(project, ["zone"])
    (project.path / "checks" / "runs.json").write_text("{", encoding="utf-8")
    (project.path / "checks" / "findings.parquet").write_bytes(b"?")
    assert check_and_keep(project, ["zone"]).run.new is None
    assert len(runs(project.path)) == 1


def test_the_same_data_give_the_same_findings(project: Workspace) -> None:
    """Findings do not depend on the order of the rows."""
    frame = parcels(OPEN, land_use=["XYZ", "odt"], measured_area_m2=[1.0, 2.0])
    one, other = (check(project, ["parcels"], rows={"parcels": rows}) for rows in (frame, frame.iloc[::-1]))
    columns = [name for name in one.findings.columns if name not in ("shape", "since", "others", "feature")]
    assert one.findings[columns].equals(other.findings[columns])


def test_no_accuracy_is_the_finest_class_unless_a_person_says(project: Workspace) -> None:
    """A strip of 6 cm is an overlap where nothing is stated, a sliver where a person says 10 cm."""
    frame = parcels("ab", source_scale=None)
    frame["geometry"] = [shapely.box(0, 0, 100, 100), shapely.box(99.94, 0, 200, 100)]
    assert "coverage.overlap" in check(project, ["parcels"], rows={"parcels": frame}).counts
    report = check(project, ["parcels"], rows={"parcels": frame}, accuracy_m=0.1)
    assert "coverage.sliver_overlap" in report.counts
    assert report.run.accuracy_m == 0.1
    imported = Source("thua.shp", "", "", "2026-11-22", 2, "EPSG:9215", accuracy_m=0.1)
    told = check(project.write({"parcels": frame}, (imported,)), ["parcels"])
    assert "coverage.sliver_overlap" in told.counts


def test_an_edit_is_checked_with_its_neighbours(project: Workspace) -> None:
    """By keys or by a region: what it touched, against what lies around it, and nothing else."""
    frame = parcels("aabb..cc\naabb..cc", land_use=["XYZ", "ONT", "XYZ"])
    frame.loc[1, "geometry"] = frame.geometry[1].union(shapely.box(440_190, 2_420_000, 440_200, 2_420_200))
    rows = {"parcels": frame}
    by_key = check_touched(project, Touched("parcels", ("a/1/b",)), rows)
    assert {"coverage.overlap"} <= set(by_key.counts)
    assert "attributes.land_use_unknown" not in by_key.counts
    by_region = check_touched(
        project, Touched("parcels", region=shapely.box(440_650, 2_420_050, 440_700, 2_420_100)), rows
    )
    assert of(by_region, "attributes.land_use_unknown", "feature") == ["a/1/c"]
    assert "coverage.overlap" not in by_region.counts
    assert not by_key.whole
    twice = GeoDataFrame(
        concat([frame, frame.iloc[[0]].assign(geometry=frame.geometry.iloc[[2]].values)]), crs=frame.crs
    )
    keys = check_touched(project, Touched("parcels", ("a/1/a",)), {"parcels": twice.reset_index(drop=True)})
    assert keys.counts["keys.repeated"] == 2


def test_defence_land_has_no_place_and_owners_no_name(project: Workspace) -> None:
    """A finding about defence land tells its key and fault only; personal values stay in their layer."""
    frame = parcels(OPEN, land_use=["CQP", "ONT"], measured_area_m2=[1.0, 1.0], owner=["Hé «ng Minh Häa", None])
    report = check(project, ["parcels"], rows={"parcels": frame})
    found = report.findings[report.findings["rule"] == "agreement.drawn_area"].set_index("feature")
    assert found["easting"].isna().to_dict() == {"a/1/a": True, "a/1/b": False}
    assert report.findings.set_geometry("shape")[report.findings["others"].str.contains("a/1/a")]["shape"].isna().all()
    assert of(report, "attributes.legacy_text", "field", "value") == [("owner", "")]
    asked = check_and_keep(project.write({"parcels": frame}), ["parcels"], personal=True)
    assert of(asked, "attributes.legacy_text", "value") == ["Hé «ng Minh Häa"]
    kept = last_findings(project.path)
    assert kept is not None
    assert "Häa" not in " ".join(kept["value"])


def test_every_layer_of_a_sound_project_is_checked(project: Workspace, tmp_path: Path) -> None:
    """The drawn project has no finding of geometry, keys or relations, and an empty one none at all."""
    families = {rule.partition(".")[0] for rule in check(project).counts}
    assert not families & {"check", "geometry", "keys"}
    empty = Workspace.create(tmp_path / "trống", "Trống", "EPSG:9215")
    assert check(empty).counts == {}
    assert check_and_keep(empty).counts == {}
