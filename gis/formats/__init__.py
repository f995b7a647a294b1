"""The safe door: which files may come in, what is in them, and how layers are written."""
