"""Effects per customer: contacts with control groups -> whom a contact changes."""
