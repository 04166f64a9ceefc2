"""Treated and control -> effects with intervals."""
