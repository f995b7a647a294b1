"""Every label of a printed map in its place: two that have changed places leave all letters of a page as they were.

A page says where each letter begins. A letter belongs to the label on whose baseline it stands; what stands there,
from west to east, has to be the text of the label, and has to begin where the label begins.
"""

from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
import shapely

from maps.sheet.ledger import LINE_HYPHENS
from maps.sheet.page import Page
from maps.sheet.typeface import text_width
from maps.sheet.vector import Label

_POINTS_PER_MM = 72 / 25.4
# Baselines are met to a few thousandths of a millimetre.
_ON_LINE_MM = 0.05
# Where a text begins, mm, and how much of its width more: pairs of letters are moved together, which widths leave out.
_BEGIN_MM, _BEGIN_SHARE = 0.2, 0.02


@dataclass(frozen=True, slots=True)
class LabelRead:
    """What a reader finds at the place of one label.

    Attributes
    ----------
    number : of the label on its page, from 1
    printed : the letters that stand there, without spaces; empty for none, and where they begin elsewhere
    """

    number: int
    label: Label
    printed: str

    @property
    def is_right(self) -> bool:
        """Whether the label stands in its place."""
        return self.printed == "".join(self.label.text.split())


def labels_read(page: Page, printed: pypdfium2.PdfPage, reader: pypdfium2.PdfTextPage) -> Iterator[LabelRead]:
    """Yield what stands at the place of each label of a map page."""
    if not page.labels:
        return
    letters, places = _letters(page, printed, reader)
    width = np.array([text_width(one.text, one.lettering.size_mm, bold=one.lettering.bold) for one in page.labels])
    middle, line = np.array([(one.x_mm, one.y_mm) for one in page.labels]).T
    begin, room = middle - width / 2, _BEGIN_MM + _BEGIN_SHARE * width
    baselines = shapely.linestrings(np.stack([begin, line, begin + width, line], axis=1).reshape(-1, 2, 2))
    tree = shapely.STRtree(baselines)
    points = shapely.points(places)
    letter, label = tree.query_nearest(points, max_distance=float(room.max()), all_matches=False)
    on_line = np.abs(places[letter, 1] - line[label]) <= _ON_LINE_MM
    letter, label = letter[on_line], label[on_line]
    order = np.lexsort((places[letter, 0], label))
    letter, label = letter[order], label[order]
    starts = np.searchsorted(label, np.arange(len(page.labels) + 1))
    for number, one in enumerate(page.labels):
        mine = letter[starts[number] : starts[number + 1]]
        begins = len(mine) > 0 and abs(places[mine[0], 0] - begin[number]) <= room[number]
        yield LabelRead(number + 1, one, "".join(letters[at] for at in mine) if begins else "")


def _letters(
    page: Page, printed: pypdfium2.PdfPage, reader: pypdfium2.PdfTextPage
) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return the letters of a page, and where each begins on its map, mm from the upper left corner, shape (n, 2)."""
    x, y, places = c_double(), c_double(), []
    letters: list[str] = []
    raw: Any = reader.raw
    for at in range(reader.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(raw, at)).translate(LINE_HYPHENS)
        if not letter.isspace() and pdfium.FPDFText_GetCharOrigin(raw, at, x, y):
            letters.append(letter)
            places.append((x.value, y.value))
    left_mm, top_mm = page.map_corner_mm
    found = np.array(places, dtype=np.float64).reshape(-1, 2) / _POINTS_PER_MM
    height_mm = printed.get_height() / _POINTS_PER_MM
    return letters, np.stack([found[:, 0] - left_mm, height_mm - top_mm - found[:, 1]], axis=1)
