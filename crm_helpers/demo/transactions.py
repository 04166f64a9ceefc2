"""Order lines: orders and baskets -> quantities, prices, costs, promotions and returns."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.demo.assortment import CATEGORIES
from crm_helpers.demo.baskets import Shelf, lines, price_index
from crm_helpers.demo.clock import DAYS, moments
from crm_helpers.demo.delivered_events import shop_names
from crm_helpers.demo.delivered_people import customer_ids
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.files import numbered, words
from crm_helpers.demo.planted import RETURN_SHARE

RETURN_DAYS = 25.0


def order_lines(
    orders: pd.DataFrame, goods: Shelf, draws: Draws, layers: Collection[str]
) -> pd.DataFrame:
    """Lines of orders whose values are known: quantities and prices follow from the value.

    The factor that makes the prices of a basket meet its value is the same for all its lines (a
    matter of pack sizes), and the unit cost moves with it.

    Parameters
    ----------
    orders : DataFrame, one row per order, sorted by day
        number, key, type, regime, month, day, value, is_untouched

    Returns
    -------
    DataFrame, one row per order line
        order : int, position in orders
        product, quantity : int
        unit_price, unit_cost : float, EUR
        is_promoted : bool
    """
    order, product = lines(orders, goods, draws, layers)
    price = goods.products["price"].to_numpy()[product]
    value = orders["value"].to_numpy()
    packs = (value / np.bincount(order, price, len(orders)))[order]
    key = orders[["number", "key"]].to_numpy()[order]
    rounding = draws.uniform("line.packs", key[:, 0], key[:, 1], product)
    quantity = np.maximum(1, np.floor(packs + rounding)).astype(np.int64)
    factor = (value / np.bincount(order, price * quantity, len(orders)))[order]
    day = np.minimum(orders["day"].to_numpy().astype(int), DAYS - 1)[order]
    off = goods.discount[orders["regime"].to_numpy()[order], product]
    index = _indices(layers)
    category = _category(goods)[product]
    unit_cost = goods.products["unit_cost"].to_numpy()[product] * factor
    return pd.DataFrame(
        {
            "order": order,
            "product": product,
            "quantity": quantity,
            "unit_price": np.maximum(0.01, price * factor * index[0][day, category] * (1 - off)),
            "unit_cost": np.maximum(0.01, unit_cost * index[1][day, category]),
            "is_promoted": off > 0,
        }
    ).round({"unit_price": 2, "unit_cost": 2})


def returned(lines_: pd.DataFrame, orders: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Lines that come back: the same with a negative quantity and the day of the return."""
    order, product = lines_["order"].to_numpy(), lines_["product"].to_numpy()
    key = orders[["number", "key"]].to_numpy()[order]
    back = draws.happens("return.line", RETURN_SHARE, key[:, 0], key[:, 1], product)
    found, key = lines_[back], key[back]
    wait = 1 + RETURN_DAYS * draws.uniform("return.wait", key[:, 0], key[:, 1])
    day = orders["day"].to_numpy()[found["order"]] + wait
    found = found.assign(quantity=-found["quantity"], day=day)
    return found[found["day"] < DAYS]


def transactions_table(
    lines_: pd.DataFrame, orders: pd.DataFrame, people: pd.DataFrame, goods: Shelf, first: int
) -> pa.Table:
    """The transactions table as the source has it, one row per order line, oldest first.

    Parameters
    ----------
    lines_ : DataFrame, one row per order line
        order, product, quantity, unit_price, unit_cost, day, promotion
    orders : DataFrame, one row per order
        row (-1: guest), shop
    first : int
        Number of the first order of this piece.
    """
    lines_ = lines_.sort_values("day", kind="stable", ignore_index=True)
    order, promotion = lines_["order"].to_numpy(), lines_["promotion"].cat
    prefix = words(["O", "R"], (lines_["quantity"].to_numpy() < 0).astype(int))
    order_id = numbered("", order + first + 1, 9)
    return pa.table(
        {
            "order_id": pc.binary_join_element_wise(prefix, order_id, ""),
            "customer_id": customer_ids(people, orders["row"].to_numpy()[order]),
            "ordered_at": pa.array(moments(lines_["day"].to_numpy())),
            "product_id": words(goods.products["product_id"], lines_["product"].to_numpy()),
            "quantity": pa.array(lines_["quantity"].to_numpy()),
            "unit_price": pa.array(lines_["unit_price"].to_numpy()),
            "unit_cost": pa.array(lines_["unit_cost"].to_numpy()),
            "promotion": words(promotion.categories, promotion.codes.to_numpy()),
            "shop_id": words(shop_names(), orders["shop"].to_numpy()[order]),
        }
    )


def _category(goods: Shelf) -> np.ndarray:
    names = {name: n for n, name in enumerate(CATEGORIES)}
    return goods.products["category"].map(names).to_numpy()


def _indices(layers: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """Indices of prices and of costs: a price change is a choice, inflation moves both."""
    return price_index(layers), price_index([name for name in layers if name == "inflation"])
