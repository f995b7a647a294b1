"""Findings as a layer of the interactive map: a dot at each place, by severity or by rule; a click tells it."""

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from gis.language import Lang, Text
from layers.rules.rule import SEVERITIES
from maps.findings.columns import HEADINGS
from maps.findings.sentences import SEVERITY_TITLES, sentences, title
from maps.findings.symbols import COLOURS
from maps.style import LAND, LayerStyle, Look, classes
from maps.webmap.drawing import DrawnLayer, Shown, drawn_frame
from maps.webmap.telling import Telling
from maps.webmap.tiled import Theme

_LAYER = "findings"
_TITLE = Text(vi="Kết quả kiểm tra dữ liệu", en="Findings of the check")
_SEVERITY, _RULE, _TO_DO = HEADINGS[0], HEADINGS[1], HEADINGS[8]
_ORDER = 58


def findings_layer(findings: GeoDataFrame, lang: Lang) -> DrawnLayer | None:
    """Return the placed findings as a layer of the map, None where there are none.

    Parameters
    ----------
    findings : of `layers.report.last_findings`; those without a place are left out
    """
    placed = findings[np.isfinite(findings["easting"]) & np.isfinite(findings["northing"])].reset_index(drop=True)
    if not len(placed):
        return None
    titles = placed["rule"].map({rule: title(rule, lang) for rule in placed["rule"].unique()})
    severities = placed["severity"].map({one: SEVERITY_TITLES[one].to(lang) for one in SEVERITIES})
    names = (titles + ": " + placed["feature"].astype(str)).to_list()
    style = LayerStyle(_LAYER, _TITLE.to(lang), LAND, _ORDER, Look(_LAYER, _TITLE.to(lang), line="#5b5b5b"))
    frame = GeoDataFrame(
        {"key": placed.index.astype(str), "name": names},
        geometry=shapely.points(placed["easting"], placed["northing"]),
        crs=findings.crs,
    )
    told = Telling(
        tuple((one.to(lang), "", "") for one in (_SEVERITY, _TO_DO)), (severities.to_list(), sentences(placed, lang))
    )
    themes = (_by_severity(placed, lang), _by_rule(style, titles, lang))
    return drawn_frame(style, frame, Shown(told, themes, names), lang)


def _by_severity(placed: GeoDataFrame, lang: Lang) -> Theme:
    looks = tuple(Look(one, SEVERITY_TITLES[one].to(lang), line=COLOURS[one]) for one in SEVERITIES)
    codes = placed["severity"].map({one: place for place, one in enumerate(SEVERITIES)})
    return Theme("severity", _SEVERITY.to(lang), looks, codes.to_list())


def _by_rule(style: LayerStyle, titles: "pd.Series[str]", lang: Lang) -> Theme:
    codes, found = pd.factorize(titles, sort=True)
    looks = classes(style, found, lang, "rule")
    return Theme("rule", _RULE.to(lang), tuple(looks[one] for one in found), codes.tolist())
