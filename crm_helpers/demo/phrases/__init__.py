"""Sentences of the demo company's customers, by language."""
