"""Map sheets: one page of paper each, drawn from a Record at a true scale, read back before it is handed on."""
