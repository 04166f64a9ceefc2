"""Times and ends -> curves, hazards."""
