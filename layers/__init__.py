"""What each layer of a zone is: its schema, its codes, its checks, and the project on disk."""
