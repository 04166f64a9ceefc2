"""Baskets: orders -> order lines; types' tastes, promotions and planted affinities decide."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.demo.assortment import BASKET_LINES, CATEGORIES, TYPES
from crm_helpers.demo.clock import DAYS, calendar, day_number, month_of
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.planted import (
    AFFINITIES,
    INFLATION_PER_YEAR,
    PRICE_CHANGE,
    PRICE_CHANGE_CATEGORIES,
    PRICE_CHANGE_ON,
    PROMOTION_DEMAND,
    PROMOTION_DISCOUNTS,
    PROMOTION_EVERY_WEEKS,
    PROMOTION_PAIR,
    PROMOTION_PAIR_DEMAND,
    PROMOTION_PRODUCTS,
    PROMOTION_WEEKS,
)
from crm_helpers.demo.products import standard, tastes

MOST_LINES = 15


@dataclass(frozen=True)
class Shelf:
    """Products with what the days do to them; regime 0 is a day without promotion.

    Parameters
    ----------
    products : DataFrame, one row per product
    regime_of_day : ndarray of int, shape (days,)
    discount : ndarray, shape (regimes, products)
        Share taken off the price, 0 outside promotions.
    shares : ndarray, shape (types, regimes, products)
        Distribution of a base line's product.
    sizes : ndarray, shape (types, lines)
        Chance that a basket is drawn from 0, 1, 2 ... base lines.
    """

    products: pd.DataFrame
    regime_of_day: np.ndarray
    discount: np.ndarray
    shares: np.ndarray
    sizes: np.ndarray


def shelf(products: pd.DataFrame, draws: Draws, layers: Collection[str]) -> Shelf:
    """The assortment with its promotions (layer "promotions")."""
    weeks = np.arange(DAYS) // 7
    period, week = weeks // PROMOTION_EVERY_WEEKS, weeks % PROMOTION_EVERY_WEEKS
    regime = np.where(week >= PROMOTION_EVERY_WEEKS - PROMOTION_WEEKS, period + 1, 0)
    regime = regime if "promotions" in layers else np.zeros(DAYS, int)
    discount = np.zeros((regime.max() + 1, len(products)))
    demand = np.ones_like(discount)
    pair = [standard(item) for item in PROMOTION_PAIR]
    for number in range(1, len(discount)):
        chosen = _promoted(products, draws, number, pair)
        size = draws.integers("promotion.discount", len(PROMOTION_DISCOUNTS), number)[0]
        discount[number, chosen] = PROMOTION_DISCOUNTS[size]
        demand[number, chosen] = PROMOTION_DEMAND
        demand[number, pair] = PROMOTION_PAIR_DEMAND if number % 3 == 1 else 1.0
    shares = tastes(products)[:, None, :] * demand[None, :, :]
    shares /= shares.sum(axis=2, keepdims=True)
    return Shelf(products, regime, discount, shares, basket_sizes())


def _promoted(products: pd.DataFrame, draws: Draws, number: int, pair: list[int]) -> np.ndarray:
    """Products of one promotion; planted affinities stay out, so that their lift is theirs."""
    planted = {i for a in AFFINITIES for i in (*a.antecedents, a.consequent)} | set(PROMOTION_PAIR)
    free = np.flatnonzero(~products["item"].isin(planted).to_numpy())
    order = np.argsort(draws.uniform("promotion.product", number, free))
    chosen = free[order[:PROMOTION_PRODUCTS]]
    return np.concatenate([chosen, pair]) if number % 3 == 1 else chosen


def basket_sizes() -> np.ndarray:
    """Chance of 0, 1, 2 ... base lines by type: 1 + Poisson, cut at the largest basket."""
    lines = np.arange(MOST_LINES + 1)
    chances = np.array([stats.poisson.pmf(lines - 1, BASKET_LINES[t] - 1) for t in TYPES])
    return chances / chances.sum(axis=1, keepdims=True)


def lines(orders: pd.DataFrame, goods: Shelf, draws: Draws, layers: Collection[str]) -> tuple:
    """Order position and product number of every line, sorted; no product twice in a basket.

    Parameters
    ----------
    orders : DataFrame, one row per order
        number, key : int, what the draws hang on
        type, regime, month : int
    """
    key = orders[["number", "key"]].to_numpy()
    kind, regime = orders["type"].to_numpy(), orders["regime"].to_numpy()
    count = draws.pick_by_row("basket.size", goods.sizes, kind, key[:, 0], key[:, 1])
    order = np.repeat(np.arange(len(orders)), count)
    slot = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    regimes, width = goods.shares.shape[1:]
    table = goods.shares.reshape(-1, width)
    row = (kind * regimes + regime)[order]
    product = draws.pick_by_row("basket.product", table, row, key[order, 0], key[order, 1], slot)
    code = _distinct(order * width + product)
    if "affinities" in layers:
        code = _with_affinities(code, orders, goods.products, draws)
    return code // width, code % width


def _with_affinities(
    code: np.ndarray, orders: pd.DataFrame, products: pd.DataFrame, draws: Draws
) -> np.ndarray:
    width, added = len(products), [code]
    held = _orders_holding(code, len(orders), products)
    key = orders[["number", "key"]].to_numpy()
    for position, affinity in enumerate(AFFINITIES):
        holds = np.logical_and.reduce([held[item] for item in affinity.antecedents])
        if affinity.months:
            holds = holds & orders["month"].isin(affinity.months).to_numpy()
        order = np.flatnonzero(holds)
        drawn = draws.happens(
            "basket.affinity", affinity.probability, key[order, 0], key[order, 1], position
        )
        held[affinity.consequent][order[drawn]] = True
        added.append(order[drawn] * width + standard(affinity.consequent))
    return _distinct(np.concatenate(added))


def _distinct(code: np.ndarray) -> np.ndarray:
    """Sorted distinct numbers; a sort of nearly sorted numbers beats the hashing of np.unique."""
    code = np.sort(code, kind="stable")
    return code[np.append(True, np.diff(code) > 0)]


def _orders_holding(code: np.ndarray, orders: int, products: pd.DataFrame) -> dict:
    """For each item of an affinity: which orders hold its standard product."""
    order, product = code // len(products), code % len(products)
    items = {i for a in AFFINITIES for i in (*a.antecedents, a.consequent)}
    held = {}
    for item in items:
        held[item] = np.zeros(orders, bool)
        held[item][order[product == standard(item)]] = True
    return held


def price_index(layers: Collection[str]) -> np.ndarray:
    """Price of each category by day over its deflated price, shape (days, categories)."""
    days = np.arange(DAYS)
    year = calendar(days).astype("datetime64[Y]").astype(int) + 1970
    index = np.ones((DAYS, len(CATEGORIES)))
    if "inflation" in layers:
        index *= ((1 + INFLATION_PER_YEAR) ** (year - year[0]))[:, None]
    if "price_change" in layers:
        dearer = [c in PRICE_CHANGE_CATEGORIES for c in CATEGORIES]
        index[day_number(PRICE_CHANGE_ON) :, dearer] *= 1 + PRICE_CHANGE
    return index


def month(day: np.ndarray) -> np.ndarray:
    """Month of each order's day."""
    return month_of(np.floor(day))
