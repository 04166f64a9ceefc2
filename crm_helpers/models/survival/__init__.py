"""Times to an event: histories -> hazards, chances to be alive, causes of an end."""
