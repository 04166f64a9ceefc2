"""Samples -> intervals, shifts, weighted means."""
