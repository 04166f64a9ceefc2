"""A file that nobody has described yet -> a proposed source file, with what is unsure of it."""
