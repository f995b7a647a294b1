"""The maps in Word: each against the page of the file of sheets that it is a picture of."""

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, UnidentifiedImageError

from maps.appendix.blocks import Picture
from maps.appendix.word import page_picture
from maps.verify.difference import Difference
from maps.verify.document import StoredDocument

# Two renderings of a page may differ at the edges of letters; a digit that is another one differs more.
_STRONG, _STRONG_MAX = 96, 12
_BROKEN = (UnidentifiedImageError, OSError, pypdfium2.PdfiumError)


class MapPictures:
    """The pages of one file of sheets; a picture that was compared once is known."""

    def __init__(self, sheets: bytes) -> None:
        self._sheets = sheets
        self._known: dict[tuple[str, int], bool] = {}

    def show(self, picture: bytes, page: int) -> bool:
        """Tell whether a picture shows that page; raise OSError or PdfiumError where one of the two cannot be read."""
        key = hashlib.sha256(picture).hexdigest(), page
        if key not in self._known:
            self._known[key] = _same(_pixels(picture), self._page(page))
        return self._known[key]

    def _page(self, page: int) -> npt.NDArray[np.uint8]:
        document = pypdfium2.PdfDocument(self._sheets)
        try:
            return np.asarray(page_picture(document, page))
        finally:
            document.close()


def picture_differences(
    file: str, document: StoredDocument, wanted: Sequence[Picture], pages: MapPictures, *, own_form: bool
) -> Iterator[Difference]:
    """Yield every map of the document that is not the page that it should be.

    Parameters
    ----------
    own_form : there is no other picture; those of a template come first
    """
    found = document.pictures
    if len(found) < len(wanted) or (own_form and len(found) > len(wanted)):
        yield Difference(file, "maps", "", str(len(found)), str(len(wanted)))
        return
    for block, (name, content) in zip(wanted, found[len(found) - len(wanted) :], strict=True):
        try:
            same = pages.show(content, block.page)
        except _BROKEN as error:
            yield Difference(file, name, "", f"{type(error).__name__}: {error}", f"page {block.page + 1}")
            continue
        if not same:
            yield Difference(file, name, "", "another picture", f"page {block.page + 1} ({block.name})")


def _pixels(picture: bytes) -> npt.NDArray[np.uint8]:
    with Image.open(BytesIO(picture)) as shown:
        return np.asarray(shown.convert("RGB"))


def _same(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> bool:
    if one.shape != other.shape:
        return False
    if np.array_equal(one, other):
        return True
    apart = np.abs(one.astype(np.int16) - other).max(axis=2)
    return bool((apart > _STRONG).sum() <= _STRONG_MAX)
