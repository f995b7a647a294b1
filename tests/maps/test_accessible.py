"""Readable for everyone: contrast of what stands on the page, colours that stay apart for every kind of colour vision."""

from itertools import combinations

import numpy as np
import pytest

from gis.states import STATES
from maps.style import classes, layer_styles
from maps.webmap.page import write_map
from planning.record import Record

# Dichromacy in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
_VISIONS = {
    "all colours": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Differences of CIELAB: 2 can just be told side by side, 15 across a map.
_APART = 15.0


def lab(colour: str, vision: np.ndarray) -> np.ndarray:
    """Return CIELAB of ``#rrggbb`` as somebody sees it."""
    srgb = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(vision @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    scaled = xyz / [0.9505, 1.0, 1.089]
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def looks(*layers: str) -> dict[str, str]:
    """Return the colour of each region."""
    return {style.layer: style.look.fill or style.look.line for style in layer_styles(layers, "vi")}


@pytest.mark.parametrize("vision", _VISIONS)
def test_change_and_states_stay_apart(vision):
    """Added, removed, kept; inside, outside, cut, undecidable; papers complete, expired, missing."""
    parcels, yards = layer_styles(["parcels", "yards"], "vi")
    groups = (
        list(looks("added", "removed", "kept").values()),
        [look.fill for look in classes(parcels, STATES, "vi", "state_proposed").values()],
        [look.fill for look in classes(yards, ["đầy đủ", "thiếu giấy tờ", "có giấy tờ hết hạn"], "vi").values()],
    )
    for colours in groups:
        for one, other in combinations(colours, 2):
            apart = np.linalg.norm(lab(one, _VISIONS[vision]) - lab(other, _VISIONS[vision]))
            assert apart >= _APART, (vision, one, other, apart)


_CONTRASTS = """() => {
    const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const parsed = (text) => { const [r, g, b, a] = text.match(/[\\d.]+/g).map(Number); return { rgb: [r, g, b], a: a ?? 1 }; };
    const over = (top, under) => top.rgb.map((v, i) => v * top.a + under[i] * (1 - top.a));
    function behind(element) {
        const layers = [];
        for (let one = element; one; one = one.parentElement) {
            const colour = parsed(getComputedStyle(one).backgroundColor);
            if (colour.a > 0) layers.push(colour);
            if (colour.a === 1) break;
        }
        return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
    }
    const poor = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.offsetParent || element.closest("script, style, svg, noscript")) continue;
        const style = getComputedStyle(element), ground = element.closest(".mg-label, .mg-island") ? [255, 255, 255] : behind(element);
        const ink = over(parsed(style.color), ground), [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) poor.push([element.className || element.tagName, element.textContent.trim().slice(0, 30), Number(ratio.toFixed(2))]);
    }
    return poor;
}"""


@pytest.mark.browser
def test_every_text_can_be_read(offline, record: Record, bare_record: Record, tmp_path):
    """Contrast of at least 4.5 to 1 for every text of the page, its cards, its tools and its lists."""
    for place, one in enumerate((record, bare_record)):
        path = tmp_path / f"{place}.html"
        write_map(one, path)
        with offline(1700, 900) as opened:
            page = opened.go(path)
            assert page.evaluate(_CONTRASTS) == []
            page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 17, { animate: false })")
            page.locator("#map_record").focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
            assert page.evaluate(_CONTRASTS) == []
            for tool in ("measure", "draw", "compare"):
                page.locator(f"[data-tool={tool}]").click()
                assert page.evaluate(_CONTRASTS) == [], tool
