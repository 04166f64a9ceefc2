"""Groups of customers: recency, frequency, money -> named segments, clusters."""
