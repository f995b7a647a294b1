"""The paragraphs of a proposal: made of facts by the one formatter, and read back against them."""
