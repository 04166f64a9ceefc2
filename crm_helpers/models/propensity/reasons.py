"""Reasons per customer: contributions + the customer's own numbers -> a sentence in words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Phrase:
    """How a group of predictors is said.

    Parameters
    ----------
    theme : str
        What they are about: 'time since the last order'.
    columns : tuple of str
        Predictors whose contributions are added up, because they tell one story.
    words : tuple of (column, text)
        Texts with the customer's own numbers in braces; the first whose column the customer has.
    """

    theme: str
    columns: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


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

COLUMN_WORDS = {
    "recency_days": "days since the last order",
    "gap_median_days": "usual days between orders",
    "gap_last_days": "days between the last two orders",
    "overdue_ratio": "days since the last order against the usual gap",
    "silence_log_odds": "silence, against the whole record of orders",
    "frequency_orders": "number of orders",
    "expected_orders": "orders to expect at the customer's rate and season",
    "recent_orders": "orders in the last quarter of the period",
    "orders_trend": "recent orders against earlier ones",
    "revenue_recent_share": "share of spending that is recent",
    "first_order_age_days": "days since the first order in the period",
    "account_age_days": "days since joining",
    "revenue_sum": "amount spent",
    "monetary_mean": "amount per order",
    "margin_sum": "margin brought",
    "products_count": "number of different products",
    "categories_count": "number of different categories",
    "lines_mean": "lines per order",
    "returns_share": "share sent back",
    "promotion_share": "share bought on promotion",
    "weekend_share": "share of orders at weekends",
    "contract_days": "days under contract",
    "renewal_in_days": "days to the next renewal",
    "tenure_months": "months under contract",
    "trouble_count": "tickets and calls in the last quarter",
    "monthly_fee": "fee per month",
    "days_since_fee_raised": "days since the fee was raised",
}


def reasons(
    values: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    phrases: tuple[Phrase, ...] = (),
    count: int = 2,
) -> pd.Series:
    """The strongest reasons for each subject's outcome, in words.

    Contributions of predictors that tell one story are added up first, so that a story is
    told once. Only what speaks for the outcome is a reason for it.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
        As given by `contributions(...).values`.
    rows : DataFrame, one row per subject, in the same order
        The predictors as they are.
    phrases : tuple of Phrase
        How to say them; a predictor without a phrase is said as 'name: value'.
    count : int, default 2
        Reasons per subject at most.

    Returns
    -------
    Series of str, shape (n_subjects,), index of `values`
    """
    groups = grouped(values, phrases)
    by_theme = {phrase.theme: phrase for phrase in all_phrases(values, phrases)}
    order = np.argsort(-groups.to_numpy(), axis=1, kind="stable")[:, :count]
    strengths = np.take_along_axis(groups.to_numpy(), order, axis=1)
    themes = groups.columns.to_numpy()[order]
    records = rows.reset_index(drop=True).to_dict("records")
    said = [
        "; ".join(_said(by_theme[t], record) for t, s in zip(own, strong, strict=True) if s > 0)
        for own, strong, record in zip(themes, strengths, records, strict=True)
    ]
    return pd.Series([text or "nothing stands out" for text in said], index=values.index)


def grouped(values: pd.DataFrame, phrases: tuple[Phrase, ...] = ()) -> pd.DataFrame:
    """Contributions of predictors that tell one story, added up.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
    phrases : tuple of Phrase

    Returns
    -------
    DataFrame, one row per subject, one column per theme
    """
    parts = {
        phrase.theme: values[[c for c in phrase.columns if c in values]].sum(axis=1)
        for phrase in all_phrases(values, phrases)
    }
    return pd.DataFrame(parts, index=values.index)


def all_phrases(values: pd.DataFrame, phrases: tuple[Phrase, ...]) -> list[Phrase]:
    """Phrases of which a predictor is there, and a plain one for each predictor without.

    Parameters
    ----------
    values : DataFrame, one column per predictor
    phrases : tuple of Phrase

    Returns
    -------
    list of Phrase
    """
    used = [phrase for phrase in phrases if any(c in values for c in phrase.columns)]
    said = {column for phrase in used for column in phrase.columns}
    return used + [_plain_phrase(column) for column in values.columns if column not in said]


def _plain_phrase(column: str) -> Phrase:
    name = column.replace("_", " ")
    return Phrase(name, (column,), ((column, name + ": {" + column + "}"),))


def _said(phrase: Phrase, record: Mapping[str, object]) -> str:
    for column, text in phrase.words:
        if column in record and not _is_missing(record[column]):
            return _filled(text, record)
    return f"{phrase.theme}: not known"


def _filled(text: str, record: Mapping[str, object]) -> str:
    """Text with the subject's values; a plain number is shortened to what a reader needs."""
    try:
        return text.format_map({name: _shown(value) for name, value in record.items()})
    except (ValueError, TypeError):
        return text.format_map({name: str(value) for name, value in record.items()})


class _Number(float):
    """A number that, without a format, shows at most three digits behind the point."""

    def __format__(self, form: str) -> str:
        return float.__format__(self, form) if form else f"{float(self):,.3g}"


def _shown(value: object) -> object:
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return _Number(value) if is_number else value


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value))
