"""chapters(): what the Word file says, in order: sentences, tables, maps, signatures; every number a fact.

The form of an appendix of Decree 30/2020: the word *Phụ lục*, its title, the document that it belongs to.
"""

from collections.abc import Iterator, Sequence

from gis.language import Lang, Text
from maps.appendix.blocks import Block, Caption, Heading, Paragraph, Picture, Piece, Signatures
from maps.appendix.document_tables import corners, tables
from maps.appendix.wishes import AppendixWishes
from maps.numerals import day_text
from maps.sentences.chapters import proposal_text
from maps.sheet.page import Page
from maps.sheet.paper import PaperName
from planning.record import Record

_LABEL = Text(vi="PHỤ LỤC", en="APPENDIX")
_TITLE = Text(
    vi="Thuyết minh, số liệu và bản đồ\nphương án {scenario}",
    en="Sentences, figures and maps\nof the scenario {scenario}",
)
_WITH = Text(vi="(Kèm theo {document})", en="(With {document})")
_BLANK_DOCUMENT = Text(vi="Tờ trình số ……/TTr-…… ngày …… tháng …… năm ………", en="submission No. …… of ………")
_SENTENCES = Text(vi="Thuyết minh", en="Sentences")
_TABLES = Text(vi="Bảng số liệu", en="Tables")
_MAPS = Text(vi="Bản đồ", en="Maps")
_SEE = Text(vi="Số liệu chi tiết tại các bảng từ ", en="The figures stand in the tables from ")
_UNTIL = Text(vi=" đến ", en=" to ")
_TRUE = Text(
    vi="Các bản đồ dưới đây đúng tỷ lệ khi in trên giấy {paper} không co giãn; bản vectơ là tệp ban-do.pdf.",
    en="The maps below are true to scale when printed on {paper} without fitting; the vector file is ban-do.pdf.",
)
_REDUCED = Text(
    vi="Các bản đồ dưới đây được thu nhỏ từ tệp ban-do.pdf; bản in đúng tỷ lệ là tệp đó.",
    en="The maps below are reduced from the file ban-do.pdf, which prints true to scale.",
)
_RECORD = Text(
    vi="Mọi số liệu trong phụ lục này lấy từ hồ sơ kết quả {id}, kèm theo trong thư mục ho-so.",
    en="Every figure in this appendix is from the Record {id}, which comes with it in the folder ho-so.",
)
COUNTED = {"table": Text(vi="Bảng", en="Table"), "map": Text(vi="Bản đồ", en="Map")}
_PLACE = Text(vi="{place}, {date}", en="{place}, {date}")
_DOTS = "……………"
_DRAWN, _CHECKED, _APPROVED = (
    Text(vi="NGƯỜI LẬP", en="PREPARED BY"),
    Text(vi="NGƯỜI KIỂM TRA", en="CHECKED BY"),
    Text(vi="THỦ TRƯỞNG ĐƠN VỊ", en="HEAD OF THE OFFICE"),
)


def chapters(record: Record, wishes: AppendixWishes, pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks of the document.

    Parameters
    ----------
    pages : of the file of sheets; those with a map are shown
    """
    lang = wishes.lang
    shown = tuple(tables(record, lang))
    return (
        *_opening(record, wishes),
        Heading(f"I. {_SENTENCES.to(lang)}"),
        *_sentences(record, lang),
        *_see(shown, lang),
        Heading(f"II. {_TABLES.to(lang)}"),
        *shown,
        *corners(record, lang, 1 + sum(isinstance(one, Caption) for one in shown)),
        *_signatures(record, wishes),
        *_maps(pages, wishes.paper, lang),
    )


def _opening(record: Record, wishes: AppendixWishes) -> Iterator[Block]:
    lang = wishes.lang
    document = wishes.block.document or _BLANK_DOCUMENT.to(lang)
    yield Paragraph((Piece(_LABEL.to(lang)),), "label")
    for line in _TITLE.to(lang, scenario=record.reason or record.scenario).split("\n"):
        yield Paragraph((Piece(line),), "title")
    yield Paragraph((Piece(record.project),), "title")
    yield Paragraph((Piece(_WITH.to(lang, document=document)),), "note")
    if record.notice:
        yield Paragraph((Piece(record.notice),), "notice")
    yield Paragraph((Piece(_RECORD.to(lang, id=record.id[:16])),))


def _sentences(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the paragraphs that facts make; what authors have to write themselves is no part of the appendix."""
    made = (chapter for chapter in proposal_text(record, lang) if chapter.sentences)
    for number, chapter in enumerate(made, start=1):
        yield Heading(f"{number}. {chapter.title}", 2)
        pieces: list[Piece] = []
        for sentence in chapter.sentences:
            pieces += [Piece(" ")] if pieces else []
            pieces += [Piece(run.text, run.key) for run in sentence.runs]
        yield Paragraph(tuple(pieces))


def _see(tables: Sequence[Block], lang: Lang) -> Iterator[Block]:
    captions = [one for one in tables if isinstance(one, Caption)]
    if captions:
        first, last = (Piece(_counted(one, lang), target=one.name) for one in (captions[0], captions[-1]))
        yield Paragraph((Piece(_SEE.to(lang)), first, Piece(_UNTIL.to(lang)), last, Piece(".")))


def _counted(one: Caption, lang: Lang) -> str:
    return f"{COUNTED[one.counted].to(lang)} {one.number}"


def _signatures(record: Record, wishes: AppendixWishes) -> Iterator[Block]:
    lang, block = wishes.lang, wishes.block
    date = day_text(block.date or record.stamp.created[:10], lang)
    roles = ((_DRAWN, block.drawn), (_CHECKED, block.checked), (_APPROVED, block.approved))
    yield Signatures(
        _PLACE.to(lang, place=wishes.place or _DOTS, date=date), tuple((role.to(lang), name) for role, name in roles)
    )


def _maps(pages: Sequence[Page], paper: PaperName, lang: Lang) -> Iterator[Block]:
    shown = [(place, page) for place, page in enumerate(pages) if page.kind == "map"]
    if not shown:
        return
    yield Heading(f"IV. {_MAPS.to(lang)}")
    told = _TRUE if paper in ("A3", "A4") else _REDUCED
    yield Paragraph((Piece(told.to(lang, paper="A3")),))
    for number, (place, page) in enumerate(shown, start=1):
        yield Picture(place, page.key)
        yield Caption("map", number, page.title, f"map.{page.key}")
