"""Which measure keeps whom, and who of the lost can be won back."""
