"""Who brings the profit, and whether they will bring it next year."""
