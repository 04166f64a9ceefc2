"""Checked tables -> one row per subject, as of a date."""
