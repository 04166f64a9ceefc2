"""Source files and databases -> checked tables, with the rows set aside and why."""
