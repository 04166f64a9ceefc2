"""How pages are sent: a rendered report -> messages, and their delivery."""
