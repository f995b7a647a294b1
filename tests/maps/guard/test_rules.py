"""The guard reads a finished page as a stranger would: what must not go out is named, whoever put it there."""

import re
from dataclasses import replace

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, Point, box

from gis.language import Text
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from maps.errors import GuardRefused, OverrideWrong
from maps.guard.known import Known, known_of
from maps.guard.overriding import FILE, override_of, standing
from maps.guard.reading import read_page
from maps.guard.rules import Breach, breaches
from maps.release import found_in, release_map
from maps.testing import PAYLOADS, hostile
from maps.tiles.side import script_file
from maps.webmap.overrides import Override
from maps.webmap.page import Page, map_page
from maps.webmap.settings import Wishes
from planning.effect import analyse
from planning.inventory import inventory
from planning.record import Column, Record, Table

NOTICE = "Dữ liệu minh họa, không có giá trị pháp lý"
KNOWN = Known(frozenset(), {}, "approximate", NOTICE)


def rules(page: Page, known: Known = KNOWN) -> set[str]:
    return {one.rule for one in found_in(page, known)}


def changed(record: Record, table: str, column: str, value: str) -> Record:
    old = record.tables[table]
    frame = old.frame.assign(**{column: value})
    return replace(record, tables={**record.tables, table: Table(frame, {**old.columns, column: Column("text", "x")})})


def test_a_clean_map_passes(page_of_record: Page, record: Record, project: Workspace):
    """Nothing is found where nothing is wrong, with or without the project beside."""
    assert rules(page_of_record) == set()
    assert rules(map_page(record, "en"), known_of(project)) == set()


def test_personal_values_are_found_wherever_they_stand(record: Record, project: Workspace):
    """In a cell, in a heading, in a reason, with other case and accents; companies that the project names are no leak."""
    known = known_of(project)
    assert known.personal == {"nguoi minh hoa"}
    leak = changed(record, "parcels", "planned_use", "NGƯỜI  MINH HỌA")
    assert "personal" in rules(map_page(leak), known)
    gates = record.geometry["gates"].assign(name="Nhà ông: Người minh họa")
    assert "personal" in rules(map_page(replace(record, geometry={**record.geometry, "gates": gates})), known)
    assert "personal" in rules(map_page(replace(record, reason="theo đơn của\nngười minh hoạ")), known)
    public = project.write({"yards": project.read("yards").assign(operator="Người minh họa")})
    assert known_of(public).personal == frozenset()


def test_personal_fields_are_known_by_their_names(record: Record):
    """Whatever the source calls them; the value does not matter."""
    for title in ("TENCHU", "Địa chỉ", "owner", "Số điện thoại"):
        yards = replace(
            record,
            tables={
                **record.tables,
                "findings": Table(
                    record.tables["yards"].frame.assign(**{title: "x"}),
                    {**record.tables["yards"].columns, title: Column("text", "x")},
                ),
            },
            geometry={**record.geometry, "findings": record.geometry["yards"]},
        )
        assert "personal" in rules(map_page(yards)), title


def test_defence_land_is_found_by_words_codes_and_keys(page_of_record: Page, record: Record):
    """A kind, a land use, a row of a table, the key of a feature that the project withholds."""
    constraints = record.geometry["constraints"].assign(kind="Đất quốc phòng")
    assert "defence" in rules(map_page(replace(record, geometry={**record.geometry, "constraints": constraints})))
    parcels = record.geometry["parcels"].assign(land_use="ONT+CQP")
    assert "defence" in rules(map_page(replace(record, geometry={**record.geometry, "parcels": parcels})))
    rows = record.tables["by.constraints"].frame.assign(key="defence", name="defence")
    table = Table(rows, record.tables["by.constraints"].columns)
    assert "defence" in rules(map_page(replace(record, tables={**record.tables, "by.constraints": table})))
    assert "defence" in rules(page_of_record, replace(KNOWN, withheld={"parcels": frozenset({"a/1/a"})}))


def test_defence_land_never_reaches_a_record(planned: Workspace):
    """So the map of a project with defence land passes: its rows are counted, its area is in the residual."""
    constraints = planned.read("constraints").assign(kind=["defence", "rừng phòng hộ"])
    parcels = planned.read("parcels").assign(land_use=["CQP", "CAN", "LUC", "CQP*", None, "ONT"])
    workspace = planned.write({"constraints": constraints, "parcels": parcels})
    record = analyse(workspace, "mo-rong")
    assert rules(map_page(record), known_of(workspace)) == set()
    assert set(record.tables["by.land_use"].frame["key"]) == {"LUC", "ONT", "–"}
    assert list(record.tables["by.constraints"].frame["key"]) == ["rừng phòng hộ"]
    assert len(record.tables["parcels"].frame) == 3
    assert record.value("parcels.count") == 6
    shown = record.tables["by.land_use"].frame["base_m2"].sum()
    assert record.value("by.land_use.total.base_m2") == shown
    assert record.value("by.land_use.residual_m2.base") == record.value("area_m2.base") - shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</body>", '<img src="https://tile.example/1/1/1.png"></body>'),
        ("</body>", '<iframe srcdoc="x"></iframe></body>'),
        ("</body>", "<script>L.tileLayer('x')</script></body>"),
        ("</body>", '<p onclick="x()">a</p></body>'),
        ("</style>", "a{background:url(//example.org/x.png)}</style>"),
        ("</style>", "@import 'x.css';</style>"),
        ("default-src 'none'", "default-src *"),
        ("img-src data:", "img-src https: data:"),
        ("Content-Security-Policy", "X-Nothing"),
    ],
)
def test_whatever_reaches_out_of_the_page_is_found(page_of_record: Page, old, new):
    """Addresses, foreign scripts, handlers, a policy that is gone or open."""
    assert old in page_of_record.html
    assert rules(replace(page_of_record, html=page_of_record.html.replace(old, new, 1))) == {"basemap"}


def test_a_picture_that_nothing_declares_is_a_basemap(page_of_record: Page):
    """A chunk with a picture in it, beside the page or inside."""
    picture = script_file("osm", b"\x89PNG\r\n")
    assert rules(replace(page_of_record, side=(picture,))) == {"basemap"}


def test_chunks_come_from_beside_the_page_and_from_nowhere_else(page_of_record: Page):
    """A folder elsewhere is another basemap."""
    for folder in ("//example.org/x", "https://example.org", "../other", "/etc"):
        moved = page_of_record.html.replace('\\"chunks\\":\\"\\"', f'\\"chunks\\":\\"{folder}\\"')
        assert moved != page_of_record.html
        assert rules(replace(page_of_record, html=moved)) == {"basemap"}


def test_a_border_line_says_where_it_comes_from(record: Record):
    """Its document stands with it, or it must not go out; a railway needs none."""
    west, south = ORIGIN_EASTING, ORIGIN_NORTHING
    line = LineString([(west, south), (west + 600, south + 500)])
    rows = {"key": ["B", "R"], "name": ["Đường 1", "Đường sắt"], "kind": ["border", "railway"]}
    for document, found in ((None, {"border"}), ("Bản đồ địa giới 1:50.000, Bộ Nội vụ", set())):
        frame = GeoDataFrame({**rows, "document": [document, None]}, geometry=[line, line], crs=record.crs)
        assert rules(map_page(replace(record, geometry={**record.geometry, "infrastructure": frame}))) == found
    called = GeoDataFrame(
        {"key": ["x"], "name": ["Biên giới quốc gia"], "kind": ["khác"]}, geometry=[line], crs=record.crs
    )
    assert rules(map_page(replace(record, geometry={**record.geometry, "infrastructure": called}))) == {"border"}


def test_the_archipelagos_are_named_where_the_map_shows_their_waters(record: Record):
    """A map that reaches there is labelled by itself; one whose labels are gone or misplaced is refused."""
    far = GeoDataFrame(
        {"key": ["g"], "name": ["Xa"], "kind": ["x"]}, geometry=[Point(960_000, 1_100_000)], crs=record.crs
    )
    wide = box(ORIGIN_EASTING, 1_000_000, ORIGIN_EASTING + 1_000, 2_400_000)
    base = GeoDataFrame({"key": ["base"]}, geometry=[wide], crs=record.crs)
    country = replace(record, geometry={**record.geometry, "base": base, "gates": far})
    wide_page = map_page(country)
    assert rules(wide_page) == set()
    assert "Quần đảo Hoàng Sa (Việt Nam)" in wide_page.html
    for old, new in (
        ("Hoàng Sa (Việt Nam)", "Paracel"),
        ("16.5,112.0", "10.5,107.0"),
        ("Trường Sa (Việt Nam)", "Trường Sa"),
    ):
        assert old in wide_page.html
        assert rules(replace(wide_page, html=wide_page.html.replace(old, new))) == {"islands"}


def test_an_approximate_boundary_says_so(page_of_record: Page, record: Record):
    """In its status and in a sentence that is open; a page that claims more than the project is refused."""
    assert rules(
        replace(page_of_record, html=re.sub("Ranh giới ở mức gần đúng", "Ranh giới", page_of_record.html))
    ) == {"approximate"}
    bold = replace(
        record, facts={**record.facts, "zone.status": replace(record.facts["zone.status"], value="official")}
    )
    bold_page = map_page(bold)
    assert rules(bold_page) == {"approximate"}
    assert rules(bold_page, replace(KNOWN, status="official")) == set()


def test_the_notice_of_the_project_is_on_every_page(record: Record):
    """Invented data without its sentence does not go out."""
    assert rules(map_page(replace(record, notice=""))) == {"notice"}


@pytest.mark.slow
def test_hostile_text_does_not_confuse_the_guard(record: Record):
    """Payloads in every field are text: they make no breach of their own, and hide none."""
    known = replace(KNOWN, personal=frozenset({"nguoi bi mat"}), status="")
    found = rules(map_page(hostile(record)), known)
    assert "basemap" not in found
    for payload in PAYLOADS:
        assert "personal" in rules(map_page(hostile(record, f"{payload}, Người Bí Mật")), known)


def test_a_refusal_names_everything_and_writes_nothing(planned: Workspace, record: Record, tmp_path):
    """The message says rule, place and what to do; an override needs a rule that is broken, and a reason."""
    workspace = planned
    record = replace(record, notice="", reason="Người minh họa")
    path = tmp_path / "map.html"
    with pytest.raises(GuardRefused, match=r"(?s)personal: .*notice: .*--override-guard"):
        release_map(record, workspace, path)
    assert not path.exists()
    with pytest.raises(OverrideWrong, match="nothing breaks"):
        release_map(record, workspace, path, wishes=Wishes(overrides=(Override("border", "không cần thiết"),)))
    both = (Override("personal", "có văn bản đồng ý"), Override("notice", "bản nội bộ, đã ghi trên bìa"))
    release_map(record, workspace, path, wishes=Wishes(overrides=both))
    kept = (workspace.path / FILE).read_text(encoding="utf-8")
    panel = read_page(path.read_text(encoding="utf-8")).panel
    for one in both:
        assert one.reason in kept
        assert one.reason in str(panel["sections"][-1])
    assert Workspace.open(workspace.path).project == workspace.project


def test_what_is_set_aside_is_written_down_rule_by_rule():
    """A rule that does not exist, or no reason, is refused."""
    assert override_of("border=Đường minh họa, có ghi chú") == Override("border", "Đường minh họa, có ghi chú")
    for given in ("nothing=vì tôi muốn thế", "border", "border=vì"):
        with pytest.raises(OverrideWrong):
            override_of(given)
    breach = Breach("border", Text(vi="đường", en="line"))
    assert standing((breach,), (Override("border", "x" * 12),)) == ()


def test_a_large_layer_is_read_to_its_last_cell(project: Workspace, monkeypatch):
    """Cells in chunks, inside the page or beside it, are read like all others."""
    monkeypatch.setattr("maps.webmap.drawing.FEATURES_MAX", 3)
    monkeypatch.setattr("maps.webmap.page.EMBEDDED_MAX", 0)
    record = inventory(project, ("parcels",))
    page = map_page(record)
    assert page.side
    known = known_of(project)
    assert rules(page, known) == set()
    leak = changed(record, "parcels", "planned_use", "Người minh họa")
    assert rules(map_page(leak), known) == {"personal"}
    assert breaches(read_page(page.html, ()), known) == ()
