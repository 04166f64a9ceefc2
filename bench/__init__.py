"""Benchmarks: sizes of the demo company -> time and memory per stage, and how they grow."""
