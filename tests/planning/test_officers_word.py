"""An officer's word: on a finding that is there, beside the answer, which stays; a broken ledger has no say."""

import pytest
from geopandas import GeoDataFrame

from layers.ledger import FILE, read_ledger
from layers.workspace import Workspace
from planning.errors import FindingRefWrong, FindingUnknown
from planning.extract import extract
from planning.officers_word import give_word
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import find
from planning.record import Record

KEY = "06184@2009-04-01/1/1"
REF = "USE-PLAN:parcels/06184/1/1:land_use-legal_use"
WORD = {"reason": "Đã cấp đổi", "paper": "GCN 7", "by": "Cán bộ A"}


def extract_of(workspace: Workspace) -> Record:
    desk = ParcelDesk.open(workspace)
    return extract(desk, find(desk.cadastre, desk.communes, "tt Đồng Đăng/1/1").hits[0])


def marked(record: Record) -> dict[str, object]:
    rows = record.tables["parcels.to_check"].frame.set_index("finding")
    return dict(rows.loc[REF])


def test_a_word_stands_beside_the_answer(land_office: Workspace) -> None:
    """What was found is still told; the Record names the ledger among its inputs."""
    before = extract_of(land_office)
    after = extract_of(give_word(land_office, REF, "settled", **WORD))
    row = marked(after)
    assert (row["mark"], row["mark_reason"], row["mark_paper"], row["mark_by"]) == (
        "settled",
        "Đã cấp đổi",
        "GCN 7",
        "Cán bộ A",
    )
    assert row["first_use"] == marked(before)["first_use"]
    assert "ledger" in [one.layer for one in after.inputs]
    line = read_ledger(Workspace.open(land_office.path)).lines[0]
    assert line.said.answer == "ONT-C+CLN-P ≠ ONT"
    assert line.said.layer_sha256 == land_office.identity("parcels").sha256


def test_a_word_can_be_taken_back_but_not_erased(land_office: Workspace) -> None:
    """Two lines in the ledger, no mark on the page."""
    workspace = give_word(land_office, REF, "wrong", **WORD)
    workspace = give_word(workspace, REF, "reopened", **WORD)
    assert marked(extract_of(workspace))["mark"] is None
    assert len(read_ledger(workspace).lines) == 2


def test_a_word_on_another_answer_is_told_so(land_office: Workspace) -> None:
    """The data changed since: the word spoke of something else."""
    workspace = give_word(land_office, REF, "wrong", **WORD)
    parcels = workspace.read("parcels")
    parcels.loc[parcels["land_use"] == "ONT-C+CLN-P", "land_use"] = "ONT-C+HNK-P"
    row = marked(extract_of(workspace.write({"parcels": parcels})))
    assert row["mark_of"] == "ONT-C+CLN-P ≠ ONT"


def test_a_broken_ledger_has_no_say(land_office: Workspace) -> None:
    """No mark is shown from a ledger that somebody edited."""
    give_word(land_office, REF, "wrong", **WORD)
    path = land_office.path / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("GCN 7", "GCN 8"), encoding="utf-8")
    assert marked(extract_of(Workspace.open(land_office.path)))["mark"] is None


@pytest.mark.parametrize(
    ("ref", "error"),
    [
        ("USE-PLAN", FindingRefWrong),
        ("USE-PLAN:parcels", FindingRefWrong),
        ("USE-PLAN:parcels/06184/1/1", FindingUnknown),
        ("USE-PLAN:parcels/06184/1/1:land_use-x", FindingUnknown),
        ("LD-01:projects/DA99", FindingUnknown),
        ("coverage.overlap:parcels/06184/1/1", FindingUnknown),
    ],
)
def test_only_what_was_found_can_be_marked(land_office: Workspace, ref: str, error: type[Exception]) -> None:
    """The message names what is there; nothing is written."""
    with pytest.raises(error):
        give_word(land_office, ref, "wrong", **WORD)
    assert not (land_office.path / FILE).exists()


def test_findings_of_recorded_checks_are_told_and_can_be_marked(land_office: Workspace) -> None:
    """No run is no data; a run of which the parcel has a part is told with its other side."""
    folder = land_office.path / "checks"
    folder.mkdir()
    found = {"rule": "coverage.overlap", "severity": "error", "layer": "parcels", "field": "", "value": ""}
    row = {**found, "feature": "06208/1/1", "others": "06184/1/1; 06184/1/2", "shape": None}
    GeoDataFrame([row], geometry="shape", crs="EPSG:9215").to_parquet(folder / "findings.parquet")
    record = extract_of(land_office)
    assert "findings" not in record.no_data
    row = record.tables["parcels.findings"].frame.iloc[0]
    assert (row["rule"], row["others"]) == ("coverage.overlap", "06184/1/1; 06184/1/2")
    workspace = give_word(land_office, row["finding"], "wrong", **WORD)
    assert extract_of(workspace).tables["parcels.findings"].frame["mark"].tolist() == ["wrong"]
