"""Words of our own codes in the Record: kinds of edits and of stretches, agreement of lists and shapes, and so on."""

from gis.displacement import CANNOT_TELL, MOVED, REDRAWN, UNCHANGED
from gis.language import Lang, Text
from layers.catalog import schema_of
from layers.predecessors import PART, WHOLE
from planning.crosswalk import LIST_AND_SHAPES, LIST_ONLY, SHAPES_ONLY, SLIVER
from planning.edits import TARGETS, TITLES
from planning.replanned_yards import CHANGED, GIVEN_UP, NEW, RESHAPED
from planning.whole_or_cut import AGREE, DIFFER, SHAPES_OPEN, WITHIN
from planning.whole_or_cut import SHAPES_ONLY as NO_LIST

_MOVEMENT = {
    UNCHANGED: Text(vi="không đổi", en="unchanged"),
    REDRAWN: Text(vi="vẽ lại, không dời", en="redrawn, not moved"),
    CANNOT_TELL: Text(vi="chưa thể kết luận", en="cannot tell"),
    MOVED: Text(vi="đã dời", en="moved"),
}
_AGREEMENT = {
    AGREE: Text(vi="danh sách và hình vẽ khớp nhau", en="list and shapes agree"),
    WITHIN: Text(vi="khớp trong mức chính xác của hình vẽ", en="agree within the accuracy of the shapes"),
    DIFFER: Text(vi="danh sách và hình vẽ mâu thuẫn", en="list and shapes differ"),
    SHAPES_OPEN: Text(vi="theo danh sách; hình vẽ chưa đủ chính xác", en="by the list; the shapes cannot tell"),
    NO_LIST: Text(vi="theo hình vẽ, không có danh sách", en="by the shapes, no list"),
}
# Column of a table, or last part of the key of a scalar fact, and what its codes mean.
CODES: dict[str, dict[str, Text]] = {
    "edit_kind": TITLES,
    "edit_target": {target: schema_of(target).title for target in TARGETS},
    "movement": _MOVEMENT,
    "agreement": _AGREEMENT,
    "agreement_proposed": _AGREEMENT,
    "evidence": {
        LIST_AND_SHAPES: Text(vi="danh sách và hình vẽ", en="list and shapes"),
        SHAPES_ONLY: Text(vi="chỉ có hình vẽ", en="shapes only"),
        SLIVER: Text(vi="khe hẹp trong mức chính xác", en="sliver within the accuracy"),
        LIST_ONLY: Text(vi="chỉ có danh sách", en="list only"),
    },
    "listed": {WHOLE: Text(vi="toàn bộ", en="whole"), PART: Text(vi="một phần", en="part")},
    "change": {
        NEW: Text(vi="lập mới", en="new"),
        GIVEN_UP: Text(vi="bỏ", en="given up"),
        RESHAPED: Text(vi="đổi hình", en="reshaped"),
        CHANGED: Text(vi="đổi thuộc tính", en="attributes changed"),
    },
}


def code_word(key: str, value: str, lang: Lang) -> str | None:
    """Return a code of ours in words, None where the fact of that key holds no code.

    Examples
    --------
    >>> code_word("movement.verdict", "moved", "vi"), code_word("movement[3].kind", "moved", "en")
    ('đã dời', 'moved')
    """
    column = key.rpartition(".")[2]
    if key.startswith("movement") and column in ("kind", "verdict"):
        column = "movement"
    text = CODES.get(column, {}).get(value)
    return text.to(lang) if text is not None else None
