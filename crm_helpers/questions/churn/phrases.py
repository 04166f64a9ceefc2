"""Phrases of the churn report: predictors and codes of its models -> words for a reader."""

from collections.abc import Sequence

import pandas as pd

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.page.conditions import conditions_in_words
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.phrases import Phrase

LAPSE_PHRASES = (
    Phrase(
        "time since the last order, against the usual gap",
        ("recency_days", "gap_median_days", "gap_last_days", "overdue_ratio", "silence_log_odds"),
        (
            (
                "gap_median_days",
                "last order {recency_days:.0f} days ago, usually every {gap_median_days:.0f}",
            ),
            ("recency_days", "only one order, {recency_days:.0f} days ago"),
        ),
    ),
    Phrase(
        "number of orders",
        ("frequency_orders", "expected_orders"),
        (("frequency_orders", "orders in the period: {frequency_orders:.0f}"),),
    ),
    Phrase(
        "trend of orders",
        ("recent_orders", "orders_trend", "revenue_recent_share"),
        (("recent_orders", "recent orders: {recent_orders:.0f} of {frequency_orders:.0f}"),),
    ),
    Phrase(
        "time as a customer",
        ("first_order_age_days", "account_age_days"),
        (
            (
                "first_order_age_days",
                "first order in the window {first_order_age_days:.0f} days ago",
            ),
        ),
    ),
    Phrase(
        "amount spent",
        ("revenue_sum", "monetary_mean", "margin_sum"),
        (("monetary_mean", "spends {monetary_mean:,.0f} per order"),),
    ),
    Phrase(
        "breadth of what is bought",
        ("products_count", "categories_count", "lines_mean"),
        (("products_count", "different products bought: {products_count:.0f}"),),
    ),
    Phrase(
        "share sent back",
        ("returns_share",),
        (("returns_share", "sent back {returns_share:.0%} of what was bought"),),
    ),
    Phrase(
        "share bought on promotion",
        ("promotion_share",),
        (("promotion_share", "{promotion_share:.0%} bought on promotion"),),
    ),
    Phrase(
        "share of orders at weekends",
        ("weekend_share",),
        (("weekend_share", "{weekend_share:.0%} of orders at weekends"),),
    ),
)

CONTRACT_PHRASES = (
    Phrase(
        "time under contract and the next renewal",
        ("contract_days", "renewal_in_days", "tenure_months"),
        (
            (
                "renewal_in_days",
                "renewal in {renewal_in_days:.0f} days, {contract_days:.0f} days under contract",
            ),
            ("tenure_months", "{tenure_months:.0f} months under contract"),
        ),
    ),
    Phrase(
        "trouble reported lately",
        ("trouble_count",),
        (("trouble_count", "tickets or calls in the last quarter: {trouble_count:.0f}"),),
    ),
    Phrase(
        "price",
        ("monthly_fee", "days_since_fee_raised", "fees_to_date"),
        (
            ("days_since_fee_raised", "fee raised {days_since_fee_raised:.0f} days ago"),
            ("monthly_fee", "pays {monthly_fee:.2f} a month"),
        ),
    ),
    Phrase("plan", ("plan",), (("plan", "plan {plan}"),)),
    *LAPSE_PHRASES,
)


def direction_in_words(driver: pd.Series) -> str:
    """What goes with a higher chance, as a reader says it.

    Parameters
    ----------
    driver : Series
        Row of `models.propensity.drivers.drivers`: column, direction, level.

    Returns
    -------
    str

    Examples
    --------
    >>> direction_in_words(pd.Series({"column": "recency_days", "direction": "high", "level": ""}))
    'high: days since the last order'
    """
    if driver["direction"] == "level":
        return value_words(driver["column"], driver["level"])
    name = column_words(driver["column"])
    return f"{driver['direction']}: {name}" if driver["direction"] else name


def path_in_words(conditions: Sequence[Condition]) -> str:
    """Conditions that lead to a group, as a reader says them.

    Parameters
    ----------
    conditions : sequence of Condition

    Returns
    -------
    str

    Examples
    --------
    >>> path_in_words([Condition("recency_days", low=30.0), Condition("plan", level="plus")])
    'days since the last order above 30, plan is plus'
    """
    return conditions_in_words(conditions, joined=", ")
