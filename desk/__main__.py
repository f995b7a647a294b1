"""``python -m desk`` is ``mocgioi``."""

from desk.cli.app import main

if __name__ == "__main__":  # a second process that prints extracts imports this file
    main()
