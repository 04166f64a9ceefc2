"""Cohorts by month of first order: order lines -> how many came, came back, and stayed."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import quarters, windows
from crm_helpers.features.orders import order_rows


def cohort_activity(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Customers of each first-order month who ordered again, month by month.

    Only whole calendar months count, so a report in mid-month does not show a false
    drop. Customers of the first month of the data may be older than the data: the
    cohort is marked, because it mixes new and old customers.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day the features may see, inclusive.

    Returns
    -------
    Table, one row per cohort and month with an order, sorted by both
        cohort_month : date, first day of the month of the first order
        months_since : int, 0 is the cohort month
        customers : int, customers of the cohort in all
        active_customers : int, those with an order in that month
        is_first_month : bool, the cohort may hold customers from before the data begin
    """
    orders = _orders_with_cohort(transactions, quarters.last_complete_month(as_of))
    per_month = orders.group_by("cohort_month", "months_since").aggregate(
        active_customers=orders.customer_id.nunique()
    )
    sizes = orders.group_by("cohort_month").aggregate(customers=orders.customer_id.nunique())
    rows = per_month.inner_join(sizes, "cohort_month")
    rows = rows.mutate(is_first_month=rows.cohort_month == rows.cohort_month.min().over())
    return rows.order_by("cohort_month", "months_since")


def cohort_repeat(transactions: ir.Table, *, as_of: dt.date, repeat_days: int = 90) -> ir.Table:
    """Customers of each first-order month who ordered a second time soon after the first.

    Each customer gets the same number of days. A cohort counts only when its last
    customer has had them all by as_of.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day the features may see, inclusive.
    repeat_days : int, default 90
        Days after the first order within which the second one counts; an order on a
        later day, so that a basket split in two is no repeat.

    Returns
    -------
    Table, one row per whole cohort, sorted by month
        cohort_month : date, first day of the month of the first order
        customers : int
        repeat_customers : int, those who ordered again within repeat_days
        is_first_month : bool, the cohort may hold customers from before the data begin
    """
    orders = _orders_with_cohort(transactions, as_of)
    waited = windows.days_between(orders.first_at, orders.ordered_at)
    per_customer = orders.group_by("customer_id", "cohort_month").aggregate(
        is_repeat=((waited > 0) & (waited <= repeat_days)).any()
    )
    rows = per_customer.group_by("cohort_month").aggregate(
        customers=per_customer.count(), repeat_customers=per_customer.is_repeat.sum()
    )
    rows = rows.mutate(is_first_month=rows.cohort_month == rows.cohort_month.min().over())
    last_whole = quarters.last_complete_month(as_of - repeat_days * windows.ONE_DAY)
    return windows.up_to(rows, last_whole, "cohort_month").order_by("cohort_month")


def _orders_with_cohort(transactions: ir.Table, until: dt.date) -> ir.Table:
    orders = order_rows(windows.up_to(transactions, until, "ordered_at"))
    first_at = orders.ordered_at.min().over(ibis.window(group_by="customer_id"))
    orders = orders.mutate(first_at=first_at)
    months = _month_number(orders.ordered_at) - _month_number(orders.first_at)
    cohort = orders.first_at.truncate("M").date()
    return orders.mutate(cohort_month=cohort, months_since=months)


def _month_number(day: ir.Value) -> ir.IntegerValue:
    return day.year().cast("int64") * 12 + day.month()
