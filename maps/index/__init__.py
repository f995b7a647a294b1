"""The front page of what was published: every scenario with its figures, its files, and what they were made from."""
