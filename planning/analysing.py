"""``python -m planning.analysing PROJECT``: analyse the scenarios that are handed out, and keep their Records."""

import sys

from layers.beside import asked_for
from layers.workspace import Workspace
from planning.effect import analyse_all

if __name__ == "__main__":
    analyse_all(Workspace.open(sys.argv[1]), asked_for())
