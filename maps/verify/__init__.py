"""Finished files read back and held against their Record: the same, or which place says what instead of what."""
