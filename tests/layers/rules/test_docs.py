"""docs/rules.md tells every rule, scale and threshold as the program has it."""

from pathlib import Path

from layers.rules.registry import ALL
from layers.rules.thresholds import point_errors_m, thresholds

TEXT = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_rules_are_told() -> None:
    """Code, severity and both titles of each rule, and no rule that is gone."""
    lines = {
        line.split("`")[1]: line for line in TEXT.splitlines() if line.startswith("| `") and "." in line.split("`")[1]
    }
    assert set(lines) == {rule.code for rule in ALL}
    for rule in ALL:
        assert all(f" {told} |" in lines[rule.code] for told in (rule.severity, rule.title.vi, rule.title.en))


def test_tolerances_are_told() -> None:
    """Every class of scale and every threshold with its value."""
    assert all(f"| 1:{scale} | {error_m:g} |" in TEXT for scale, error_m in point_errors_m().items())
    assert all(f"| `{one.name}` | {one.value:.9g} |" in TEXT for one in thresholds().values())
