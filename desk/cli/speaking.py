"""The help of commands in the language of the user: both wordings stand in one string, Vietnamese first."""

from typing import Any

from gis.language import Lang

BETWEEN = " ∥ "


def both(vi: str, en: str) -> str:
    """Return one help string that holds both wordings."""
    return f"{vi}{BETWEEN}{en}"


def spoken(command: Any, lang: Lang) -> Any:
    """Return the command with its help, and that of its options and subcommands, in one language."""
    command.help = _in(command.help, lang)
    command.short_help = _in(command.short_help, lang)
    for parameter in command.params:
        parameter.help = _in(parameter.help, lang)
    for subcommand in getattr(command, "commands", {}).values():
        spoken(subcommand, lang)
    return command


def _in(text: str | None, lang: Lang) -> str | None:
    vi, _, en = (text or "").partition(BETWEEN)
    return (vi if lang == "vi" or not en else en) or None
