"""Whether this quarter's data can be trusted, and which reports each defect touches."""
