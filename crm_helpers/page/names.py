"""Names of columns and values -> the words a reader sees: the source's own, ours, or plain ones."""

import re
from collections.abc import Iterable

from crm_helpers.models.propensity.encoding import MISSING, OTHER
from crm_helpers.tables.labels import Labels

COLUMN_WORDS = {
    "recency_days": "days since the last order",
    "gap_median_days": "usual days between orders",
    "gap_last_days": "days between the last two orders",
    "overdue_ratio": "days since the last order against the usual gap",
    "silence_log_odds": "silence, against the whole record of orders",
    "frequency_orders": "number of orders",
    "repeat_orders": "orders after the first",
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
    "tenure_days": "days as a customer",
    "tenure_months": "months under contract",
    "trouble_count": "tickets and calls in the last quarter",
    "monthly_fee": "fee per month",
    "fees_to_date": "fees paid so far",
    "days_since_fee_raised": "days since the fee was raised",
    "age_years": "age",
    "birth_year": "year of birth",
    "joined_on": "day of joining",
    "may_contact": "may be contacted",
    "may_profile": "may be profiled",
    "unit_price": "price",
    "unit_cost": "cost of a piece",
    "shop_id": "shop",
    "product_id": "product",
    "customer_id": "customer",
    "term_months": "term in months",
    "is_fraud": "fraud",
}

UNNAMED = {MISSING: "not known", OTHER: "another one"}
_SNAKE = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+")
_in_force = Labels()


def use_labels(labels: Labels) -> None:
    """Take the words of a source for its columns and values on the page in the making.

    Parameters
    ----------
    labels : Labels
        ``labels:`` of the source file.
    """
    global _in_force
    _in_force = labels


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
    own = _in_force.columns.get(column)
    return own or COLUMN_WORDS.get(column) or str(column).replace("_", " ")


def value_words(column: str, value: object) -> str:
    """Value of a column as a reader says it.

    Parameters
    ----------
    column : str
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> value_words("channel", "coupon_portal"), value_words("plan", "A_1 plus")
    ('coupon portal', 'A_1 plus')
    """
    words = UNNAMED | _in_force.values.get(column, {})
    text = str(value)
    if text in words:
        return words[text]
    return text.replace("_", " ") if _SNAKE.fullmatch(text) else text


def values_in_words(column: str, values: Iterable[object]) -> list[str]:
    """Values of a column as a reader says them, in their order.

    Parameters
    ----------
    column : str
    values : iterable

    Returns
    -------
    list of str
    """
    return [value_words(column, value) for value in values]
