"""Payments: orders and returns -> one payment or refund each, with device, card and shop."""

import numpy as np
import pandas as pd

from crm_helpers.demo.draws import Draws

NEW_DEVICE_AFTER_DAYS = 500.0  # mean life of a device
SECOND_CARD_SHARE = 0.25
CASH_SHARE = 0.12


def honest_payments(totals: pd.DataFrame, orders: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One payment per order and one refund per returned order.

    Parameters
    ----------
    totals : DataFrame, one row per order and return
        order : int; day, amount : float (EUR); is_refund : bool

    Returns
    -------
    DataFrame, one row per payment
        row : int, position of the customer, -1: not known
        day, amount : float; is_refund : bool; shop : int
        device, card : int, -1: none (shop terminal, cash)
        pattern : str, empty: honest
    """
    order = orders.iloc[totals["order"].to_numpy()]
    row, number = order["row"].to_numpy(), order["number"].to_numpy()
    shop, day = order["shop"].to_numpy(), totals["day"].to_numpy()
    key = order["key"].to_numpy()
    frame = totals[["day", "amount", "is_refund"]].reset_index(drop=True)
    frame["row"], frame["shop"], frame["order"] = row, shop, totals["order"].to_numpy()
    frame["device"] = np.where(shop == 0, device(draws, number, day, row < 0), -1)
    frame["card"] = card(draws, number, key, shop, row < 0)
    return frame.assign(pattern="")


def device(draws: Draws, number: np.ndarray, day: np.ndarray, is_guest: np.ndarray) -> np.ndarray:
    """The device a person uses on a day; now and then it is replaced."""
    life = NEW_DEVICE_AFTER_DAYS * (0.4 + 1.2 * draws.uniform("device.life", number))
    age = day + 2000 * draws.uniform("device.age", number)
    return (number * 16 + (age / life).astype(np.int64) % 16) * 2 + is_guest


def card(
    draws: Draws, number: np.ndarray, key: np.ndarray, shop: np.ndarray, is_guest: np.ndarray
) -> np.ndarray:
    """The card a person pays with; some have two, and some pay cash in the shop."""
    has_second = draws.happens("card.has second", SECOND_CARD_SHARE, number)
    second = has_second & draws.happens("card.second", 0.4, number, key)
    cash = (shop > 0) & draws.happens("card.cash", CASH_SHARE, number, key)
    return np.where(cash, -1, (number * 2 + second) * 2 + is_guest)


def totals(sold: pd.DataFrame, order_day: np.ndarray) -> pd.DataFrame:
    """What was paid for each order and given back for each return.

    Parameters
    ----------
    sold : DataFrame, one row per order line
        order, quantity, unit_price, day
    order_day : ndarray, one per order
    """
    cents = (sold["quantity"] * (sold["unit_price"] * 100).round()).to_numpy()
    order, is_return = sold["order"].to_numpy(), sold["quantity"].to_numpy() < 0
    paid = np.bincount(order[~is_return], cents[~is_return], len(order_day)) / 100
    frame = pd.DataFrame({"order": np.arange(len(order_day)), "day": order_day, "amount": paid})
    back = pd.DataFrame({"order": order, "day": sold["day"].to_numpy(), "amount": -cents / 100})
    back = back[is_return].groupby("order", as_index=False).agg({"day": "max", "amount": "sum"})
    both = pd.concat([frame.assign(is_refund=False), back.assign(is_refund=True)])
    return both.round({"amount": 2}).sort_values("day", kind="stable", ignore_index=True)
