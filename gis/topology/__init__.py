"""Finds what is wrong with shapes and with how they fit together; changes nothing."""
