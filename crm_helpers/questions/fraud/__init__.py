"""Which payments must be looked at first."""
