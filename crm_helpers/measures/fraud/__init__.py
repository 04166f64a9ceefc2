"""Payments -> what is examined, digits, clusters of refunds."""
