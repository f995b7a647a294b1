"""``python -m desk`` is ``mocgioi``."""

from desk.cli.app import main

main()
