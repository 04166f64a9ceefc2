"""Planted defects: delivered tables -> the same with dirt, counted and listed."""
