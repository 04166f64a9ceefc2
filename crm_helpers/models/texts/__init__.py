"""Texts: statements -> language, masked words, themes, mood."""
