"""The rules of the guard: each looks at a finished page for one thing that must not go out, or must be there."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gis.language import LANGUAGES, Text
from gis.text import search_key
from layers.catalog import LAYERS
from layers.columns import aliases
from layers.withheld import is_withheld
from layers.zone import STATUS_TITLES
from maps.guard.known import Known
from maps.guard.reading import Drawn, ReadPage, has_words
from maps.islands import ARCHIPELAGOS, Box, names_required
from maps.labels import column_title

# Enough examples to find the place; a page of names would be a leak of its own.
_EXAMPLES = 3
_ZONE_LINES = ("base", "proposed", "zone")
_BORDER = ("bien gioi quoc gia", "duong bien gioi", "national border", "border line", "quoc gioi", "bien gioi viet")
# What the law says of defence land, and what a balance calls the ground that it does not tell apart.
_WORDING = re.compile(r"^criteria(\.\w+)?\[|^balance\.groups\[unparcelled\]\.name$")
_NO_DATA = ("", "–", "khong co so lieu", "no data")


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with a page: which rule, and where."""

    rule: str
    what: Text


@dataclass(frozen=True)
class Rule:
    """One rule: its name and the function that looks for breaches of it."""

    name: str
    look: Callable[[ReadPage, Known], Iterator[Breach]]


def _personal(page: ReadPage, known: Known) -> Iterator[Breach]:
    """Yield fields of personal data, by their titles and names, and personal values wherever they stand."""
    titles = _personal_titles()
    for layer in page.layers:
        found = [title for title in layer.titles if search_key(title) in titles]
        if found:
            yield _breach("personal", _PERSONAL_FIELD, layer=layer.id, fields=", ".join(found))
        leaked = layer.rows_where(lambda text: _is_personal(text, known))
        if leaked:
            yield _breach("personal", _PERSONAL_VALUE, layer=layer.id, rows=len(leaked), example=_some(leaked))
    told = {text for text in page.texts() if _is_personal(text, known)}
    if told:
        yield _breach("personal", _PERSONAL_TEXT, texts=len(told))


def _is_personal(text: str, known: Known) -> bool:
    """Tell whether a text, or a part of it between commas, is a value of a personal field."""
    if not known.personal or not has_words(text):
        return False
    if search_key(text) in known.personal:
        return True
    parts = re.split(r"[,;:()\n–—|]", text)
    return len(parts) > 1 and any(search_key(part) in known.personal for part in parts)


def _personal_titles() -> frozenset[str]:
    fields = [(schema.name, field) for schema in LAYERS for field in schema.fields if field.personal]
    written = [
        text
        for layer, field in fields
        for text in (field.name, field.title.vi, field.title.en, column_title(field.name, "vi", layer),
                     column_title(field.name, "en", layer), *(one.name for one in aliases() if one.field == field.name))
    ]  # fmt: skip
    return frozenset(search_key(one) for one in (*written, *_MORE_PERSONAL))


def _defence(page: ReadPage, known: Known) -> Iterator[Breach]:
    """Yield layers that draw defence or security land: by its keys, and by what is written of it."""
    for layer in page.layers:
        classes = sorted({title for title in layer.legend() if is_withheld(title)})
        if classes:
            yield _breach("defence", _DEFENCE_CLASS, layer=layer.id, classes=", ".join(classes))
        hidden = known.withheld.get(_layer_of(layer.id), frozenset())
        rows = {key for key in layer.feature_keys() if key in hidden} | layer.rows_where(is_withheld)
        if rows:
            yield _breach("defence", _DEFENCE_ROW, layer=layer.id, rows=len(rows), example=_some(rows))
    told = [
        key
        for key, text in page.facts().items()
        if (is_withheld(text) and not _WORDING.search(key)) or any(map(is_withheld, _row_of(key)))
    ]
    if told:
        yield _breach("defence", _DEFENCE_FACT, facts=len(told), example=_some(told))


def _row_of(key: str) -> list[str]:
    """Return the row that the key of a fact addresses, ``by.land_use[CQP].base_m2``; none for a count of them."""
    return re.findall(r"^(?:by\.(?:land_use|constraints)|balance\.\w+)\[([^\]]*)\]", key)


def _basemap(page: ReadPage, known: Known) -> Iterator[Breach]:  # noqa: ARG001 -- one signature for all rules
    """Yield whatever reaches out of the page: addresses, tags that load, scripts that are not ours, an open policy."""
    for tag, attributes in page.tags:
        for name in ("src", "href", "data", "action", "poster", "srcset", "srcdoc"):
            if attributes.get(name, "").strip() and not attributes[name].startswith(("data:", "#")):
                yield _breach("basemap", _REACHES, where=f"<{tag} {name}>: {attributes[name][:80]}")
        loud = [name for name in attributes if name.startswith("on")]
        if loud:
            yield _breach("basemap", _REACHES, where=f"<{tag} {loud[0]}>")
    for script in page.foreign_scripts:
        yield _breach("basemap", _FOREIGN_SCRIPT, where=script[:80])
    for style in page.styles:
        for found in re.findall(r"url\(\s*['\"]?(?!data:|#)([^)'\"]{1,80})|(@import[^;]{1,80})", style):
            yield _breach("basemap", _REACHES, where="".join(found))
    allowed = page.policy
    if "default-src 'none'" not in allowed or re.search(
        r"https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline", allowed
    ):
        yield _breach("basemap", _OPEN_POLICY)
    sources = [
        str(page.settings.get("chunks", "")),
        *(str(one.content.get("tiles", {}).get("url", "")) for one in page.layers),
    ]
    for source in sources:  # folder and files beside the page, and nothing else
        if re.search(r"^[/\\]|//|:|\.\.", source):
            yield _breach("basemap", _REACHES, where=source[:80])
    declared = {name for name in ("backdrop", "relief") if page.settings.get(name)}
    for picture in page.pictures:
        owner = picture.removesuffix(".overview")
        if picture not in declared and owner not in {layer.id for layer in page.layers}:
            yield _breach("basemap", _PICTURE, where=picture)


def _border(page: ReadPage, known: Known) -> Iterator[Breach]:  # noqa: ARG001 -- one signature for all rules
    """Yield border lines that do not say from which document of the state they come."""
    papers = {search_key(column_title("document", lang)) for lang in ("vi", "en")}
    for layer in page.layers:
        borders = _borders_of(layer)
        if not borders:
            continue
        sourced = layer.rows_where(
            lambda text: search_key(text) not in _NO_DATA, fields=lambda title: search_key(title) in papers
        )
        bare = borders - sourced
        if bare:
            yield _breach("border", _BORDER_WITHOUT, layer=layer.id, rows=len(bare), example=_some(bare))


def _borders_of(layer: Drawn) -> set[str]:
    """Return the keys of lines that any of their cells, their name or their class calls a border."""
    found = set()
    lines = {str(one.get("k")): one for one in layer.content.get("features", ()) if one.get("t") == "L"}
    classes = [
        [_is_border(str(look.get("title", ""))) or str(look.get("key", "")) == "border" for look in theme["looks"]]
        for theme in layer.content.get("themes", ())
    ]
    for key, one in lines.items():
        codes = one.get("c", ())
        if any(classes[place][code] for place, code in enumerate(codes) if place < len(classes)):
            found.add(key)
    called = layer.rows_where(_is_border)
    return found | (called if layer.rows else called & set(lines))


def _is_border(text: str) -> bool:
    words = search_key(text)
    return any(one in words for one in _BORDER)


def _islands(page: ReadPage, known: Known) -> Iterator[Breach]:  # noqa: ARG001 -- one signature for all rules
    """Yield the archipelagos that a map of their waters, or of the country, does not name in their place."""
    boxes = [box for box in (layer.box() for layer in page.layers) if box]
    boxes += [(float(w), float(s), float(e), float(n)) for w, s, e, n in page.settings.get("extent", ())]
    if not boxes or not names_required(_around(boxes)):
        return
    labels = [(str(name), float(lat), float(lng)) for name, lat, lng in page.settings.get("islands", ())]
    for one in ARCHIPELAGOS:
        west, south, east, north = one.box
        named = [name for name, lat, lng in labels if west <= lng <= east and south <= lat <= north]
        if not any(one.words in name and "Việt Nam" in name for name in named):
            yield _breach("islands", _UNNAMED, name=one.words)


def _approximate(page: ReadPage, known: Known) -> Iterator[Breach]:
    """Yield a boundary that is not official and does not say so, in words that a reader meets."""
    if not any(layer.id in _ZONE_LINES for layer in page.layers):
        return
    said = search_key(page.facts().get("zone.status", ""))
    ways = {status: {search_key(title.vi), search_key(title.en)} for status, title in STATUS_TITLES.items()}
    stated = next((status for status, words in ways.items() if said in words), "")
    if not known.status:
        if stated == "official":
            yield _breach("approximate", _STATUS_WRONG, said=said, known="–")
        return
    if stated != known.status:
        title = STATUS_TITLES.get(known.status, Text(vi=known.status, en=known.status))
        yield _breach("approximate", _STATUS_WRONG, said=page.facts().get("zone.status") or "–", known=title)
    if known.status == "approximate" and not _warned(page):
        yield _breach("approximate", _UNWARNED)


def _warned(page: ReadPage) -> bool:
    """Tell whether a sentence of the panel that is open when the page opens says that the boundary is approximate."""
    words = {search_key(STATUS_TITLES["approximate"].vi), search_key(STATUS_TITLES["approximate"].en)}
    for section in page.panel.get("sections", ()):
        for block in section.get("blocks", ()) if section.get("opened") else ():
            told = search_key("".join(str(part.get("t", "")) for part in block.get("parts", ())))
            if block.get("tone") == "warning" and any(one in told for one in words):
                return True
    return False


def _notice(page: ReadPage, known: Known) -> Iterator[Breach]:
    """Yield a page without the sentence that every output of its project carries."""
    if known.notice and page.panel.get("notice") != known.notice:
        yield _breach("notice", _NO_NOTICE, notice=known.notice)


RULES: tuple[Rule, ...] = (
    Rule("personal", _personal),
    Rule("defence", _defence),
    Rule("basemap", _basemap),
    Rule("border", _border),
    Rule("islands", _islands),
    Rule("approximate", _approximate),
    Rule("notice", _notice),
)


def breaches(page: ReadPage, known: Known) -> tuple[Breach, ...]:
    """Return everything that is wrong with a page, rule by rule."""
    return tuple(breach for rule in RULES for breach in rule.look(page, known))


def _breach(rule: str, what: Text, **values: object) -> Breach:
    vi, en = (
        {name: one.to(lang) if isinstance(one, Text) else one for name, one in values.items()} for lang in LANGUAGES
    )
    return Breach(rule, Text(vi=what.vi.format(**vi), en=what.en.format(**en)))


def _layer_of(name: str) -> str:
    return "parcels" if name == "crossed_parcels" else name.partition("@")[0]


def _some(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys)[:_EXAMPLES])


def _around(boxes: list[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


# Names under which sources keep personal data that no layer of ours has a field for.
_MORE_PERSONAL = ("số điện thoại", "điện thoại", "CCCD", "CMND", "căn cước", "ngày sinh", "phone", "email", "họ tên")
_PERSONAL_FIELD = Text(
    vi="lớp {layer} có trường dữ liệu cá nhân: {fields}", en="the layer {layer} has personal fields: {fields}"
)
_PERSONAL_VALUE = Text(
    vi="lớp {layer} chứa tên hoặc địa chỉ người sử dụng đất ở {rows} đối tượng, như {example}",
    en="the layer {layer} holds names or addresses of land users in {rows} features, such as {example}",
)
_PERSONAL_TEXT = Text(
    vi="{texts} dòng chữ ngoài bản đồ là tên hoặc địa chỉ người sử dụng đất",
    en="{texts} texts beside the map are names or addresses of land users",
)
_DEFENCE_CLASS = Text(
    vi="chú giải của lớp {layer} có đất quốc phòng, an ninh: {classes}",
    en="the legend of {layer} has defence or security land: {classes}",
)
_DEFENCE_ROW = Text(
    vi="lớp {layer} vẽ {rows} đối tượng quốc phòng, an ninh, như {example}",
    en="the layer {layer} draws {rows} features of defence or security land, such as {example}",
)
_DEFENCE_FACT = Text(
    vi="{facts} ô số liệu nói về đất quốc phòng, an ninh, như {example}",
    en="{facts} figures tell of defence or security land, such as {example}",
)
_REACHES = Text(vi="trang gọi ra ngoài: {where}", en="the page reaches out: {where}")
_FOREIGN_SCRIPT = Text(vi="có đoạn mã lạ: {where}", en="there is a script that is not ours: {where}")
_OPEN_POLICY = Text(
    vi="chính sách an toàn (CSP) của trang thiếu hoặc cho phép mạng",
    en="the page's security policy (CSP) is missing or allows the network",
)
_PICTURE = Text(vi="có ảnh nền không khai báo: {where}", en="there is a picture that nothing declares: {where}")
_BORDER_WITHOUT = Text(
    vi="lớp {layer} vẽ đường biên giới không ghi văn bản nguồn của Nhà nước ({rows}: {example})",
    en="the layer {layer} draws a border line without the document of the state that it comes from ({rows}: {example})",
)
_UNNAMED = Text(
    vi="phạm vi bản đồ đòi hỏi ghi “Quần đảo {name} (Việt Nam)” đúng vị trí, nhưng không có",
    en="the extent of the map requires the label “{name} (Việt Nam)” in its place; it is not there",
)
_STATUS_WRONG = Text(
    vi="trang ghi tình trạng ranh giới “{said}”, dự án ghi “{known}”",
    en="the page states the boundary as “{said}”, the project as “{known}”",
)
_UNWARNED = Text(
    vi="ranh giới gần đúng được vẽ mà không có câu cảnh báo đang mở trên trang",
    en="an approximate boundary is drawn without a warning that is open on the page",
)
_NO_NOTICE = Text(vi="thiếu câu “{notice}”", en="the sentence “{notice}” is missing")
