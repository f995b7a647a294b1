"""How many cores of the processor a process works on: two where there is much to do, one where another has the other.

Threads of one process take turns at the interpreter: of little work they make more, and beside another process they
gain nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

# shapely, pyarrow and numpy let go of the interpreter; more threads than this gain nothing on an office PC.
THREADS = 2
# Fewer features than this are done before threads have taken turns.
_FEW = 10_000

_others_at_work = 0


def threads(features: int) -> Executor:
    """Return what does work beside other work, or at once where that is quicker; to be used as a context.

    Parameters
    ----------
    features : how many the work is about: parcels, edges, rows
    """
    return InTurn() if features < _FEW or _others_at_work else ThreadPoolExecutor(THREADS)


@contextmanager
def one_core() -> Iterator[None]:
    """Work on one core in the block, because another process works beside this one."""
    global _others_at_work  # noqa: PLW0603 -- the process has one processor to share, whoever asks
    _others_at_work += 1
    try:
        yield
    finally:
        _others_at_work -= 1


class InTurn(Executor):
    """An executor that does at once what it is given; an error is raised where the work is given to it."""

    def submit(self, function: Callable[..., Any], /, *values: Any, **named: Any) -> "Future[Any]":
        """Call the function, and return its result as one that is there."""
        done: Future[Any] = Future()
        done.set_result(function(*values, **named))
        return done

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,  # noqa: ARG002 -- what is done needs none
        chunksize: int = 1,  # noqa: ARG002
    ) -> Iterator[Any]:
        """Call the function with each of the values, now."""
        return iter([fn(*values) for values in zip(*iterables, strict=False)])
