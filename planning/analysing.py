"""``python -m planning.analysing PROJECT``: analyse the scenarios that are handed out, and keep their Records."""

import gc
import sys
from itertools import chain

from layers.beside import asked_for
from layers.workspace import Workspace
from planning.current import analysed

if __name__ == "__main__":
    gc.freeze()  # what is loaded stays: it is not looked through for garbage again and again
    names = asked_for()
    for first in names:  # until then, whoever started this may still change the project
        for _ in analysed(Workspace.open(sys.argv[1]), chain((first,), names)):
            pass
