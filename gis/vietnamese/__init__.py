"""Vietnamese as it is written, stored and sorted: legacy encodings, well-formed syllables, dictionary order."""
