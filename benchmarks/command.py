"""The program as a person starts it: a command in a process of its own."""

import os
import subprocess
import sys


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
