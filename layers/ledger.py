"""The officer's word: an append-only ledger of what officers said of findings, one line a word, chained by hashes.

``ledger/words.jsonl`` holds one JSON object a line. Each line carries the SHA-256 of the line before it, and its own;
the number of lines and the newest hash stand in project.toml, and every Record that heeds the ledger names them among
its inputs. So a line that was edited, removed, put elsewhere or cut off at the end is found; a word is taken back by
another word, never by an eraser. What was answered first stays in the line.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from gis.language import Text
from layers.commit import committing
from layers.errors import LedgerDamaged
from layers.project import LedgerHead, Project
from layers.workspace import Workspace

NAME = "ledger"
FILE = Path("ledger") / "words.jsonl"
Word = Literal["wrong", "settled", "reopened"]
WORDS: tuple[Word, ...] = get_args(Word)
WORD_TITLES: dict[str, Text] = {
    "wrong": Text(vi="phát hiện sai", en="the finding is wrong"),
    "settled": Text(vi="đã xử lý", en="settled"),
    "reopened": Text(vi="xem xét lại", en="reopened"),
}
# What the first line follows.
_START = "0" * 64


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says of one finding.

    Attributes
    ----------
    word : wrong, settled, or reopened, which takes an earlier word back
    rule, layer, feature, field : the finding; `field` empty where the whole feature is meant
    answer : what the finding said, kept as it was
    layer_sha256 : identity of the layer as it stood
    reason, paper : why, and the document that says so
    by : who says it
    """

    word: Word
    rule: str
    layer: str
    feature: str
    field: str
    answer: str
    layer_sha256: str
    reason: str
    paper: str
    by: str

    @property
    def about(self) -> tuple[str, str, str, str]:
        """The finding that it speaks of."""
        return self.rule, self.layer, self.feature, self.field


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger: a word, its number and time, and its place in the chain."""

    number: int
    said_at: str
    said: Said
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as it stands.

    Attributes
    ----------
    lines : those that can be read, oldest first
    problems : where the chain is broken; empty for a whole ledger
    """

    lines: tuple[Line, ...]
    problems: tuple[Text, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether every line is as it was written, and none is missing."""
        return not self.problems

    @property
    def head(self) -> LedgerHead:
        """Number of lines and the newest hash."""
        return LedgerHead(len(self.lines), self.lines[-1].sha256 if self.lines else "")


def read_ledger(workspace: Workspace) -> Ledger:
    """Read the ledger of a project and follow its chain."""
    written = _written(workspace.path)
    lines, problems = _followed(written)
    kept = Ledger(lines, ()).head
    stated = workspace.project.ledger
    if not problems and kept != stated:
        problems = (_CUT.filled(lines=kept.lines, stated=stated.lines),)
    return Ledger(lines, problems)


def say(workspace: Workspace, said: Said) -> Workspace:
    """Add one word at the end of the ledger, in one commit with project.toml.

    Raises
    ------
    ProjectBusy
    LedgerDamaged
        The chain is broken: nothing is added to what cannot be trusted.
    """
    with committing(workspace.path) as staged:
        project = Project.read(workspace.path)
        ledger = read_ledger(replace(workspace, project=project))
        if not ledger.is_whole:
            raise LedgerDamaged(path=workspace.path / FILE, reason=ledger.problems[0])
        line = _line(ledger, said)
        project = replace(project, ledger=LedgerHead(line.number, line.sha256))
        path = staged / FILE
        path.parent.mkdir(parents=True)
        path.write_text("".join([*_written(workspace.path), _json(line) + "\n"]), encoding="utf-8", newline="\n")
        project.write(staged)
    return replace(workspace, project=project)


def _line(ledger: Ledger, said: Said) -> Line:
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    previous = ledger.lines[-1].sha256 if ledger.lines else _START
    line = Line(len(ledger.lines) + 1, moment, said, previous, "")
    return replace(line, sha256=_sha256(line))


def _written(root: Path) -> list[str]:
    path = root / FILE
    return path.read_text(encoding="utf-8").splitlines(keepends=True) if path.is_file() else []


def _followed(written: list[str]) -> tuple[tuple[Line, ...], tuple[Text, ...]]:
    """Return the lines that can be read, and what is wrong with the chain."""
    lines: list[Line] = []
    problems: list[Text] = []
    for place, text in enumerate(written, start=1):
        try:
            line = _parsed(text)
        except (ValueError, TypeError, KeyError):
            problems.append(_UNREADABLE.filled(line=place))
            continue
        lines.append(line)
    problems += _broken(lines)
    return tuple(lines), tuple(problems)


def _broken(lines: list[Line]) -> Iterator[Text]:
    for place, line in enumerate(lines, start=1):
        before = lines[place - 2].sha256 if place > 1 else _START
        if line.sha256 != _sha256(line):
            yield _EDITED.filled(line=place)
        elif line.previous != before:
            yield _MISSING.filled(line=place, number=line.number)


def _parsed(text: str) -> Line:
    content = json.loads(text)
    said = Said(**{one.name: content.pop(one.name) for one in fields(Said)})
    return Line(said=said, **content)


def _sha256(line: Line) -> str:
    content = {**_content(line), "sha256": ""}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _json(line: Line) -> str:
    return json.dumps(_content(line), ensure_ascii=False)


def _content(line: Line) -> dict[str, Any]:
    plain = asdict(line)
    return {**{name: plain[name] for name in ("number", "said_at")}, **plain["said"], **_chain(plain)}


def _chain(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: plain[name] for name in ("previous", "sha256")}


_UNREADABLE = Text(vi="dòng {line} không đọc được", en="line {line} cannot be read")
_EDITED = Text(vi="dòng {line} đã bị sửa", en="line {line} was edited")
_MISSING = Text(
    vi="trước dòng {line} (số {number}) có dòng bị xóa hoặc đổi chỗ",
    en="before line {line} (number {number}) a line was removed or put elsewhere",
)
_CUT = Text(
    vi="sổ có {lines} dòng, project.toml ghi {stated}: có dòng bị xóa hoặc thêm ngoài chương trình",
    en="it has {lines} lines, project.toml says {stated}: lines were removed or added outside the program",
)
