"""Rules: what may be wrong with the layers of a zone, a code and a small function each."""
