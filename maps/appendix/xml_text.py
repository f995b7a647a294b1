"""Text on its way into XML: letters that XML cannot hold become the mark of a letter that is not known."""

import re

_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return a text on one line that XML can hold.

    Examples
    --------
    >>> xml_text("a\x00b\nc")
    'a\ufffdb c'
    """
    return re.sub(r"[\t\n\r\x85\u2028\u2029]", " ", _IMPOSSIBLE.sub("\ufffd", text))
