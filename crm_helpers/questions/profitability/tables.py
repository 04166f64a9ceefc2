"""Tables of the profitability page: frames of measures -> HTML with headers in plain words."""

import pandas as pd

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.words import Html, note, paragraph, table

ONE_DECIMAL = "{:.1f}".format
TWO_DECIMALS = "{:.2f}".format


def groups_table(groups: pd.DataFrame, currency: str, basis: str) -> Html:
    """What the golden, the next, the lower and the loss-making customers bring."""
    return table(
        groups,
        {
            "value_group": "Customers",
            "customers": ("Number", number),
            "profit": (f"{basis.capitalize()}, {currency}", number),
            "profit_share": (f"Share of {basis}", percent),
            "profit_mean": (f"{currency} per customer", number),
            "orders_mean": ("Orders each", ONE_DECIMAL),
            "returned_share": ("Sent back, of sales", percent),
        },
    )


def losses_table(losses: pd.DataFrame, currency: str, *, min_group: int) -> Html:
    """Customers who cost money, by reason; small groups together."""
    if losses.empty:
        return paragraph("In this window every customer brought something or nothing.")
    small = losses["customers"] < min_group
    shown = losses[~small]
    if shown.empty:
        return paragraph(f"No reason applies to {number(min_group)} customers or more.")
    hidden = note(f"Reasons with fewer than {number(min_group)} customers are not shown.")
    columns = {
        "loss_reason": "Why",
        "customers": ("Customers", number),
        "loss": (f"Loss, {currency}", number),
    }
    return table(shown, columns) + (hidden if small.any() else Html(""))


def silent_table(silent: pd.DataFrame, *, earlier: str, days: int, min_group: int) -> Html:
    """What became of golden customers who were called cooling one quarter back."""
    shown = silent[silent["customers"] >= min_group]
    if shown.empty:
        return paragraph(
            f"On {earlier} fewer than {number(min_group)} golden customers were known long enough "
            "to test the rule."
        )
    return table(
        shown,
        {
            "cooling_level": f"Golden customers on {earlier}",
            "customers": ("Customers", number),
            "silent_share": (f"No order in the {number(days)} days after", percent),
            "silent_low": ("at least", percent),
            "silent_high": ("at most", percent),
        },
        caption="At least and at most: 95 % interval.",
    )


def gini_table(readings: pd.DataFrame, interval: Interval) -> Html:
    """Gini coefficient and what losses do to it."""
    limits = [f"{interval.low:.2f} to {interval.high:.2f}", "", ""]
    return table(
        readings.assign(limits=limits),
        {"reading": "Gini coefficient", "gini": ("Value", "{:.3f}".format), "limits": "95 %"},
        caption="0: all bring the same; 1: one brings all. Losses push it up; the normalized one "
        "stays below 1.",
    )
