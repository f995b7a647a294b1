"""The guard before publishing: reads the finished page as an adversary would, and names what must not go out."""
