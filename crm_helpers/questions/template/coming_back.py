"""Who comes back: a report's orders -> one row per customer, the share who ordered again."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.features.rfm import rfm
from crm_helpers.page.numerals import day, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.tables.needs import Skip

MOST_ORDERS = 6


@unless_absent
def customers(report: Report, *, observation_days: int) -> pd.DataFrame:
    """Customers with an order in the observation window.

    Parameters
    ----------
    report : Report
    observation_days : int

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str; recency_days, frequency_orders : int; monetary_mean : float, currency

    Raises
    ------
    Skip
        If nobody ordered.
    """
    rows = report.features(rfm, observation_days=observation_days)
    if rows.empty:
        raise Skip("No known customer ordered in the window, so nobody can come back.")
    return rows


@unless_absent
def again(report: Report, rows: pd.DataFrame) -> Section:
    """Share of customers who ordered more than once.

    Parameters
    ----------
    report : Report
    rows : DataFrame, one row per customer
        As `customers` gives them.

    Returns
    -------
    Section
        data : one row per number of orders, columns orders, share; findings : again_share.
    """
    share = float((rows["frequency_orders"] > 1).mean())
    said = f"{per_hundred(share, 'customers')} ordered more than once"
    beside = "This does not show who came back from the year before."
    shown = section(said, _chart(report, rows, share), beside)
    return shown.finds("again_share", share, "share", n=len(rows))


def once_share(rows: pd.DataFrame) -> float:
    """Share of customers with one order, in [0, 1]."""
    return float((rows["frequency_orders"] == 1).mean())


def bands(rows: pd.DataFrame) -> pd.DataFrame:
    """Customers by number of orders.

    Returns
    -------
    DataFrame, one row per number of orders, six or more together
        orders : int or str; share : float in [0, 1]
    """
    orders = rows["frequency_orders"].clip(upper=MOST_ORDERS)
    shares = orders.value_counts(normalize=True).sort_index()
    named = shares.rename_axis("orders").reset_index(name="share")
    return named.replace({"orders": {MOST_ORDERS: f"{MOST_ORDERS} or more"}})


def _chart(report: Report, rows: pd.DataFrame, share: float) -> Chart:
    once = percent(once_share(rows))
    return bar_chart(
        bands(rows),
        form=percent,
        highlight="1",
        title=f"{once} of the customers ordered once",
        subtitle=f"Share of {number(len(rows))} customers by number of orders, one year",
        alt=f"Bars by number of orders: once {once}, again {percent(share)}.",
        source=f"{report.source.title}, orders until {day(report.as_of)}",
    )
