"""The command that writes the paragraphs of a proposal, or reads a text back against the facts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Lang, Text
from maps.errors import TextUnreadable
from maps.numerals import count_text
from maps.sentences.chapters import Chapter, proposal_text
from maps.sentences.read_back import Reading, read_back
from maps.whole_file import whole_file
from planning.current import up_to_date_record
from planning.record import Record

app = typer.Typer(rich_markup_mode=None)


@app.command("proposal")
def proposal(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")],
    out: Annotated[
        Path | None, typer.Option(help=both("Ghi ra tệp văn bản (UTF-8)", "Write to a text file (UTF-8)"))
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            help=both(
                "Đọc lại tệp văn bản này: câu nào trái với số liệu", "Read this text file back: what contradicts facts"
            )
        ),
    ] = None,
) -> None:
    """Print the paragraphs of the proposal, or read a text back: exit 1 where a sentence contradicts a fact."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    with show.working(desk, _WRITING, name=name):
        record = up_to_date_record(workspace, name)
    if read is not None:
        found = read_back(_text_of(read), record, desk.lang)
        show.as_json(_read_json(found)) if desk.as_json else _tell_reading(found, desk)
        raise typer.Exit(bool(found.contradictions))
    chapters = proposal_text(record, desk.lang, workspace.path)
    if out is not None:
        with whole_file(out) as beside:
            beside.write_text(_plain(chapters, record), encoding="utf-8", newline="\n")
        show.line(desk, _WRITTEN, path=out)
    elif desk.as_json:
        show.as_json(_as_json(chapters, record, desk.lang))
    else:
        show.page(_plain(chapters, record).removesuffix("\n").split("\n"))


def _plain(chapters: tuple[Chapter, ...], record: Record) -> str:
    blocks = [record.notice] if record.notice else []
    for number, chapter in enumerate(chapters, start=1):
        blocks += [f"{number}. {chapter.title}", *chapter.paragraphs]
    return "\n\n".join(blocks) + "\n"


def _as_json(chapters: tuple[Chapter, ...], record: Record, lang: Lang) -> dict[str, Any]:
    return {
        "project": record.project,
        "scenario": record.scenario,
        "lang": lang,
        "notice": record.notice,
        "record": {"id": record.id},
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "placeholder": chapter.is_placeholder,
                "words": list(chapter.words),
                "sentences": [
                    {
                        "pattern": one.pattern,
                        "text": one.text,
                        "facts": [{"key": run.key, "text": run.text} for run in one.runs if run.key],
                    }
                    for one in chapter.sentences
                ],
            }
            for chapter in chapters
        ],
    }


def _read_json(found: Reading) -> dict[str, Any]:
    wrong = [
        {"pattern": one.pattern, "said": one.said, "place": one.place, "found": one.found, "wanted": one.wanted}
        for one in found.contradictions
    ]
    return {"contradictions": wrong, "agreeing": list(found.agreeing), "missing": list(found.missing)}


def _tell_reading(found: Reading, desk: Desk) -> None:
    for one in found.contradictions:
        show.line(desk, _CONTRADICTS, said=one.said, wanted=one.wanted)
    read = {"agreeing": found.agreeing, "wrong": found.contradictions, "missing": found.missing}
    show.line(desk, _READ, **{name: count_text(len(sentences), desk.lang) for name, sentences in read.items()})


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TextUnreadable(path=path, problem=error) from error


_WRITING = Text(vi="Đang soạn văn bản cho phương án {name}…", en="Writing the text of the scenario {name}…")
_WRITTEN = Text(vi="Đã ghi {path}", en="Written: {path}")
_CONTRADICTS = Text(vi="TRÁI SỐ LIỆU: {said}\n  số liệu: {wanted}\n", en="CONTRADICTS: {said}\n  facts: {wanted}\n")
_READ = Text(
    vi="Câu đúng số liệu: {agreeing}; câu trái số liệu: {wrong}; câu mẫu không có trong văn bản: {missing}.",
    en="Sentences that agree: {agreeing}; that contradict: {wrong}; that the text does not have: {missing}.",
)
