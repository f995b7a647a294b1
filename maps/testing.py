"""What the tests of everything that shows a Record share: hostile text, and the ways in which a fact may be told."""

from dataclasses import replace
from typing import Any

from gis.language import Lang
from maps.formatter import show
from maps.law_words import UNIT_WORDS
from planning.record import Record, Table

# What people and files may bring, in any field: templates, HTML, scripts, formulas, line ends of a script.
PAYLOADS = (
    "{{7*7}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "{# gone #}",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "';document.title='owned';//",
    "`${document.title='owned'}`",
    "$\\{7*7} \\u007b\\n \\",
    "a\u2028b\u2029c",
    '=HYPERLINK("http://example.org","x")',
    "<!-- & &amp; &#39; -->",
    "javascript:document.title='owned'",
    "url(http://example.org/x)",
)
HOSTILE = " ".join(PAYLOADS)


def ways_to_tell(record: Record, key: str, lang: Lang) -> set[str]:
    """Return a fact as it may stand on a page: as the formatter writes it, without its symbol, or with its word."""
    written, unit = show(record, key, lang).text, record.fact(key).unit
    worded = {f"{written} {UNIT_WORDS[unit].to(lang)}"} if unit in ("month", "day", "degree") else set()
    return {written, written.removesuffix(" ha").removesuffix(" m"), *worded}


def hostile(record: Record, text: str = HOSTILE) -> Record:
    """Return the Record with `text` wherever words of people can stand, keys included."""
    facts = {
        key: replace(one, value=text) if one.unit in ("text", "words") else one for key, one in record.facts.items()
    }
    tables = {
        name: Table(_worded(table.frame, [one for one in table.columns if _is_text(table, one)], text), table.columns)
        for name, table in record.tables.items()
    }
    geometry = {
        name: _worded(frame, [one for one in frame.columns if one != "geometry"], text)
        for name, frame in record.geometry.items()
    }
    words: dict[str, Any] = {"project": text, "scenario": text, "reason": text, "notice": text}
    return replace(record, facts=facts, tables=tables, geometry=geometry, no_data=(text,), not_drawn=(text,), **words)


def _is_text(table: Table, column: str) -> bool:
    return table.columns[column].unit in ("text", "words")


def _worded(frame: Any, columns: list[str], text: str) -> Any:
    changed = frame.copy()
    for column in columns:
        changed[column] = [f"{text}{row}" for row in range(len(frame))] if column == "key" else text
    return changed
