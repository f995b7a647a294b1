"""An XLSX file as it is stored: text, number, formula, stored result and number format of every cell.

Libraries give either the formulas of a file or their stored results; a proof needs both, in one pass.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE, _FORMULA, _INLINE = (f"{_MAIN}{tag}" for tag in ("v", "f", "is"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAFE = partial(etree.XMLParser, resolve_entities=False, no_network=True, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text or number (of a formula: the stored result), its formula, its number format."""

    value: str | float | None
    formula: str = ""
    shape: str = ""

    def __str__(self) -> str:
        """Return what a list of differences says of the cell."""
        shown = "" if self.value is None else f"{self.value!r}" if isinstance(self.value, float) else self.value
        return f"={self.formula} → {shown}" if self.formula else shown


Sheet = Mapping[str, Cell]
PROPERTIES = "properties"


def read_cells(content: bytes) -> dict[str, dict[str, Cell]]:
    """Return the cells of each sheet by their place, ``C7``.

    Headers and footers stand at ``oddHeader`` and ``oddFooter``; what the file says of itself is a sheet of its own.
    """
    with ZipFile(BytesIO(content)) as parts:
        texts = _shared_texts(parts)
        shapes = _number_formats(parts)
        sheets = {name: dict(_cells(parts.read(path), texts, shapes)) for name, path in _sheets(parts)}
        return {**sheets, PROPERTIES: dict(_properties(parts))}


def same_parts(content: bytes, other: bytes) -> bool:
    """Tell whether two files hold the same sheets, texts and formats, byte for byte."""
    with ZipFile(BytesIO(content)) as one, ZipFile(BytesIO(other)) as two:
        names, there = (sorted(some.namelist()) for some in (one, two))
        return names == there and all(one.read(name) == two.read(name) for name in names)


def _properties(parts: ZipFile) -> Iterator[tuple[str, Cell]]:
    """Yield title, subject, date and the rest of what the file says of itself."""
    for one in _tree(parts.read("docProps/core.xml")):
        if one.text and one.text.strip():
            yield etree.QName(one).localname, Cell(one.text)


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, _SAFE())


def _sheets(parts: ZipFile) -> Iterator[tuple[str, str]]:
    targets = {one.get("Id"): one.get("Target") for one in _tree(parts.read("xl/_rels/workbook.xml.rels"))}
    for one in _tree(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        yield one.get("name"), f"xl/{targets[one.get(_ID)]}"


def _shared_texts(parts: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    items = _tree(parts.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
    return ["".join(text.text or "" for text in one.iter(f"{_MAIN}t")) for one in items]


def _number_formats(parts: ZipFile) -> list[str]:
    styles = _tree(parts.read("xl/styles.xml"))
    own = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{_MAIN}numFmt")}
    used = styles.find(f"{_MAIN}cellXfs")
    return [own.get(one.get("numFmtId"), one.get("numFmtId")) for one in (() if used is None else used)]


def _cells(content: bytes, texts: list[str], shapes: list[str]) -> Iterator[tuple[str, Cell]]:
    root = _tree(content)
    for cell in root.iter(f"{_MAIN}c"):
        written = formula = ""
        for child in cell:
            if child.tag == _VALUE:
                written = child.text or ""
            elif child.tag == _FORMULA:
                formula = child.text or ""
            elif child.tag == _INLINE:
                yield cell.get("r"), Cell("".join(text.text or "" for text in child.iter(f"{_MAIN}t")))
        if written or formula:
            kind = cell.get("t", "n")
            value = texts[int(written)] if kind == "s" else written if kind == "str" else float(written)
            shape = shapes[int(cell.get("s", 0))] if isinstance(value, float) else ""
            if value != "":
                yield cell.get("r"), Cell(value, formula, shape)
    for tag in ("oddHeader", "oddFooter"):
        for one in root.iter(f"{_MAIN}{tag}"):
            yield tag, Cell(one.text)


def recomputed(formula: str, sheet: Sheet) -> float | None:
    """Return what a formula of ours comes to: a sum of a column, a difference of two cells; None for any other.

    Examples
    --------
    >>> cells = {"A1": Cell(1.0), "A2": Cell(2.0)}
    >>> recomputed("SUM(A1:A2)", cells), recomputed("A2-A1", cells), recomputed("NOW()", cells)
    (3.0, 1.0, None)
    """
    if found := re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula):
        column, first, last = found[1], int(found[2]), int(found[3])
        return sum(_number(sheet, f"{column}{row}") for row in range(first, last + 1))
    if found := re.fullmatch(r"([A-Z]+\d+)-([A-Z]+\d+)", formula):
        return _number(sheet, found[1]) - _number(sheet, found[2])
    return None


def _number(sheet: Sheet, place: str) -> float:
    """Return the number in a cell; of a sum that is summed again, the number that it comes to."""
    cell = sheet.get(place)
    if cell is None or isinstance(cell.value, str) or cell.value is None:
        return 0.0
    again = recomputed(cell.formula, sheet) if cell.formula else None
    return cell.value if again is None else again


def split(place: str) -> tuple[str, int]:
    """Return column and row of a place, ``C7``."""
    column = place.rstrip("0123456789")
    row = place[len(column) :]
    return column, int(row) if row else 0
