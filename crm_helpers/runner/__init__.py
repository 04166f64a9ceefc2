"""How pages are made: a request -> notebooks executed, rendered, kept."""
