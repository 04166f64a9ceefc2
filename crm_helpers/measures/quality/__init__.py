"""Tables and their checks -> defects, doubts, trust."""
