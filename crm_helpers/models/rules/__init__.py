"""Itemsets, rules and offers: baskets -> what goes with what, what to offer whom."""
