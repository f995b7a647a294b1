"""One digit of a finished file changed, or two labels exchanged, as a hand or a fault might: a proof has to find it.

For tests: a proof that nobody has tried to deceive proves nothing.
"""

import base64
import json
import random
import re
import sqlite3
import struct
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import shapely

from maps.tiles.rows import packed, unpacked
from maps.webmap.payload import PAYLOAD

# Texts and numbers, codes of fields, headers and footers, what a file says of itself; names of sheets and bookmarks.
_XML_TEXT = re.compile(
    rb"(?<=>)[^<]*\d[^<]*(?=</(?:w:t|w:instrText|t|v|f|oddHeader|oddFooter|dc:\w+)>)"
    rb'|(?<=<sheet name=")[^"]*\d[^"]*(?=")|(?<=w:name="mg_)[^"]*\d[^"]*(?=")|(?<=<w:tag w:val=")[^"]*\d[^"]*(?=")'
)
_SHARED = re.compile(rb'<c [^>]*t="s"[^>]*><v>\d+</v></c>')
_SHOWN = {
    ".docx": re.compile(r"word/(document|header\d*|footer\d*)\.xml"),
    ".xlsx": re.compile(r"xl/(worksheets/.*|sharedStrings|workbook)\.xml|docProps/core\.xml"),
}

# What a GeoPackage says of its layers, and how many of the changes go there; dates of writing are no facts, nor are
# numbers of rows.
_ABOUT_LAYERS = ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys", "gpkg_ogr_contents", "layer_styles"]
_ABOUT_PART = 0.15
_NO_FACT = ("fid", "id", "last_change", "update_time")

# Digit by glyph, by the name of the font.
Fonts = Mapping[str, dict[str, str]]


def changed_digit(path: Path, chance: random.Random) -> str:
    """Change one digit that people see, or one stored coordinate; return what was changed to what."""
    return _CHANGES[path.suffix](path, chance)


def _other(digit: str, chance: random.Random) -> str:
    return chance.choice([one for one in "0123456789" if one != digit])


def _in_archive(path: Path, chance: random.Random) -> str:
    shown = _SHOWN[path.suffix]
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    places = [
        (name, text.start() + digit.start())
        for name, content in parts.items()
        if shown.fullmatch(name)
        for text in _XML_TEXT.finditer(_SHARED.sub(lambda found: b" " * len(found[0]), content))
        for digit in re.finditer(rb"(?<!&#)\d", text[0])
    ]
    name, at = chance.choice(places)
    content = bytearray(parts[name])
    before = chr(content[at])
    content[at] = ord(_other(before, chance))
    around = bytes(content[max(0, at - 20) : at + 20])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, written in parts.items():
            archive.writestr(part, bytes(content) if part == name else written)
    return f"{name}: {before} → {around!r}"


def _in_page(path: Path, chance: random.Random) -> str:
    """Change a digit of a value that the script of a page shows or draws."""
    page = path.read_text(encoding="utf-8")
    found = [one for one in PAYLOAD.finditer(page) if one[2] or re.search(r"\d", one[1])]
    literal = chance.choices(found, [len(one[0]) for one in found])[0]
    changed = _changed_packed(literal[2], chance) if literal[2] else _changed_literal(literal[1], chance)
    place = 2 if literal[2] else 1
    path.write_text(page[: literal.start(place)] + changed + page[literal.end(place) :], encoding="utf-8", newline="\n")
    return f"value at {literal.start()}"


def _changed_literal(literal: str, chance: random.Random) -> str:
    digits = [found.start() for found in re.finditer(r"(?<!\\u)(?<!\\u\w)(?<!\\u\w\w)(?<!\\u\w\w\w)\d", literal)]
    at = chance.choice(digits)
    return literal[:at] + _other(literal[at], chance) + literal[at + 1 :]


def _changed_packed(tight: str, chance: random.Random) -> str:
    """Change a digit of a value that travels packed, and pack it again."""
    text = json.dumps(unpacked(base64.b64decode(tight)), ensure_ascii=False)
    digits = [found.start() for found in re.finditer(r"\d", text)]
    while True:
        at = chance.choice(digits)
        changed = text[:at] + _other(text[at], chance) + text[at + 1 :]
        try:
            value = json.loads(changed)
        except json.JSONDecodeError:  # a number that begins with a nought
            continue
        if value != json.loads(text):
            return base64.b64encode(packed(value)).decode()


def _in_geopackage(path: Path, chance: random.Random) -> str:
    """Change a digit of a stored attribute, of what the file says of its layers, or a double of a stored shape."""
    with closing(sqlite3.connect(path)) as database, database:
        tables = [name for (name,) in database.execute("SELECT table_name FROM gpkg_geometry_columns")]
        tables = _ABOUT_LAYERS if chance.random() < _ABOUT_PART else tables
        counts = [database.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0] for one in tables]  # noqa: S608
        table = chance.choices(tables, counts)[0]
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        rows = [row for (row,) in database.execute(f'SELECT rowid FROM "{table}"')]  # noqa: S608
        row, place, value = _able(database, table, columns, rows, chance)
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        ).fetchall()
        for trigger, _ in triggers:  # they call functions that only GDAL has
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(f'UPDATE "{table}" SET "{columns[place]}" = ? WHERE rowid = ?', [value, row])  # noqa: S608
        for _, again in triggers:
            database.execute(again)
    return f"{table}.{columns[place]} of row {row}"


def _able(
    database: sqlite3.Connection, table: str, columns: list[str], rows: list[int], chance: random.Random
) -> tuple[int, int, object]:
    """Return row and column of a value that can be changed, and what it becomes."""
    while True:
        row = chance.choice(rows)
        values = database.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', [row]).fetchone()  # noqa: S608
        able = [
            place
            for place, value in enumerate(values)
            if columns[place] not in _NO_FACT and re.search(r"\d", str(value)) and not str(value).endswith("inf")
        ]
        for place in chance.sample(able, len(able)):
            changed = _changed_value(values[place], chance)
            if changed != values[place]:  # the last digits of a number may be no more than how it is written
                return row, place, changed


def _changed_value(value: object, chance: random.Random) -> object:
    if isinstance(value, bytes):
        return _changed_shape(value, chance)
    written = str(value)
    at = chance.choice([found.start() for found in re.finditer(r"\d", written)])
    changed = written[:at] + _other(written[at], chance) + written[at + 1 :]
    return type(value)(changed)  # type: ignore[call-arg]


def _changed_shape(blob: bytes, chance: random.Random) -> bytes:
    """Move one corner of a stored shape by a millimetre, east or north."""
    start = 8 + (32 if blob[3] >> 1 & 7 else 0)
    shape = shapely.from_wkb(blob[start:])
    places = shapely.get_coordinates(shape)
    corner, axis = chance.randrange(len(places)), chance.randrange(2)
    before = struct.pack("<d", places[corner, axis])
    after = struct.pack("<d", places[corner, axis] + 0.001)
    at = blob.index(before, start)
    return blob[:at] + after + blob[at + 8 :]


def _in_pdf(path: Path, chance: random.Random) -> str:
    """Change a glyph of a digit into the glyph of another one of the same typeface."""
    with pikepdf.open(BytesIO(path.read_bytes())) as document:
        streams = [found for page in document.pages for found in _texts_of(page.obj, set())]
        stream, fonts = chance.choices(streams, [len(one.read_bytes()) for one, _ in streams])[0]
        told = _changed_stream(stream, fonts, chance)
        document.save(path, deterministic_id=True)
    return told


@dataclass(frozen=True, slots=True)
class _Lettered:
    # A text of a map: how it is set, and the instruction of each of its glyphs.
    look: tuple[str, ...]
    glyphs: tuple[bytes, ...]
    instructions: tuple[int, ...]


def exchanged_labels(path: Path, chance: random.Random) -> str:
    """Exchange two labels of equal look and length on one map of a PDF; return which page, and their glyphs."""
    with pikepdf.open(BytesIO(path.read_bytes())) as document:
        pairs = [
            (number, one, other)
            for number, page in enumerate(document.pages)
            for one, other in combinations(_labels_of(page.obj), 2)
            if (one.look, len(one.glyphs)) == (other.look, len(other.glyphs)) and one.glyphs != other.glyphs
        ]
        number, one, other = chance.choice(pairs)
        page = document.pages[number].obj
        instructions = list(pikepdf.parse_content_stream(page.Contents))
        for here, there in ((one, other), (other, one)):
            for at, glyph in zip(here.instructions, there.glyphs, strict=True):
                operator = instructions[at].operator
                instructions[at] = pikepdf.ContentStreamInstruction([pikepdf.String(glyph)], operator)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        document.save(path, deterministic_id=True)
    return f"page {number + 1}: {one.glyphs!r} ↔ {other.glyphs!r}"


def _labels_of(page: pikepdf.Object) -> list[_Lettered]:
    """Return the texts of the map of a page: one glyph each instruction, in a row on one baseline."""
    found: list[_Lettered] = []
    place: list[str] = []
    font: list[str] = []
    row, east = (), 0.0  # type: tuple[str, ...], float
    for at, instruction in enumerate(pikepdf.parse_content_stream(page.Contents)):
        operator = str(instruction.operator)
        if operator == "cm":
            place = [str(one) for one in instruction.operands]
        elif operator == "Tf":
            font = [str(one) for one in instruction.operands]
        elif operator == "Tj" and float(place[0]) > 1:  # a map is set in mm, what is around it in points
            glyph = bytes(instruction.operands[0])
            before, row = (row, east), (*font, *place[:4], place[5])
            east = float(place[4])
            known = found.pop() if before[0] == row and before[1] < east else _Lettered(row[:-1], (), ())
            found.append(_Lettered(known.look, (*known.glyphs, glyph), (*known.instructions, at)))
    return found


def _texts_of(owner: pikepdf.Object, seen: set[tuple[int, int]]) -> list[tuple[pikepdf.Object, Fonts]]:
    """Return the streams of a page or of a picture on it that show digits, with the glyph of each digit by font."""
    found: list[tuple[pikepdf.Object, Fonts]] = []
    resources = owner.get("/Resources", pikepdf.Dictionary())
    fonts = {str(name): _digits(font) for name, font in resources.get("/Font", pikepdf.Dictionary()).items()}
    stream = owner if isinstance(owner, pikepdf.Stream) else owner.Contents
    if any(len(glyphs) > 1 for glyphs in fonts.values()) and _shown(stream, fonts):
        found.append((stream, fonts))
    for _name, picture in sorted(resources.get("/XObject", pikepdf.Dictionary()).items()):
        if picture.objgen not in seen and str(picture.get("/Subtype")) == "/Form":
            seen.add(picture.objgen)
            found += _texts_of(picture, seen)
    return found


def _digits(font: pikepdf.Object) -> dict[str, str]:
    """Return digit by glyph (four hexadecimal figures) of a subset typeface."""
    if "/ToUnicode" not in font:
        return {}
    told = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", told)
    return {glyph.lower(): chr(int(code, 16)) for glyph, code in pairs if chr(int(code, 16)) in "0123456789"}


def _shown(stream: pikepdf.Object, fonts: Fonts) -> list[tuple[int, int, int, dict[str, str]]]:
    """Return instruction, operand, glyph position and font of every digit that a stream shows."""
    places: list[tuple[int, int, int, dict[str, str]]] = []
    glyphs: dict[str, str] = {}
    for number, instruction in enumerate(pikepdf.parse_content_stream(stream)):
        operator = str(instruction.operator)
        if operator == "Tf":
            glyphs = fonts.get(str(instruction.operands[0]), {})
        elif operator in ("Tj", "TJ") and len(glyphs) > 1:
            texts = instruction.operands[0] if operator == "TJ" else instruction.operands
            for part, text in enumerate(texts):
                if isinstance(text, pikepdf.String):
                    codes = bytes(text).hex()
                    places += [
                        (number, part, at, glyphs) for at in range(0, len(codes), 4) if codes[at : at + 4] in glyphs
                    ]
    return places


def _changed_stream(stream: pikepdf.Object, fonts: Fonts, chance: random.Random) -> str:
    number, part, at, glyphs = chance.choice(_shown(stream, fonts))
    instructions = list(pikepdf.parse_content_stream(stream))
    operands, operator = list(instructions[number].operands), instructions[number].operator
    texts = list(operands[0]) if str(operator) == "TJ" else operands
    codes = bytes(texts[part]).hex()
    before = codes[at : at + 4]
    after = chance.choice([glyph for glyph in glyphs if glyphs[glyph] != glyphs[before]])
    texts[part] = pikepdf.String(bytes.fromhex(codes[:at] + after + codes[at + 4 :]))
    changed = [pikepdf.Array(texts)] if str(operator) == "TJ" else texts
    instructions[number] = pikepdf.ContentStreamInstruction(changed, operator)
    stream.write(pikepdf.unparse_content_stream(instructions))
    return f"{glyphs[before]} → {glyphs[after]}"


_CHANGES: Mapping[str, Callable[[Path, random.Random], str]] = {
    ".docx": _in_archive,
    ".xlsx": _in_archive,
    ".html": _in_page,
    ".gpkg": _in_geopackage,
    ".pdf": _in_pdf,
}
