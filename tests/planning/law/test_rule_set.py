"""Rule sets: what is shipped is whole; another decree is another file; what is wrong is said in one message."""

import pytest

from layers.workspace import Workspace
from planning.analysis_json import as_json
from planning.current import current_record
from planning.effect import analyse
from planning.errors import RuleSetNotInForce, RuleSetUnknown, RuleSetWrong
from planning.law.choice import FOLDER, in_force, rule_set_in, rule_set_named
from planning.law.rule_file import parse
from planning.law.rule_set import CONFIDENCES
from planning.law.rules import DEMANDS, RULES

# The ids of the domain's list of legal rules.
IDS = [
    *(f"ZB-{number:02d}" for number in range(1, 17)),
    *(f"LD-{number:02d}" for number in range(1, 21)),
    *(f"BD-{number:02d}" for number in range(1, 6)),
    *(f"YD-{number:02d}" for number in range(1, 8)),
    *(f"MP-{number:02d}" for number in range(1, 13)),
    *(f"AD-{number:02d}" for number in range(1, 4)),
]

# A made-up decree: other ids, another limit, its own instrument.
OTHER = """
id = "nd-99-2027"
title = {vi = "Nghị định giả định 99/2027", en = "Imagined decree 99/2027"}
in_force_from = 2027-01-01
checked_on = 2027-01-02

[instruments.nd-99-2027]
title = {vi = "Nghị định giả định 99/2027", en = "Imagined decree 99/2027"}
in_force_from = 2027-01-01
source = "bịa để thử"

[[clauses]]
id = "X-1"
asks = "within_plan_tolerance"
instrument = "nd-99-2027"
article = {vi = "Điều 3", en = "Art. 3"}
title = {vi = "Chênh lệch nhỏ", en = "Small difference"}
source = "bịa để thử"
confidence = "inference"
thresholds = {share_max = {value = 0.5, unit = "share"}, area_max = {value = 6, unit = "ha"}}

[[clauses]]
id = "X-2"
asks = "input"
instrument = "nd-99-2027"
article = "–"
title = {vi = "Ý kiến", en = "Opinion"}
needs = {vi = "Cần ý kiến.", en = "An opinion is needed."}
source = "bịa để thử"
confidence = "not-found"
"""


def test_every_rule_of_the_domain_stands_in_the_shipped_set():
    """All 63 ids, each with instrument, article, source and confidence; every rule of the program is asked."""
    rules = rule_set_named("nd-35-2022")
    assert [clause.id for clause in rules.clauses] == IDS
    assert {clause.asks for clause in rules.clauses} == {rule.name for rule in RULES}
    for clause in rules.clauses:
        assert clause.citation.vi
        assert clause.citation.en
        assert clause.source
        assert clause.confidence in CONFIDENCES
        assert clause.needs.vi or clause.asks != "input"
    numbers = {
        (clause.id, name): float(one.number)
        for clause in rules.clauses
        for name, one in clause.thresholds.items()
        if one.unit != "date"
    }
    assert numbers["ZB-02", "share_max"] == 0.01
    assert numbers["ZB-02", "area_max"] == 200
    assert numbers["ZB-03", "share_max"] == numbers["ZB-04", "share_max"] == 0.1
    assert numbers["ZB-06", "share_min"] == 0.7
    assert numbers["ZB-08", "area_min"] == 10_000
    assert numbers["YD-01", "distance_max"] == 10_000
    assert numbers["BD-03", "distance_min"] == 30


def test_what_nobody_quotes_says_so():
    """A clause without an article is an inference, a calculation, unverified or not found."""
    for clause in rule_set_named("nd-35-2022").clauses:
        assert clause.article.vi != "–" or clause.confidence not in ("quoted-primary", "quoted-secondary")


def test_identity_is_that_of_the_content():
    """Line ends and comments do not change it; a threshold does."""
    plain = parse(OTHER, "x", DEMANDS).sha256
    assert parse("# chú thích\r\n" + OTHER.replace("\n", "\r\n"), "y", DEMANDS).sha256 == plain
    assert parse(OTHER.replace("value = 6,", "value = 6.5,"), "x", DEMANDS).sha256 != plain


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('article = {vi = "Điều 3", en = "Art. 3"}\n', "", "[X-1]: “article” is missing"),
        ('article = {vi = "Điều 3", en = "Art. 3"}', 'article = {vi = "Điều 3"}', "[X-1]: “article” is missing"),
        ('confidence = "inference"', 'confidence = "sure"', "[X-1]: the confidence “sure”"),
        ('id = "X-2"', 'id = "X-1"', "[X-1]: this id stands there twice"),
        ('asks = "within_plan_tolerance"', 'asks = "guess"', "[X-1]: there is no rule “guess”"),
        ('{value = 6, unit = "ha"}', '{value = 6, unit = "m2"}', "“area_max” is in “m2”, not in “ha”"),
        ('{value = 6, unit = "ha"}', '{value = "5", unit = "ha"}', "“value” must be a number"),
        ('{value = 6, unit = "ha"}', '{value = nan, unit = "ha"}', "“value” must be a number"),
        ('{value = 6, unit = "ha"}', '{value = 6, unit = "acres"}', "the unit “acres” is none of"),
        (', area_max = {value = 6, unit = "ha"}', "", "the threshold “area_max” (ha) is missing"),
        ('area_max = {value = 6, unit = "ha"}}', 'area_max = {value = 6, unit = "ha"}, more = {value = 1, unit = "m"}}', "nothing takes: more"),
        ('instrument = "nd-99-2027"', 'instrument = "luat"', "no instrument “luat”"),
        ("in_force_from = 2027-01-01", 'in_force_from = "2027"', "must be a day"),
        ('source = "bịa để thử"\nconfidence = "not-found"', 'confidence = "not-found"', "[X-2]: “source” is missing"),
        ('confidence = "not-found"', 'confidence = "quoted-primary"', "[X-2]: the article is missing"),
        ("[[clauses]]", "[[clause]]", "nothing takes: clause"),
        (OTHER[OTHER.index("[[clauses]]") :], "", "“clauses” is missing"),
        ("id =", "id ==", "not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_message(tmp_path, old, new, said):
    """File, clause, problem, what to do; in both languages."""
    path = tmp_path / "thu.toml"
    path.write_text(OTHER.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleSetWrong) as caught:
        rule_set_in(path)
    message = caught.value.to("en")
    assert str(path) in message
    assert said in message
    assert message.endswith("Mend the file.")
    assert "Hãy sửa tệp này" in caught.value.to("vi")


@pytest.fixture
def with_other(analysed: Workspace) -> Workspace:
    """Return the project with its Record of a scenario, and a decree of its own since."""
    (analysed.path / FOLDER).mkdir()
    (analysed.path / FOLDER / "nd-99-2027.toml").write_text(OTHER, encoding="utf-8")
    return analysed


def named(workspace: Workspace, name: str) -> Workspace:
    """Return the project with another rule set in its project.toml."""
    path = workspace.path / "project.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "\n".join(f'rules = "{name}"' if line.startswith("rules") else line for line in text.splitlines()),
        encoding="utf-8",
    )
    return Workspace.open(workspace.path)


def test_another_decree_is_another_file(with_other: Workspace):
    """The project names it: its clauses, its thresholds, its identity in the Record; the stored one is old then."""
    before = current_record(with_other, "x")
    assert before is not None
    assert before.rules.id == "nd-35-2022"
    changed = named(with_other, "nd-99-2027")
    assert current_record(changed, "x") is None
    answer = as_json(analyse(changed, "x"))
    assert answer["record"]["rules"] == {"id": "nd-99-2027", "sha256": parse(OTHER, "", DEMANDS).sha256}
    assert [(one["id"], one["verdict"], one["citation"]) for one in answer["criteria"]] == [
        ("X-1", "met", "Nghị định giả định 99/2027, Điều 3"),  # 5 ha and its margin are below 6 ha
        ("X-2", "needs_input", "Nghị định giả định 99/2027"),
    ]
    assert answer["criteria"][0]["threshold"] == 60_000.0


def test_the_set_in_force_is_that_of_the_day(with_other: Workspace):
    """Before 2027 the shipped one, from then on the newer one; before both none."""
    assert in_force("2026-12-31", with_other.path).id == "nd-35-2022"
    assert in_force("2027-01-01", with_other.path).id == "nd-99-2027"
    with pytest.raises(RuleSetNotInForce, match="2022-07-14"):
        in_force("2022-07-14", with_other.path)


def test_two_sets_of_one_day_have_to_be_chosen_from(with_other: Workspace):
    """Nobody decides silently which decree counts."""
    twin = OTHER.replace('id = "nd-99-2027"', 'id = "nd-98-2027"', 1)
    (with_other.path / FOLDER / "nd-98-2027.toml").write_text(twin, encoding="utf-8")
    with pytest.raises(RuleSetNotInForce, match="nd-98-2027, nd-99-2027"):
        in_force("2027-06-01", with_other.path)


def test_a_set_is_named_by_its_file_and_takes_no_shipped_name(with_other: Workspace):
    """An unknown name lists those there are; a file that claims another id, or a shipped one, is refused."""
    with pytest.raises(RuleSetUnknown, match="nd-35-2022, nd-99-2027"):
        rule_set_named("nd-1", with_other.path)
    own = with_other.path / FOLDER
    (own / "nd-97.toml").write_text(OTHER, encoding="utf-8")
    with pytest.raises(RuleSetWrong, match="named by its id"):
        rule_set_named("nd-97", with_other.path)
    (own / "nd-35-2022.toml").write_text(OTHER, encoding="utf-8")
    with pytest.raises(RuleSetWrong, match="shipped set"):
        rule_set_named("nd-99-2027", with_other.path)


def test_an_analysis_with_a_wrong_set_says_what_is_wrong(with_other: Workspace):
    """No verdicts from rules that nobody can rely on."""
    (with_other.path / FOLDER / "nd-99-2027.toml").write_text(OTHER.replace("Art. 3", " "), encoding="utf-8")
    with pytest.raises(RuleSetWrong, match="X-1"):
        analyse(named(with_other, "nd-99-2027"), "x")
