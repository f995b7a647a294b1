"""``python -m planning.analysing PROJECT NAME…``: analyse scenarios and keep their Records, for who waits beside."""

import sys

from layers.workspace import Workspace
from planning.effect import analyse_all

if __name__ == "__main__":
    project, *names = sys.argv[1:]
    analyse_all(Workspace.open(project), names)
