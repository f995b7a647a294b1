"""Mends shapes and coverages: proposes first, lists every change, changes nothing else."""
