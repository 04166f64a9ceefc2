"""Features -> fitted models and their scores."""
