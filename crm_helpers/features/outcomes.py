"""Outcomes to predict: order lines -> one row per customer with what followed as_of."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines


def lapse_labels(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365, outcome_days: int = 90
) -> ir.Table:
    """Whether each customer of the observation window orders again in the outcome window.

    A customer without a contract never says goodbye: lapsed means no order for
    `outcome_days`, no more. Some will order later; a return is no order.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, ordered_at, is_return.
    as_of : date
        Last day of the observation window, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of; its customers are labelled.
    outcome_days : int, default 90
        Length of the window that starts the day after as_of.

    Returns
    -------
    Table, one row per customer with an order in the observation window, sorted by customer
        customer_id : str
        lapsed : bool, no order in the outcome window
    """
    before = windows.observation(sale_lines(transactions), as_of, observation_days, "ordered_at")
    after = windows.outcome(sale_lines(transactions), as_of, outcome_days, "ordered_at")
    returned = after.select(came_back=after.customer_id).distinct()
    customers = before.select("customer_id").distinct()
    joined = customers.left_join(returned, customers.customer_id == returned.came_back)
    return joined.select("customer_id", lapsed=joined.came_back.isnull()).order_by("customer_id")


def days_to_next_order(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365, outcome_days: int = 90
) -> ir.Table:
    """Days until each customer of the observation window orders again, as far as was looked.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day of the observation window, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of; its customers are followed.
    outcome_days : int, default 90
        How far to look.

    Returns
    -------
    Table, one row per customer with an order in the observation window, sorted by customer
        customer_id : str
        next_order_days : int, from as_of to the next order; empty when none came
    """
    before = windows.observation(sale_lines(transactions), as_of, observation_days, "ordered_at")
    after = windows.outcome(sale_lines(transactions), as_of, outcome_days, "ordered_at")
    next_order = after.group_by(came_back=after.customer_id).aggregate(
        next_order_days=windows.days_between(ibis.date(as_of), after.ordered_at.min())
    )
    customers = before.select("customer_id").distinct()
    joined = customers.left_join(next_order, customers.customer_id == next_order.came_back)
    return joined.select("customer_id", "next_order_days").order_by("customer_id")
