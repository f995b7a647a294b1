"""Our own figures beside those of the peers, measured in one run."""
