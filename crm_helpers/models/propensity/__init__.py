"""Chances of a yes or no outcome: predictors and outcomes -> tested, calibrated chances."""
