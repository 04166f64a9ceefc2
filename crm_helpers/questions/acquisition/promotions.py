"""Promotions: customers whose first order held one, beside all others -> one section."""

from collections.abc import Callable

import pandas as pd

from crm_helpers.features.first_purchase import first_purchases
from crm_helpers.measures.effects.effect import Effect, mean_effect
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip


@unless_absent
def first_orders(report: Report, *, follow_days: int) -> pd.DataFrame:
    """First order of each customer, the promotion in it, and what followed.

    Parameters
    ----------
    report : Report
    follow_days : int
        Days after the first order in which later orders count.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, first_promotion : str; promotion_share, later_promotion_share : float in
        [0, 1]; later_orders : int; [first_revenue], [later_revenue], [later_margin] : float
    """
    need(report.tables, transactions=["customer_id", "ordered_at", "promotion"])
    return report.features(first_purchases, follow_days=follow_days)


@unless_absent
def later(
    report: Report, first_orders: pd.DataFrame, *, follow_days: int, min_group: int
) -> Section:
    """What customers did later who came with a promotion, and without.

    Parameters
    ----------
    report : Report
    first_orders : DataFrame, one row per customer
        From `first_orders`.
    follow_days : int
    min_group : int
        Fewest customers of either kind.

    Returns
    -------
    Section
        data : two rows, columns first (with a promotion, without), customers, later_orders,
        later_promotion_share, [later_margin], [later_revenue] and other means; findings : none
    """
    by_promotion = first_orders["promotion_share"] > 0
    smallest = min(by_promotion.sum(), (~by_promotion).sum())
    if smallest < min_group:
        raise Skip(
            f"Only {number(smallest)} customers came with, or without, a promotion and could "
            f"be followed for {follow_days} days."
        )
    names = ("later_margin", "later_revenue", "later_orders")
    # Margin only where it is known of everybody, else revenue, else the number of orders.
    money = next(n for n in names if n in first_orders and first_orders[n].notna().all())
    form = _orders if money == "later_orders" else report.money
    gap = mean_effect(first_orders[money], by_promotion, interval_level=CLAIM_LEVEL)
    shown = table(_means(first_orders, by_promotion), _columns(money, report.currency))
    return section(_says(gap, form), shown, _beside(gap, form, follow_days))


def _means(first_orders: pd.DataFrame, by_promotion: pd.Series) -> pd.DataFrame:
    names = by_promotion.map({True: "with a promotion", False: "without"}).rename("first")
    means = first_orders.groupby(names).mean(numeric_only=True).reset_index()
    return means.assign(customers=means["first"].map(names.value_counts()))


def _columns(money: str, currency: str) -> dict[str, object]:
    return {
        "first": "First order",
        "customers": "Customers",
        "later_orders": ("Later orders", lambda count: number(count, 1)),
        "later_promotion_share": ("Later lines on promotion", percent),
    } | _money_column(money, currency)


def _money_column(money: str, currency: str) -> dict[str, object]:
    if money == "later_orders":
        return {}
    return {money: (f"Later {money.removeprefix('later_')} before returns, {currency}", number)}


def _orders(count: float) -> str:
    return f"{number(count, 1)} orders"


def _says(gap: Effect, form: Callable[[float], str]) -> str:
    if not gap.is_shown:
        return "Customers won with a promotion are not shown to differ later"
    more = "more" if gap.difference > 0 else "less"
    return f"Customers won with a promotion bring {form(abs(gap.difference))} {more} later"


def _beside(gap: Effect, form: Callable[[float], str], follow_days: int) -> str:
    between = (
        f"{form(gap.difference)} ({form(gap.low)} to {form(gap.high)} at {percent(CLAIM_LEVEL)})"
    )
    return (
        f"In the {follow_days} days after the first order; difference {between}. Nobody was drawn "
        "at random, so the promotion need not be the reason."
    )
