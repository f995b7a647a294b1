"""``mocgioi``: finds the command that was asked for, and turns errors into one clear message and an exit code.

Commands are loaded when they are asked for, so that ``mocgioi --help`` answers at once.
"""

import errno
import os
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from desk.cli.context import Desk, language_of
from desk.cli.globals_first import globals_first
from desk.cli.loading import loaded
from desk.cli.speaking import spoken
from desk.cli.usage import UsageError, in_language, told
from gis.errors import MocGioiError
from gis.language import Lang, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its name, the module that defines it, what it is for."""

    name: str
    module: str
    purpose: Text


COMMANDS: tuple[Entry, ...] = (
    Entry(
        "demo",
        "projects",
        Text(vi="Tạo một dự án minh họa, phân tích và vẽ bản đồ", en="Make a demo project, analysed and drawn"),
    ),
    Entry("new", "projects", Text(vi="Tạo dự án trống", en="Make an empty project")),
    Entry("inspect", "inspecting", Text(vi="Xem trong tệp có gì", en="Show what is in a file")),
    Entry("import", "files", Text(vi="Đưa tệp vào một lớp của dự án", en="Bring files into a layer of the project")),
    Entry("export", "files", Text(vi="Xuất một lớp ra tệp", en="Write a layer to a file")),
    Entry(
        "doctor",
        "doctoring",
        Text(vi="Khám hệ tọa độ VN-2000 của một tệp", en="Tell which VN-2000 system a file is in"),
    ),
    Entry(
        "zone",
        "files",
        Text(vi="Lập ranh giới khu từ các đơn vị hành chính", en="Make the zone from administrative units"),
    ),
    Entry(
        "units",
        "units",
        Text(vi="Tra đơn vị hành chính theo mã hoặc tên", en="Look up administrative units by code or name"),
    ),
    Entry("layers", "files", Text(vi="Liệt kê các lớp của dự án", en="List the layers of the project")),
    Entry(
        "check", "checking", Text(vi="Kiểm tra dữ liệu, chỉ rõ lỗi ở đâu", en="Check the data and place what is wrong")
    ),
    Entry(
        "repair",
        "repairing",
        Text(vi="Đề nghị sửa hình của một lớp, và sửa khi được đồng ý", en="Propose how shapes are mended, and mend"),
    ),
    Entry("history", "versions", Text(vi="Các phiên bản của một lớp", en="The versions of a layer")),
    Entry("restore", "versions", Text(vi="Khôi phục một phiên bản của lớp", en="Bring back a version of a layer")),
    Entry(
        "scenario",
        "scenarios",
        Text(vi="Lập, sửa, hoàn tác, tách, so phương án", en="Plan, edit, undo, branch, compare scenarios"),
    ),
    Entry(
        "analyse", "analysis", Text(vi="Phân tích tác động của một phương án", en="Analyse the effect of a scenario")
    ),
    Entry(
        "compare",
        "comparing",
        Text(vi="So sánh kết quả của nhiều phương án", en="Compare the effects of several scenarios"),
    ),
    Entry(
        "why",
        "explaining",
        Text(
            vi="Một số liệu từ đâu mà có: đến từng thửa, quy tắc, lớp",
            en="Where a number comes from: parcels, rules, layers",
        ),
    ),
    Entry(
        "replay",
        "replaying",
        Text(
            vi="Tính lại một hồ sơ kết quả: giống, hay khác ở đâu", en="Compute a record again: same, or what differs"
        ),
    ),
    Entry(
        "parcel",
        "parcels",
        Text(vi="Tra cứu một thửa đất: điều đã biết và điều chưa biết", en="One parcel: what is known and what is not"),
    ),
    Entry(
        "parcels",
        "parcels",
        Text(
            vi="Mọi thửa đất với mọi lớp; thửa bị phương án tác động",
            en="All parcels against all layers; those that a scenario affects",
        ),
    ),
    Entry(
        "idle",
        "idle",
        Text(
            vi="Đất chưa sử dụng, chậm tiến độ; giấy tờ còn thiếu",
            en="Idle and late land; papers that are missing",
        ),
    ),
    Entry(
        "yards",
        "yards",
        Text(
            vi="Sổ bến bãi: giấy tờ có, thiếu, hết hạn, sắp hết hạn",
            en="The register of yards: papers present, missing, expired, expiring",
        ),
    ),
    Entry(
        "mark",
        "marking",
        Text(vi="Ghi ý kiến cán bộ về một phát hiện vào sổ", en="Record an officer's word on a finding in the ledger"),
    ),
    Entry(
        "marks",
        "marking",
        Text(
            vi="Xem sổ ý kiến cán bộ, có còn nguyên vẹn không",
            en="The ledger of officers' words, and whether it is whole",
        ),
    ),
    Entry(
        "balance",
        "balancing",
        Text(vi="Bảng cân bằng sử dụng đất; kiểm tra bảng in", en="The land-use balance; check a printed one"),
    ),
    Entry("rules", "law", Text(vi="Các quy tắc pháp lý đang áp dụng", en="The legal rules that are applied")),
    Entry(
        "sheet",
        "correcting",
        Text(
            vi="Phiếu Excel để điền, sửa thuộc tính và giấy tờ, rồi nhận lại",
            en="Excel sheets to correct attributes and papers, and bring back",
        ),
    ),
    Entry(
        "map",
        "outputs",
        Text(vi="Vẽ bản đồ tương tác, mở được khi không có mạng", en="Draw the interactive map, which opens offline"),
    ),
    Entry(
        "proposal",
        "proposing",
        Text(
            vi="Soạn đoạn văn của đề án từ số liệu; đọc lại, đối chiếu",
            en="The proposal's paragraphs from facts; read back",
        ),
    ),
    Entry(
        "hillshade",
        "shading",
        Text(
            vi="Vẽ bóng địa hình làm nền bản đồ, không cần mạng",
            en="Shade the relief, a backdrop that needs no network",
        ),
    ),
    Entry(
        "publish",
        "outputs",
        Text(
            vi="Phân tích mọi phương án, xuất bản đồ, bảng số liệu và trang đầu",
            en="Analyse all scenarios; write maps, workbooks, front page",
        ),
    ),
    Entry("workbook", "outputs", Text(vi="Xuất bảng số liệu Excel", en="Write the Excel workbook")),
    Entry(
        "sheets",
        "sheets",
        Text(vi="In các tờ bản đồ và bảng tọa độ mốc thành PDF", en="Print map sheets and marker tables as PDF"),
    ),
    Entry(
        "markers",
        "sheets",
        Text(vi="Xuất bảng tọa độ mốc ranh giới (CSV, Excel)", en="Write the markers' coordinate table (CSV, Excel)"),
    ),
    Entry(
        "appendix",
        "appendices",
        Text(
            vi="Lập cả phụ lục: bản đồ, Word, Excel, GeoPackage, QGIS",
            en="Write the whole appendix: sheets, Word, Excel, GeoPackage, QGIS",
        ),
    ),
    Entry(
        "qgis",
        "appendices",
        Text(
            vi="Dự án QGIS của các lớp, ký hiệu như bản đồ",
            en="A QGIS project of the layers, with the map's symbols",
        ),
    ),
    Entry(
        "verify",
        "appendices",
        Text(
            vi="Đọc lại phụ lục, chứng minh mọi tệp khớp nhau",
            en="Read an appendix back and prove that its files agree",
        ),
    ),
)


class Commands(TyperGroup):
    """The table `COMMANDS` as a group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names in the order of the table."""
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load one command."""
        entry = next((one for one in COMMANDS if one.name == cmd_name), None)
        if entry is None:
            return None
        module = loaded(f"desk.cli.{entry.module}")
        group: Any = typer.main.get_group(module.app)
        command = group.commands[entry.name]
        lang: Lang = ctx.params.get("lang") or "vi"
        command.help = entry.purpose.to(lang)
        return _framed(spoken(command, lang), lang)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help from the table, without loading any command."""
        lang: Lang = ctx.params.get("lang") or "vi"
        formatter.write_usage(ctx.command_path, "[TÙY CHỌN] LỆNH …" if lang == "vi" else "[OPTIONS] COMMAND …")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_ABOUT.to(lang))
        with formatter.section("Lệnh" if lang == "vi" else "Commands"):
            formatter.write_dl([(entry.name, entry.purpose.to(lang)) for entry in COMMANDS])
        with formatter.section(
            "Tùy chọn chung, đặt ở đâu cũng được" if lang == "vi" else "Options, anywhere on the line"
        ):
            formatter.write_dl([(names, purpose.to(lang)) for names, purpose in _OPTIONS])
        formatter.write_paragraph()
        formatter.write_text(_MORE.to(lang))


def _framed(command: Any, lang: Lang) -> Any:
    """Return the command, and its subcommands, with the frame of the help page in one language."""
    page = command.get_help
    command.get_help = lambda ctx: in_language(page(ctx), lang)
    for subcommand in getattr(command, "commands", {}).values():
        _framed(subcommand, lang)
    return command


_ABOUT = Text(
    vi="Mốc Giới: bàn quy hoạch của khu kinh tế cửa khẩu.",
    en="Mốc Giới: the planning desk of a border-gate economic zone.",
)
_MORE = Text(vi="Xem cách dùng một lệnh: mocgioi LỆNH --help", en="Usage of a command: mocgioi COMMAND --help")
_OPTIONS = (
    ("-p, --project DIR", Text(vi="Thư mục dự án (mặc định: thư mục này)", en="Project folder (default: this one)")),
    ("--lang vi|en", Text(vi="Ngôn ngữ (mặc định: của dự án)", en="Language (default: the project's)")),
    ("--json", Text(vi="Trả lời bằng JSON", en="Answer in JSON")),
    ("--quiet", Text(vi="Không in tiến độ", en="Show no progress")),
    ("--debug", Text(vi="In chi tiết khi có lỗi", en="Show the traceback of an error")),
    ("--version", Text(vi="In phiên bản", en="Show the version")),
    ("--help", Text(vi="Hướng dẫn này", en="This help")),
)

app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 -- typer's signature
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 -- reads the disk; only when asked

        typer.echo(f"mocgioi {version('mocgioi')}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    project: Annotated[Path, typer.Option("-p", "--project")] = Path(),
    lang: Annotated[Lang | None, typer.Option(is_eager=True)] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    quiet: Annotated[bool, typer.Option("--quiet")] = False,
    debug: Annotated[bool, typer.Option("--debug")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Keep what every command may ask for."""
    ctx.obj = Desk(project=project, lang=language_of(project, lang), as_json=as_json, quiet=quiet)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code: 0 done, 1 the user's data, 2 wrong usage."""
    # Our matrices are small: waiting threads of the library for large ones would be a third of what numpy costs to load.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):  # a pipe on Windows has a code page that cannot write Vietnamese
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    warnings.simplefilter("ignore")  # what libraries tell each other is not for the user of a command
    words = globals_first(sys.argv[1:] if arguments is None else arguments)
    try:
        code = app(args=words, prog_name="mocgioi", standalone_mode=False)
    except UsageError as error:
        typer.echo(told(error, _language(words)), err=True)
        sys.exit(2)
    except Exception as error:
        if "--debug" in words:
            raise
        typer.echo(_told(error, _language(words)), err=True)
        sys.exit(1)
    sys.exit(code or 0)


def _language(words: Sequence[str]) -> Lang:
    return language_of(Path(_value_of(words, "--project", "-p") or "."), _value_of(words, "--lang"))


def _told(error: BaseException, lang: Lang) -> str:
    if isinstance(error, MocGioiError):
        return error.to(lang)
    if isinstance(error, OSError):
        known = _REASONS.get(error.errno) if error.errno else None
        return _SYSTEM.to(
            lang, reason=known.to(lang) if known else error.strerror or error, place=error.filename or "–"
        )
    return _OURS.to(lang, kind=type(error).__name__, reason=str(error).partition("\n")[0])


_FULL = Text(vi="đĩa đã đầy", en="the disk is full")
_FORBIDDEN = Text(vi="không có quyền ghi", en="writing is not permitted")
_REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _FORBIDDEN),
}
_SYSTEM = Text(
    vi="Hệ thống báo lỗi: {reason} ({place}). Không có gì được ghi dở dang; hãy kiểm tra dung lượng đĩa và quyền ghi rồi làm lại.",
    en="The system reports: {reason} ({place}). Nothing was half-written; check disk space and permissions and try again.",
)


_OURS = Text(
    vi="Lỗi của chương trình ({kind}: {reason}). Dữ liệu không thay đổi. Hãy chạy lại với --debug và gửi kết quả cho người bảo trì.",
    en="A fault of the program ({kind}: {reason}). The data were not changed. Run again with --debug and send the output to the maintainers.",
)


def _value_of(words: Sequence[str], *names: str) -> str | None:
    return next((words[place + 1] for place, word in enumerate(words[:-1]) if word in names), None)
