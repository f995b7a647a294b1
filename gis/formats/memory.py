"""How much memory a reading process may take; nothing else, because it is loaded before anything is limited."""

import sys


def limit_memory(size: int) -> None:
    """Give this process no more address space than `size` bytes, where the system can; no core file."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses limits of address space
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
