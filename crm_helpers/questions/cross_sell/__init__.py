"""What goes with what, and whom we offer what."""
