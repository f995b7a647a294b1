"""Loading a module of the program when it is needed."""

import gc
from importlib import import_module
from types import ModuleType


def loaded(name: str) -> ModuleType:
    """Import a module. What it makes stays: looking for garbage among it, again and again, is a tenth of the start."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
