"""Numbers -> charts with title, alt text and source."""
