"""Fraud: described payments -> chances, rules, anomalies."""
