"""Answers and texts -> scores, low answers, shares of drivers, themes."""
