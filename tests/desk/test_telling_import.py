"""What an import tells: every count and measure in the digits of the language."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.cli.context import Desk
from desk.cli.telling_import import tell_import
from gis.language import Lang
from layers.wishes import FileReport, ImportReport

FILE = FileReport(
    file="thua.gpkg",
    layer="thua",
    rows=195_152,
    crs="EPSG:9210",
    operation="VN-2000 zone change",
    operation_accuracy_m=0.5,
    columns={"parcel_no": "SHTHUA"},
    kept=("ghi_chu",),
    without_geometry=1_200,
    invalid=0,
    invalid_keys=(),
    flattened=0,
    measures=0,
    arcs=12_345,
    arc_deviation_m=0.0009,
    area_m2=393_559_512.25,
    notes=(),
)
REPORT = ImportReport("parcels", 195_152, 1_463, (FILE,), "a" * 64)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", ("195.152 đối tượng", "chính xác 0,5 m", "1.200", "12.345", "0,9 mm", "393.559.512,2 m²", "1.463")),
        ("en", ("195,152 features", "accuracy 0.5 m", "1,200", "12,345", "0.9 mm", "393,559,512.2 m²", "1,463")),
    ],
)
def test_counts_and_measures_are_written_as_everywhere(
    lang: Lang, told: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A thousand has its separator, a decimal its sign; nothing is told with the digits of a program."""
    tell_import(Desk(Path(), lang, as_json=False, quiet=True), REPORT)
    out = capsys.readouterr().out
    assert [one for one in told if one not in out] == []
    assert "195152" not in out


def test_another_unit_of_the_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Square kilometres that became hectares say so; land of the size of a province is told in hectares."""
    units = replace(
        FILE,
        columns={"declared_area_ha": "areaKm2"},
        factors={"declared_area_ha": 100.0},
        operation="axis order change (2D) + Vietnam TM-3 107-15",
        area_m2=8_307_076_767.6,
    )
    tell_import(Desk(Path(), "vi", as_json=False, quiet=True), replace(REPORT, layer="admin_units", files=(units,)))
    told = capsys.readouterr().out
    assert all(one in told for one in ("declared_area_ha ← areaKm2 × 100\n", "830.707,68 ha", ": Vietnam TM-3"))
