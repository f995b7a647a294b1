"""Proposals of repair, told in sentences and written as files."""
