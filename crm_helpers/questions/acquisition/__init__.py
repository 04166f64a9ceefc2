"""Whom we win, through which channel, at what cost, and who is worth pursuing."""
