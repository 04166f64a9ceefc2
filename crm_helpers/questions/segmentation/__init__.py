"""Which kinds of customers we have, and how stable the groups are."""
