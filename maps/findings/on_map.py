"""Findings as a layer of the interactive map: a dot at each place, a click tells the sentence."""

from dataclasses import asdict

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries

from gis.language import Lang, Text
from layers.rules.rule import SEVERITIES
from maps.findings.columns import HEADINGS
from maps.findings.sentences import SEVERITY_TITLES, sentences, title
from maps.findings.symbols import COLOURS
from maps.style import LAND, LayerStyle, Look
from maps.webmap.drawing import DECIMALS, DrawnLayer
from maps.webmap.shapes import encoded, label_places

_TITLE = Text(vi="Kết quả kiểm tra dữ liệu", en="Findings of the check")
_ORDER = 58


def findings_layer(findings: GeoDataFrame, lang: Lang) -> DrawnLayer | None:
    """Return the placed findings as a layer of the map, None where there are none.

    Parameters
    ----------
    findings : of `layers.report.last_findings`; those without a place are left out
    """
    placed = findings[np.isfinite(findings["easting"]) & np.isfinite(findings["northing"])]
    if not len(placed):
        return None
    points = GeoSeries(shapely.points(placed["easting"], placed["northing"]), crs=findings.crs)
    looks = [Look(one, SEVERITY_TITLES[one].to(lang), line=COLOURS[one]) for one in SEVERITIES]
    rows = zip(
        placed["rule"], placed["feature"], placed["severity"], sentences(placed, lang),
        encoded(points, DECIMALS), label_places(points, DECIMALS), strict=True,
    )  # fmt: skip
    content = {
        "id": "findings",
        "title": _TITLE.to(lang),
        "group": LAND.to(lang),
        "order": _ORDER,
        "visible": True,
        "minZoom": 0,
        "scale": 10**DECIMALS,
        "labels": "",
        "themes": [{"title": HEADINGS[0].to(lang), "looks": [asdict(look) for look in looks]}],
        "fields": [(heading.to(lang), "", "") for heading in (HEADINGS[0], HEADINGS[8])],
        "features": [
            {
                "k": f"{number}", "n": f"{title(rule, lang)}: {feature}", "l": "", "c": [SEVERITIES.index(severity)],
                "p": place, **(shape or {}), "v": [SEVERITY_TITLES[severity].to(lang), told],
            }
            for number, (rule, feature, severity, told, shape, place) in enumerate(rows)
        ],
    }  # fmt: skip
    style = LayerStyle("findings", _TITLE.to(lang), LAND, _ORDER, Look("findings", _TITLE.to(lang)))
    return DrawnLayer(style, content)
