"""Files of text and sheets in, one way to read every value of them out."""
