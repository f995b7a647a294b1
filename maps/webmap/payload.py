"""Data on its way into a page: nothing in it can be read as HTML, as a template, or as the end of a script."""

import base64
import json
import re
from typing import Any

from maps.tiles.rows import packed_text, plain_json, unpacked

# Braces and % open jinja, # its comments; < > & ' open or close HTML; U+2028 and U+2029 end a line of script.
_DANGEROUS = re.compile("[{}%#<>&'`$\u2028\u2029\ud800-\udfff\x7f]")
PAYLOAD = re.compile(r'JSON\.parse\(("(?:[^"\\]|\\.)*")\)|MocGioi\.packed\("([A-Za-z0-9+/=]*)"\)')
# Below this a payload stands in the page as it is.
_PACKED_FROM = 20_000


def payload(value: Any) -> str:
    r"""Return a JavaScript expression whose value is `value`; its text holds none of the dangerous characters.

    The JSON stands inside a JavaScript string, so that its own braces can be escaped too.

    Examples
    --------
    >>> payload({"name": "{{7*7}}</script>"})
    'JSON.parse("\\u007b\\"name\\":\\"\\u007b\\u007b7*7\\u007d\\u007d\\u003c/script\\u003e\\"\\u007d")'
    """
    return _parsed(plain_json(value))


def _parsed(text: str) -> str:
    return f"JSON.parse({_DANGEROUS.sub(_escaped, json.dumps(text, ensure_ascii=False))})"


def light(value: Any) -> str:
    """Return a JavaScript expression whose value is `value`, or a promise of it: what is large travels packed.

    Base64 holds none of the dangerous characters.
    """
    text = plain_json(value)
    # An expression is longer than its text: a long text need not become one to be known as too long.
    plain = _parsed(text) if len(text) < _PACKED_FROM else ""
    if plain and len(plain) < _PACKED_FROM:
        return plain
    return f'MocGioi.packed("{base64.b64encode(packed_text(text)).decode()}")'


def payloads(page: str) -> list[Any]:
    """Return every value that `payload` and `light` put into a page, in order."""
    return [
        json.loads(json.loads(plain)) if plain else unpacked(base64.b64decode(tight))
        for plain, tight in PAYLOAD.findall(page)
    ]


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
