"""Rough sets, fuzzy sets and genetic search: rows and outcomes -> rules, columns."""
