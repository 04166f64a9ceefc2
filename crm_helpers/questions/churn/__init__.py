"""Who is about to leave, of their own will or not, and why."""
