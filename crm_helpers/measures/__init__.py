"""Scores and outcomes -> numbers, curves and intervals."""
