"""Commands around the officer's word: mark a finding, show the ledger."""

import getpass
from dataclasses import asdict
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.ledger import WORD_TITLES, Line, Word, read_ledger
from maps.numerals import count_text, moment_text
from maps.parcel_words import word_of
from planning.officers_word import give_word

app = typer.Typer(rich_markup_mode=None)


@app.command("mark")
def mark(
    ctx: typer.Context,
    finding: Annotated[
        str,
        typer.Argument(
            help=both(
                "Mã phát hiện, chép từ trong ngoặc vuông: QUY_TẮC:lớp/đối tượng[:trường]",
                "The finding, as it stands in square brackets: RULE:layer/feature[:field]",
            ),
            metavar="FINDING",
        ),
    ],
    reason: Annotated[str, typer.Option(help=both("Lý do", "Reason"), metavar="TEXT")],
    wrong: Annotated[bool, typer.Option("--wrong", help=both("Phát hiện sai", "The finding is wrong"))] = False,
    settled: Annotated[bool, typer.Option("--settled", help=both("Đã xử lý", "It is settled"))] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help=both("Rút lại ý kiến trước, xem xét lại", "Take the last word back"))
    ] = False,
    paper: Annotated[str, typer.Option(help=both("Văn bản làm căn cứ", "The paper that says so"), metavar="TEXT")] = "",
    by: Annotated[
        str | None,
        typer.Option(help=both("Người cho ý kiến (mặc định: tên đăng nhập)", "Who says it (default: login)")),
    ] = None,
) -> None:
    """Mark a finding as wrong or settled; what it said stays, and the word cannot be erased."""
    desk: Desk = ctx.obj
    said: dict[Word, bool] = {"wrong": wrong, "settled": settled, "reopened": reopen}
    words = [word for word, is_said in said.items() if is_said]
    if len(words) != 1 or not reason.strip():
        raise typer.BadParameter("--wrong | --settled | --reopen, --reason TEXT")
    after = give_word(
        opened(desk), finding, words[0], reason=reason.strip(), paper=paper.strip(), by=by or getpass.getuser()
    )
    line = read_ledger(after).lines[-1]
    if desk.as_json:
        show.as_json(asdict(line))
        return
    show.line(desk, _MARKED, number=str(line.number), finding=finding, word=WORD_TITLES[line.said.word].to(desk.lang))


@app.command("marks")
def marks(ctx: typer.Context) -> None:
    """List the words of officers; exit code 1 where the ledger is not as it was written."""
    desk: Desk = ctx.obj
    ledger = read_ledger(opened(desk))
    if desk.as_json:
        problems = [one.to(desk.lang) for one in ledger.problems]
        show.as_json({"lines": [asdict(one) for one in ledger.lines], "problems": problems, "whole": ledger.is_whole})
    else:
        _tell(desk, ledger.lines)
        show.line(
            desk,
            _WHOLE if ledger.is_whole else _BROKEN,
            lines=count_text(len(ledger.lines), desk.lang),
            head=ledger.head.sha256[:12] or "–",
        )
        for one in ledger.problems:
            show.page([f"  {one.to(desk.lang)}"])
    if not ledger.is_whole:
        raise typer.Exit(1)


def _tell(desk: Desk, lines: tuple[Line, ...]) -> None:
    for line in lines:
        said = line.said
        field = f":{said.field}" if said.field else ""
        typer.echo(
            f"{line.number}. {said.rule}:{said.layer}/{said.feature}{field} — {WORD_TITLES[said.word].to(desk.lang)}"
        )
        values = {
            "when": moment_text(line.said_at, desk.lang),
            "by": said.by,
            "answer": word_of("condition", said.answer, desk.lang) or "–",
        }
        show.line(desk, _LINE, **values, reason=said.reason, paper=said.paper or "–")


_MARKED = Text(
    vi="Đã ghi ý kiến số {number} về {finding}: {word}. Nội dung phát hiện vẫn giữ nguyên.",
    en="Word {number} on {finding} is recorded: {word}. What the finding said stays.",
)
_LINE = Text(
    vi="   {when}, {by}; phát hiện ghi: {answer}; lý do: {reason}; văn bản: {paper}",
    en="   {when}, {by}; the finding said: {answer}; reason: {reason}; paper: {paper}",
)
_WHOLE = Text(
    vi="Sổ còn nguyên vẹn: {lines} ý kiến, mã {head}.", en="The ledger is whole: {lines:word|words}, head {head}."
)
_BROKEN = Text(
    vi="SỔ KHÔNG CÒN NGUYÊN VẸN ({lines} dòng đọc được); các ý kiến trong sổ không được áp dụng:",
    en="THE LEDGER IS NOT AS IT WAS WRITTEN ({lines:line|lines} can be read); its words do not count:",
)
