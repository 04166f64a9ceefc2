"""Drivers of satisfaction: answers -> weights, paths, links to behaviour."""
