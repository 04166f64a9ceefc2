"""Customers and their margin -> shares, groups, cohorts, what a contact brings."""
