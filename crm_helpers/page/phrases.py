"""Phrases for predictors: codes of a model + a subject's own numbers -> words for a reader."""

from collections.abc import Mapping, Sequence
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
        Texts with the subject's own numbers in braces; the first whose column the subject has.
    """

    theme: str
    columns: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


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


def column_words(column: str) -> str:
    """Column as a reader says it.

    Parameters
    ----------
    column : str

    Returns
    -------
    str

    Examples
    --------
    >>> column_words("recency_days"), column_words("shoe_size")
    ('days since the last order', 'shoe size')
    """
    return COLUMN_WORDS.get(column, column.replace("_", " "))


def themes_of(phrases: Sequence[Phrase]) -> dict[str, tuple[str, ...]]:
    """Predictors that tell one story, by theme: what `models.propensity.reasons` adds up.

    Parameters
    ----------
    phrases : sequence of Phrase

    Returns
    -------
    dict of theme to columns
    """
    return {phrase.theme: phrase.columns for phrase in phrases}


def reasons_in_words(
    strongest: pd.Series, rows: pd.DataFrame, phrases: Sequence[Phrase]
) -> pd.Series:
    """The strongest themes of each subject, with the subject's own numbers.

    Parameters
    ----------
    strongest : Series of tuple of str, shape (n_subjects,)
        As given by `models.propensity.reasons.strongest`.
    rows : DataFrame, one row per subject, in the same order
        The predictors as they are.
    phrases : sequence of Phrase
        How to say them; a predictor without a phrase is said as 'name: value'.

    Returns
    -------
    Series of str, shape (n_subjects,), index of `strongest`
    """
    by_theme = {phrase.theme: phrase for phrase in phrases}
    records = rows.reset_index(drop=True).to_dict("records")
    said = [
        "; ".join(_said(by_theme.get(theme) or _plain_phrase(theme), record) for theme in own)
        for own, record in zip(strongest, records, strict=True)
    ]
    return pd.Series([text or "nothing stands out" for text in said], index=strongest.index)


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
