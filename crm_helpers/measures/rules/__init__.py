"""Baskets and rules -> association, significance, what held later."""
