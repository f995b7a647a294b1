"""The program as a person starts it: a command in a process of its own."""

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def mocgioi(*words: object) -> subprocess.Popen[str]:
    """Start a command of the program; what it answers comes through its standard output."""
    # As on a desk, where Python keeps what it compiled: else every start compiles the program again.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        [sys.executable, "-m", "desk", *map(str, words)], stdout=subprocess.PIPE, text=True, env=env
    )


def answer_of(*words: object) -> str:
    """Return what a command answers; raise CalledProcessError where it fails."""
    with mocgioi(*words) as process:
        answer, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return answer


@contextmanager
def demo_of(options: Namespace) -> Iterator[Path]:
    """Yield the project that is named, or a demo of so many parcels, without scenarios analysed, that goes again."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(options.project or Path(made) / "demo")
        if not options.project:
            answer_of("demo", folder, "--parcels", options.parcels, "--no-analyse", "--quiet")
        yield folder
