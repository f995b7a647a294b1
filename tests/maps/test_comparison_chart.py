"""The chart of a comparison: well-formed, every number by the formatter, hostile names are text."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from gis.language import LANGUAGES
from maps.comparison_chart import comparison_svg
from maps.formatter import fact_text
from maps.testing import HOSTILE
from planning.comparison import Comparison, differing
from planning.record import Record, Table


def test_the_chart_of_two(record: Record) -> None:
    """Both scenarios with what they add; each number leads back to its fact."""
    facts = {**record.facts, "area_m2.added": replace(record.facts["area_m2.added"], value=0.0)}
    tables = dict(record.tables)
    criteria = tables["criteria"]
    tables["criteria"] = Table(criteria.frame.assign(verdict="met"), criteria.columns)
    records = (record, replace(record, scenario=HOSTILE, facts=facts, tables=tables))
    found = Comparison(records, tuple(differing(records)))
    for lang in LANGUAGES:
        chart = ET.fromstring(comparison_svg(found, lang))  # noqa: S314 -- of our own making
        texts = [(one.get("data-fact"), one.text) for one in chart.iter("{http://www.w3.org/2000/svg}text")]
        added = [text for key, text in texts if key == "area_m2.added"]
        assert [text.partition(": ")[2] for text in added] == [
            fact_text(one.fact("area_m2.added"), lang) for one in records
        ]
        assert sum(key is not None and key.startswith("criteria[") for key, _ in texts) == 2 * len(found.verdicts) > 0
        assert not list(chart.iter("script"))
