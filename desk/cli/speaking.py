"""The help of commands in the language of the user: both wordings stand in one string, Vietnamese first."""

from typing import Any

from gis.language import Lang, Text, in_language


def both(vi: str, en: str) -> str:
    """Return one help string that holds both wordings."""
    return Text(vi=vi, en=en).both()


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
    return in_language(text or "", lang) or None
