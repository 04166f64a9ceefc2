"""Chances and outcomes -> how well they order, how well they hold, what they are worth."""
