"""The assortment: categories and items in words -> one row per product, price and popularity."""

import numpy as np
import pandas as pd

from crm_helpers.demo.assortment import CATEGORIES, TASTES, TIER_TASTES, TIERS
from crm_helpers.demo.draws import Draws

LOSS_LEADERS = 6


def assortment(draws: Draws) -> pd.DataFrame:
    """One row per product: 12 categories x 14 items x 3 tiers.

    Returns
    -------
    DataFrame, one row per product, position = product number
        product_id, item, name, category, tier : str
        price, unit_cost : float, EUR of the first day
        popularity : float, share of the item within its category before tier and taste
    """
    rows = [
        (category, item, rank, typical, tier, factor)
        for category, (typical, items) in CATEGORIES.items()
        for rank, item in enumerate(items.split(","))
        for tier, factor in TIERS.items()
    ]
    products = pd.DataFrame(rows, columns=["category", "item", "rank", "typical", "tier", "factor"])
    number = np.arange(len(products))
    products.insert(0, "product_id", [f"P{n + 1:04d}" for n in number])
    products["name"] = _names(products)
    products["popularity"] = (products["rank"] + 1.0) ** -0.75
    item = number // len(TIERS)
    spread = np.exp(0.35 * draws.normal("product.price", item))
    products["price"] = (products["typical"] * products["factor"] * spread).round(2)
    products["unit_cost"] = (products["price"] * _cost_share(draws, number)).round(2)
    return products.drop(columns=["rank", "typical", "factor"])


def tastes(products: pd.DataFrame) -> np.ndarray:
    """Share of each product in the base lines of each type, shape (types, products)."""
    category = products["category"].map({c: n for n, c in enumerate(CATEGORIES)}).to_numpy()
    tier = products["tier"].map({t: n for n, t in enumerate(TIERS)}).to_numpy()
    popularity = products["popularity"] / products.groupby("category")["popularity"].transform(
        "sum"
    )
    shares = np.array(
        [
            np.array(TASTES[name])[category] * np.array(TIER_TASTES[name])[tier] * popularity
            for name in TASTES
        ],
        dtype=float,
    )
    return shares / shares.sum(axis=1, keepdims=True)


def standard(item: str) -> int:
    """Product number of the standard tier of an item."""
    place = [name for _, items in CATEGORIES.values() for name in items.split(",")].index(item)
    return place * len(TIERS) + list(TIERS).index("standard")


def _names(products: pd.DataFrame) -> pd.Series:
    prefix = products["tier"].map({"basic": "Basic ", "standard": "", "select": "Select "})
    return (prefix + products["item"]).str.capitalize()


def _cost_share(draws: Draws, number: np.ndarray) -> np.ndarray:
    share = 0.50 + 0.25 * draws.uniform("product.cost", number)
    loss_leader = np.argsort(draws.uniform("product.loss leader", number))[:LOSS_LEADERS]
    share[loss_leader] = 1.08
    return share
