"""Do our customers come back? The question to copy when a new one is added."""
