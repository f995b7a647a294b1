"""A place and what stands there, as people read it; programs read the English of `Difference` itself."""

import re

from gis.language import Lang, Text

_PLACES = {
    "page": Text(vi="trang", en="page"),
    "pages": Text(vi="số trang", en="pages"),
    "label": Text(vi="nhãn bản đồ", en="label"),
    "notes": Text(vi="ghi chú dán trên trang", en="notes"),
    "ground": Text(vi="vị trí trên mặt đất", en="ground"),
    "paragraph": Text(vi="đoạn", en="paragraph"),
    "heading": Text(vi="đề mục", en="heading"),
    "caption of table": Text(vi="tên bảng", en="caption of table"),
    "caption of map": Text(vi="tên bản đồ", en="caption of map"),
    "table": Text(vi="bảng", en="table"),
    "head": Text(vi="tiêu đề cột", en="head"),
    "row": Text(vi="dòng", en="row"),
    "column": Text(vi="cột", en="column"),
    "signature": Text(vi="chữ ký", en="signature"),
    "place and date": Text(vi="nơi và ngày ký", en="place and date"),
    "sentence": Text(vi="câu", en="sentence"),
    "content control": Text(vi="ô nội dung", en="content control"),
    "field": Text(vi="trường tự cập nhật", en="field"),
    "headers and footers": Text(vi="đầu trang, chân trang", en="headers and footers"),
    "content that is not text": Text(vi="nội dung không phải chữ", en="content that is not text"),
    "template": Text(vi="phần của mẫu", en="template"),
    "maps": Text(vi="số bản đồ", en="maps"),
    "sheets": Text(vi="các trang tính", en="sheets"),
    "corner": Text(vi="đỉnh", en="corner"),
    "element": Text(vi="phần tử", en="element"),
    "character": Text(vi="ký tự", en="character"),
}
_SAID = {
    "another picture": Text(vi="ảnh khác", en="another picture"),
    "other bytes": Text(vi="nội dung khác", en="other bytes"),
    "other texts, or another order": Text(vi="chữ khác, hoặc thứ tự khác", en="other texts, or another order"),
    "no shape": Text(vi="không phải là hình", en="no shape"),
}
# The longest first; a word of a place stands before a number, or at the end of a part.
_PLACE = re.compile(rf"\b({'|'.join(sorted(_PLACES, key=len, reverse=True))})(?= \d| [A-Z]|,|$)")


def place_text(place: str, lang: Lang) -> str:
    """Return a place in the words of a language.

    Examples
    --------
    >>> place_text("table 3, row 12, column 2", "vi"), place_text("RanhGioi_A[1].corner 2", "vi")
    ('bảng 3, dòng 12, cột 2', 'RanhGioi_A[1].đỉnh 2')
    """
    return _PLACE.sub(lambda found: _PLACES[found[1]].to(lang), place)


def said_text(said: str, lang: Lang) -> str:
    """Return what stands at a place; what is told of it instead of quoted is in the words of a language."""
    return _SAID[said].to(lang) if said in _SAID else said
