"""Legacy text to Unicode: TCVN3 and VNI by table, Windows-1258 and stray UTF-8 by Python's own codecs.

Drivers hand such text on as Latin-1 or Windows-1252, one character a byte ("§ång §¨ng"), so the bytes can be
taken back from the characters. A character that no byte stands for means that the text is Unicode already.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Encoding = Literal["unicode", "tcvn3", "vni", "cp1258", "utf-8"]
ENCODINGS: tuple[Encoding, ...] = ("unicode", "tcvn3", "vni", "cp1258", "utf-8")

# TCVN 5712:1993 (VN1), of which the fonts .VnTime show the part from A0 on. The whole table agrees with iconv's TCVN.
_CONTROLS = {1: "Ú", 2: "Ụ", 4: "Ừ", 5: "Ử", 6: "Ữ", 17: "Ứ", 18: "Ự", 19: "Ỳ", 20: "Ỷ", 21: "Ỹ", 22: "Ý", 23: "Ỵ"}
_FROM_80 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
TCVN3: Mapping[int, str] = {
    **{byte: chr(byte) for byte in range(0x80)},
    **_CONTROLS,
    **dict(enumerate(_FROM_80, start=0x80)),
}

# VNI: a letter, then a mark for the tone (and for the sign of â, ă); ơ, ư and đ are characters of their own.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROOF = {
    "â": "\u0302",
    **dict(zip("áàåãä", ("\u0302" + tone for tone in _VNI_TONES.values()), strict=True)),
}
_VNI_BREVE = {
    "ê": "\u0306",
    **dict(zip("éèúüë", ("\u0306" + tone for tone in _VNI_TONES.values()), strict=True)),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS = {
    "a": {**_VNI_TONES, **_VNI_ROOF, **_VNI_BREVE},
    "e": {**_VNI_TONES, **_VNI_ROOF},
    "o": {**_VNI_TONES, **_VNI_ROOF},
    "u": _VNI_TONES,
    "y": _VNI_TONES,
    "ô": _VNI_TONES,
    "ö": _VNI_TONES,
}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter, plain in _VNI_ALONE.items():
        table |= {letter: plain, letter.upper(): plain.upper()}
    for letter, marks in _VNI_MARKS.items():
        plain = _VNI_ALONE.get(letter, letter)
        for mark, signs in marks.items():
            for base, shown in ((letter, plain), (letter.upper(), plain.upper())):
                whole = unicodedata.normalize("NFC", shown + signs)
                table |= {base + mark: whole, base + mark.upper(): whole}
    return table


VNI: Mapping[str, str] = _vni_table()
_VNI_LONGEST_FIRST = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

# Typed with the capitals key into a font without capital tones: "NGUYÔN V¡N" holds capital and small letters.
_MIXED_CAPITALS = re.compile(r"[A-ZĐĂÂÊÔƠƯ]{2}")


def bytes_of(text: str) -> bytes | None:
    r"""Return the bytes that Latin-1 or Windows-1252 showed as `text`; None where a character is no byte.

    Examples
    --------
    >>> bytes_of("§ång")
    b'\xa7\xe5ng'
    >>> bytes_of("Đồng") is None
    True
    """
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        pass
    found = bytearray()
    for character in text:
        try:
            found += character.encode("latin-1" if ord(character) < 0x100 else "cp1252")
        except UnicodeEncodeError:
            return None
    return bytes(found)


def decoded(text: str, encoding: Encoding) -> str | None:
    """Return `text` in Unicode NFC, read as bytes of `encoding`; None where it cannot be that.

    Examples
    --------
    >>> decoded("§ång §¨ng", "tcvn3")
    'Đồng Đăng'
    >>> decoded("Ñoàng Ñaêng", "vni")
    'Đồng Đăng'
    >>> decoded("Đồng Đăng", "tcvn3") is None
    True
    """
    if encoding == "unicode" or text.isascii():
        return unicodedata.normalize("NFC", text)
    raw = bytes_of(text)
    if raw is None:
        return None
    if encoding == "tcvn3":
        whole = _capitals_restored("".join(TCVN3[byte] for byte in raw))
    elif encoding == "vni":
        whole = _VNI_LONGEST_FIRST.sub(lambda found: VNI[found.group()], raw.decode("latin-1"))
    else:
        try:
            whole = raw.decode(encoding)
        except UnicodeDecodeError:
            return None
    return unicodedata.normalize("NFC", whole)


def _capitals_restored(text: str) -> str:
    """Return a text without one small plain letter in capitals: its tones were small only for want of capitals."""
    small = any("a" <= letter <= "z" for letter in text)
    return text if small or not _MIXED_CAPITALS.search(text) else text.upper()
