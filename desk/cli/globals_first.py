"""The options that every command shares may stand anywhere on the line; click wants them before the command."""

from collections.abc import Sequence

_WITH_VALUE = ("-p", "--project", "--lang")
_FLAGS = ("--json", "--quiet", "--debug")


def globals_first(words: Sequence[str]) -> list[str]:
    """Return the words of a command line with the shared options moved to the front.

    Examples
    --------
    >>> globals_first(["analyse", "chi-ma", "--json", "-p", "demo"])
    ['--json', '-p', 'demo', 'analyse', 'chi-ma']
    """
    shared: list[str] = []
    own: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            return [*shared, *own, word, *rest]
        if word in _FLAGS:
            shared.append(word)
        elif name in _WITH_VALUE and equals:
            shared += [name, value]
        elif word in _WITH_VALUE and rest:
            shared += [word, rest.pop(0)]
        else:
            own.append(word)
    return [*shared, *own]
