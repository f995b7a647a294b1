"""proposal_text(): the chapters of a proposal, those of GIS from facts, the others as places for their authors.

An author's own words stand in the project, in ``texts/CHAPTER.vi.txt`` (``.en.txt``), and take the place of the
placeholder; a blank line parts paragraphs. They are words, never read as facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gis.language import Lang, Text
from maps.sentences.claims import Run
from maps.sentences.land_patterns import LAND, REASONS, YARDS
from maps.sentences.pattern import Pattern
from maps.sentences.zone_patterns import COMMUNES, SCOPE, SIZE
from planning.record import Record

TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence made of facts.

    Attributes
    ----------
    pattern : id of its pattern
    runs : its pieces; those of facts carry their key
    """

    pattern: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the text part of a proposal.

    Attributes
    ----------
    id : ``size``, ``management`` …
    sentences : from facts; one paragraph
    words : paragraphs of authors, or the placeholder for them
    is_placeholder : nobody has written the words yet
    """

    id: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    words: tuple[str, ...] = ()
    is_placeholder: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The chapter as plain text."""
        told = " ".join(sentence.text for sentence in self.sentences)
        return (told, *self.words) if told else self.words


@dataclass(frozen=True, slots=True)
class _Plan:
    title: Text
    patterns: tuple[Pattern, ...] = ()
    placeholder: Text | None = None


CHAPTERS: Mapping[str, _Plan] = {
    "name": _Plan(
        Text(vi="Tên gọi", en="Name"),
        placeholder=Text(
            vi="[Cơ quan lập đề án ghi tên gọi của khu và căn cứ đặt tên.]",
            en="[To be written by the authors: the name of the zone and what it rests on.]",
        ),
    ),
    "reasons": _Plan(Text(vi="Lý do và căn cứ điều chỉnh", en="Reasons and legal grounds"), REASONS),
    "scope": _Plan(Text(vi="Phạm vi", en="Scope"), SCOPE),
    "size": _Plan(Text(vi="Quy mô diện tích", en="Size"), SIZE),
    "communes": _Plan(Text(vi="Đơn vị hành chính", en="Communes"), COMMUNES),
    "land": _Plan(Text(vi="Đất đai", en="Land"), LAND),
    "yards": _Plan(Text(vi="Bến bãi và cửa khẩu", en="Yards and gates"), YARDS),
    "management": _Plan(
        Text(vi="Mô hình quản lý", en="Management model"),
        placeholder=Text(
            vi="[Cơ quan lập đề án mô tả mô hình quản lý, phân công nhiệm vụ.]",
            en="[To be written by the authors: how the zone is managed, and who does what.]",
        ),
    ),
    "policies": _Plan(
        Text(vi="Cơ chế, chính sách", en="Policies"),
        placeholder=Text(
            vi="[Cơ quan lập đề án nêu cơ chế, chính sách áp dụng.]",
            en="[To be written by the authors: the policies that apply.]",
        ),
    ),
    "priorities": _Plan(
        Text(vi="Danh mục ưu tiên", en="Priority list"),
        placeholder=Text(
            vi="[Cơ quan lập đề án nêu danh mục dự án ưu tiên và tiến độ.]",
            en="[To be written by the authors: projects of priority, and when.]",
        ),
    ),
}
PATTERNS: tuple[Pattern, ...] = tuple(pattern for plan in CHAPTERS.values() for pattern in plan.patterns)


def proposal_text(record: Record, lang: Lang = "vi", project: Path | None = None) -> tuple[Chapter, ...]:
    """Return all chapters in reading order.

    Parameters
    ----------
    project : folder of the project, for the words of its authors; None: placeholders only
    """
    return tuple(_chapter(name, plan, record, lang, project) for name, plan in CHAPTERS.items())


def _chapter(name: str, plan: _Plan, record: Record, lang: Lang, project: Path | None) -> Chapter:
    own = _own_words(project / TEXTS / f"{name}.{lang}.txt") if project else ()
    place = (plan.placeholder.to(lang),) if plan.placeholder and not own else ()
    sentences = tuple(Sentence(pattern.id, pattern.runs(record, lang)) for pattern in plan.patterns)
    return Chapter(name, plan.title.to(lang), sentences, own or place, bool(place))


def _own_words(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    blocks = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n\n")
    return tuple(" ".join(block.split()) for block in blocks if block.strip())
