"""Wrong usage and the frame of the help pages, in the language of the user; the parser speaks English only."""

import re
from typing import Any

# The parser is a private copy inside typer (held below 0.30); its kinds of wrong usage have no public names.
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from gis.language import LANGUAGES, Lang, Text

__all__ = ["Misused", "UsageError", "in_language", "told"]


class Misused(UsageError):
    """Options that do not go together, or a value that only the command itself can judge."""

    def __init__(self, text: Text, **values: str) -> None:
        super().__init__(text.to("en", **values))
        self.said = {lang: text.to(lang, **values) for lang in LANGUAGES}


def told(error: UsageError, lang: Lang) -> str:
    """Return what was wrong, how the command is called, and where to read more; one line each."""
    if isinstance(error, NoArgsIsHelpError):
        return in_language(error.format_message(), lang)
    lines = [_WRONG.to(lang, what=_what(error, lang))]
    if error.ctx is not None:
        pieces = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
        lines.append(_CALL.to(lang, call=in_language(f"{error.ctx.command_path} {pieces}", lang)))
        lines.append(_MORE.to(lang, command=error.ctx.command_path))
    return "\n".join(lines)


def in_language(page: str, lang: Lang) -> str:
    """Return a help page with the words of its frame in `lang`.

    Examples
    --------
    >>> in_language("Usage: mocgioi new [OPTIONS] {DIR}", "vi")
    'Cách dùng: mocgioi new [TÙY CHỌN] DIR'
    >>> in_language("  --accuracy <float range>  Metres  [x>=0.0]", "en")
    '  --accuracy N              Metres  [≥ 0]'
    """
    page = re.sub(r"\{([^{}\n]+)\}", r"\1", page, count=1)
    # An argument is named by what it is, an option takes a value that people know by another word than programs.
    page = re.sub(
        r"^(  [^-\s]\S*)( <[a-z\[\]]+>)", lambda found: found[1] + " " * len(found[2]), page, flags=re.MULTILINE
    )
    page = re.sub(r"<(str|path|int|float)( range)?>", lambda found: _VALUES[found[1]].ljust(len(found[0])), page)
    page = re.sub(r"\b(\d+)(?:\.0)?<=x<=(\d+)(?:\.0)?\b", r"\1 … \2", page)
    page = re.sub(r"\bx>=(\d+)(?:\.0)?\b", r"≥ \1", page)
    if lang == "en":
        return page
    for english, vietnamese in _FRAME:
        page = re.sub(english, vietnamese, page, flags=re.MULTILINE)
    return page


def _what(error: UsageError, lang: Lang) -> str:
    if isinstance(error, Misused):
        return error.said[lang]
    if isinstance(error, NoSuchOption):
        near = ", ".join(sorted(error.possibilities or ()))
        return _NO_OPTION.to(lang, name=error.option_name) + (_NEAR.to(lang, near=near) if near else "")
    if isinstance(error, MissingParameter) and error.param is not None:
        is_option = error.param.param_type_name == "option"
        name = error.param.opts[0] if is_option else error.param.display_name_raw
        return (_NO_REQUIRED_OPTION if is_option else _NO_ARGUMENT).to(lang, name=name)
    if isinstance(error, BadOptionUsage):
        return (_TAKES_NONE if "does not take" in error.message else _TAKES_ONE).to(lang, name=error.option_name)
    if isinstance(error, BadParameter) and error.param is not None:
        return _bad_value(error, error.param.opts[0], lang)
    found = ((text, re.search(pattern, error.message)) for pattern, text in _SENTENCES)
    return next((text.to(lang, **match.groupdict()) for text, match in found if match), error.message)


def _bad_value(error: BadParameter, name: str, lang: Lang) -> str:
    """Say what a value should have been, as far as the check behind the parser tells it."""
    problems: Any = getattr(error.__cause__, "errors", list)()
    if not problems:
        return f"{name}: {error.message}"
    problem = problems[0]
    choices = ", ".join(re.findall(r"'([^']*)'", problem["msg"].partition("is not one of")[2]))
    if problem["type"] in _WANTED:
        wanted = _WANTED[problem["type"]].to(lang, limit=str(_limit(problem)))
    else:
        wanted = _ONE_OF.to(lang, choices=choices) if choices else problem["msg"]
    return _BAD_VALUE.to(lang, name=name, value=problem["input"], wanted=wanted)


def _limit(problem: Any) -> object:
    """Return the one bound that the value passed."""
    return next((problem["ctx"][one] for one in ("ge", "gt", "le", "lt") if one in problem.get("ctx", {})), None)


_WRONG = Text(vi="Sai cách dùng: {what}", en="Wrong usage: {what}")
_CALL = Text(vi="Cách dùng: {call}", en="Usage: {call}")
_MORE = Text(vi="Xem thêm: {command} --help", en="More: {command} --help")
_NO_OPTION = Text(vi="không có tùy chọn “{name}”.", en="there is no option “{name}”.")
_NEAR = Text(vi=" Có phải {near}?", en=" Did you mean {near}?")
_NO_REQUIRED_OPTION = Text(vi="thiếu tùy chọn bắt buộc {name}.", en="the required option {name} is missing.")
_NO_ARGUMENT = Text(vi="thiếu {name}.", en="{name} is missing.")
_TAKES_ONE = Text(vi="tùy chọn {name} cần một giá trị.", en="the option {name} needs a value.")
_TAKES_NONE = Text(vi="tùy chọn {name} không nhận giá trị.", en="the option {name} takes no value.")
_BAD_VALUE = Text(
    vi="giá trị “{value}” của {name} không dùng được: {wanted}.",
    en="the value “{value}” of {name} is no use: {wanted}.",
)
_ONE_OF = Text(vi="hãy chọn một trong {choices}", en="choose one of {choices}")
_WANTED = {
    "int_parsing": Text(vi="cần một số nguyên", en="a whole number is needed"),
    "int_from_float": Text(vi="cần một số nguyên", en="a whole number is needed"),
    "float_parsing": Text(vi="cần một số", en="a number is needed"),
    "finite_number": Text(vi="cần một số hữu hạn", en="a finite number is needed"),
    "bool_parsing": Text(vi="cần true hoặc false", en="true or false is needed"),
    "greater_than_equal": Text(vi="không được nhỏ hơn {limit}", en="it must not be less than {limit}"),
    "greater_than": Text(vi="phải lớn hơn {limit}", en="it must be more than {limit}"),
    "less_than_equal": Text(vi="không được lớn hơn {limit}", en="it must not be more than {limit}"),
    "less_than": Text(vi="phải nhỏ hơn {limit}", en="it must be less than {limit}"),
}
_SENTENCES = (
    (r"No such command '(?P<name>.*?)'", Text(vi="không có lệnh “{name}”.", en="there is no command “{name}”.")),
    (r"Missing command", Text(vi="chưa có tên lệnh.", en="the command is missing.")),
    (r"unexpected extra argument\S* \((?P<words>.*)\)", Text(vi="thừa “{words}”.", en="“{words}” is too much.")),
)
# What a program calls a kind of value, and what a page of help calls it.
_VALUES = {"str": "TEXT", "path": "FILE", "int": "N", "float": "N"}
_FRAME = (
    (r"^Usage:", "Cách dùng:"),
    (r"\[OPTIONS\] COMMAND \[ARGS\]\.\.\.", "LỆNH …"),
    (r"\[OPTIONS\]", "[TÙY CHỌN]"),
    (r"^Options:", "Tùy chọn:"),
    (r"^Arguments:", "Đối số:"),
    (r"^Commands:", "Lệnh:"),
    (r"\[required\]", "[bắt buộc]"),
    (r"\[default: ", "[mặc định: "),
    (r"Show this message and exit\.", "Hướng dẫn này"),
)
