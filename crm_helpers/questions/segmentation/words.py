"""Segments in words: cut points and profiles -> rules, what to do, what a group is like."""

import numpy as np
import pandas as pd

from crm_helpers.models.segments import rfm
from crm_helpers.page.numerals import counted, money, number, percent

# What to do with a segment, and what not to.
ACTIONS = {
    rfm.CHAMPIONS: "Thank and inform first; no discount, they buy anyway",
    rfm.LOYAL: "Show what goes with their orders; raise the order value",
    rfm.NEWCOMERS: "Ask for the second order within weeks",
    rfm.PROMISING: "Give a reason for the next order: bundle, news",
    rfm.HESITANT: "Remind once, with an offer that ends",
    rfm.SLIPPING: "Ask why they stay away; personal offer",
    rfm.ASLEEP: "One cheap try, then stop writing",
}


def segment_rules(rules: rfm.RfmSegments, currency: str) -> dict[str, str]:
    """Rule of each segment in words, in the order in which the rules are tried.

    Parameters
    ----------
    rules : RfmSegments
        Fitted.
    currency : str
        Of the source.
    """
    recent = f"last order at most {counted(rules.recent_days_, 'day')} ago"
    quiet = f"last order {counted(rules.quiet_days_, 'day')} ago or more"
    frequent = f"{number(rules.frequent_orders_)} orders or more"
    valuable = f"{money(rules.valuable_sum_, currency)} or more"
    return {
        rfm.CHAMPIONS: f"{recent}, {frequent}, {valuable}",
        rfm.LOYAL: f"{frequent}, not quiet",
        rfm.NEWCOMERS: f"first order ever, at most {counted(rules.recent_days_, 'day')} ago",
        rfm.PROMISING: f"{recent}, none of the above",
        rfm.SLIPPING: f"{quiet}, but {frequent} or {valuable}",
        rfm.HESITANT: "last order in between, none of the above",
        rfm.ASLEEP: f"{quiet}, fewer orders and less revenue",
    }


def contact_assumption(contact_lift: float, margin_share: float, *, has_cost: bool) -> str:
    """What the expected value of a contact rests on, with examples."""
    chances = {
        before: before + contact_lift * before * (1 - before / 100) for before in (10, 50, 90)
    }
    lifted = ", ".join(f"from {was} to {number(now, 1)}" for was, now in chances.items())
    worth = (
        "An order is worth its margin after returns."
        if has_cost
        else f"The data hold no cost: {percent(margin_share)} of revenue is taken for margin."
    )
    return (
        f"Assumed, not measured: one contact lifts the number of 100 who order {lifted} "
        f"(contact_lift {contact_lift:g}). The control group will measure it. {worth}"
    )


def cluster_words(profiles: pd.DataFrame, everyone: pd.DataFrame) -> list[str]:
    """What each group is like beside all customers, in a few words.

    Parameters
    ----------
    profiles : DataFrame, one row per group
        recency_median, orders_mean, order_value.
    everyone : DataFrame, one row
        The same of all customers.

    Examples
    --------
    >>> groups = pd.DataFrame({"recency_median": [9, 90, 240], "orders_mean": [9, 2.2, 1],
    ...                        "order_value": [30, 30, 75]})
    >>> everyone = pd.DataFrame({"recency_median": [90], "orders_mean": [2], "order_value": [30]})
    >>> cluster_words(groups, everyone)
    ['ordered lately, more orders', 'like all', 'silent longer, fewer orders, larger orders']
    """
    ratios = np.log2(profiles[list(_WORDS)] / everyone[list(_WORDS)].iloc[0])
    return [_described(row) for row in ratios.to_dict("records")]


_WORDS = {
    "recency_median": ("ordered lately", "silent longer"),
    "orders_mean": ("fewer orders", "more orders"),
    "order_value": ("smaller orders", "larger orders"),
}
# A third more, or a quarter less, than all customers is worth a word.
TELLING_LOG2 = 0.415


def _described(ratios: dict[str, float]) -> str:
    words = [
        _WORDS[name][int(ratio > 0)] for name, ratio in ratios.items() if abs(ratio) > TELLING_LOG2
    ]
    return ", ".join(words) or "like all"
