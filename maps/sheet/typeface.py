"""The typefaces of paper, and how wide a text is in them."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

from maps.errors import AssetMissing

# Labels of maps, and everything else: Tinos has the measures of Times New Roman, which offices use and nobody may ship.
MAP_FONT, TEXT_FONT = "Be Vietnam Pro", "Tinos"
_FONTS = {
    (MAP_FONT, False): "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf",
    (MAP_FONT, True): "@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf",
    (TEXT_FONT, False): "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf",
    (TEXT_FONT, True): "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf",
}
_ITALIC = "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf"


def font_folders() -> list[Path]:
    """Return where the font files stand; raise AssetMissing."""
    return sorted({_file(name).parent for name in (*_FONTS.values(), _ITALIC)})


def text_width(text: str, size: float, *, bold: bool = False, family: str = MAP_FONT) -> float:
    """Return the width of a text, of a map label unless another family is named, in the unit of its size."""
    widths, unknown = _advances(family, bold)
    return size * sum(widths.get(ord(letter), unknown) for letter in text)


def one_line(text: str) -> str:
    """Return a text with its line and paragraph ends as spaces: no typeface has a glyph for them."""
    return re.sub(r"[\n\r\t\x0b\x0c\x85\u2028\u2029]", " ", text)


def unprintable(text: str, family: str) -> str:
    """Return the letters of a text that a typeface has no glyph for."""
    known = _glyphs(family)
    return "".join(sorted({letter for letter in one_line(text) if ord(letter) not in known}))


@cache
def _advances(family: str, bold: bool) -> tuple[dict[int, float], float]:  # noqa: FBT001 -- the key of the cache
    with TTFont(_file(_FONTS[family, bold]), lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
    return widths, max(widths.values())


@cache
def _glyphs(family: str) -> frozenset[int]:
    with TTFont(_file(_FONTS[family, False]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _file(name: str) -> Path:
    path = Path(str(files("maps.webmap"))) / "assets" / name
    if not path.is_file():
        raise AssetMissing(asset=name)
    return path
