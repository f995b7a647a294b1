"""What the comparison of scenarios tells: JSON for programs; what people read is loaded where people read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.loading import loaded
from desk.cli.opening import opened
from gis.language import Text
from layers.beside import Second
from maps.whole_file import whole_file
from planning.analysis_json import as_json
from planning.comparison import Comparison, compare


def tell(desk: Desk, names: Sequence[str], chart: Path | None, second: Second | None) -> None:
    """Compare scenarios, and tell in which facts they differ."""
    workspace = opened(desk)
    with show.working(desk, _COMPARING, names=", ".join(names)):
        found = compare(workspace, names, second)
    if chart is not None:
        svg: str = loaded("maps.comparison_chart").comparison_svg(found, desk.lang)
        with whole_file(chart) as beside:
            beside.write_text(svg, encoding="utf-8", newline="\n")
    if desk.as_json:
        show.as_json(_plain(found))
    else:
        loaded("desk.cli.telling_comparison").tell_comparison(found, desk.lang)


def _plain(found: Comparison) -> dict[str, Any]:
    differences = [
        {"key": one.key, "unit": one.unit, "values": list(one.values), "difference": one.difference}
        for one in found.differences
    ]
    return {"scenarios": [as_json(record) for record in found.records], "differences": differences}


_COMPARING = Text(vi="Đang so sánh {names}…", en="Comparing {names}…")
