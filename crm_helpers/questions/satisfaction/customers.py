"""Customers who could answer: orders and attributes -> groups, money, worth of one who stays."""

import numpy as np
import pandas as pd

from crm_helpers.features.customer_attributes import customer_attributes
from crm_helpers.features.customer_value import customer_value
from crm_helpers.features.rfm import rfm
from crm_helpers.page.needs import has_columns
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.tables.needs import Skip

MONTH_DAYS = 365.25 / 12


@unless_absent
def base(report: Report, agreed: pd.DataFrame, *, observation_days: int) -> pd.DataFrame:
    """Customers with an order in the observation window, and the groups they belong to.

    Parameters
    ----------
    report : Report
    agreed : DataFrame of `consents`
    observation_days : int

    Returns
    -------
    DataFrame, one row per customer, in the columns of `rfm`, of `customer_attributes` and
        orders group, customer since, [age group] : str
    """
    if not has_columns(report.tables, "transactions", "customer_id", "ordered_at"):
        raise Skip("Without orders the customer base is not known.")
    rows = who_may_be_grouped(report.features(rfm, observation_days=observation_days), agreed)
    if "customers" in report.tables:
        known = report.features(customer_attributes)
        rows = rows.merge(known, on="customer_id", how="left")
    return rows.assign(**_groups(rows, report.as_of.year))


def _groups(rows: pd.DataFrame, year: int) -> dict[str, pd.Series]:
    """Customers by number of orders, age and year of joining, as texts."""
    named = ["one order", "2 to 4 orders", "5 or more orders"]
    orders = pd.cut(rows["frequency_orders"], [0, 1, 4, np.inf], labels=named)
    made = {"orders group": orders.astype(str)}
    if "birth_year" in rows:
        age = year - rows["birth_year"].astype(float)
        named = ["to 34", "35 to 49", "50 to 64", "from 65"]
        bands = pd.cut(age, [0, 34, 49, 64, 130], labels=named)
        made["age group"] = ("age " + bands.astype(str)).where(bands.notna(), "age not known")
    years = (rows["tenure_days"] // 365).clip(upper=2)
    words = {0: "customer under one year", 1: "customer for 1 to 2 years"}
    made["customer since"] = years.map(words).fillna("customer for 2 years or more")
    return made


def group_names(base: pd.DataFrame) -> list[str]:
    """Columns of `base` that hold groups; none of them is a protected attribute."""
    texts = [column for column in ("channel", "region") if column in base]
    made = [c for c in ("orders group", "age group", "customer since") if c in base]
    return [*made, *texts]


@unless_absent
def money(report: Report, *, observation_days: int) -> pd.DataFrame:
    """Revenue and margin of each customer in the observation window.

    Parameters
    ----------
    report : Report
    observation_days : int

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str
        net_revenue_sum, [margin_sum] : float, in currency; and more of `customer_value`
    """
    if not has_columns(report.tables, "transactions", "revenue"):
        raise Skip("The orders have no prices, so nobody's value is known.")
    return report.features(customer_value, observation_days=observation_days)


def share_of_margin(money: pd.DataFrame, *, assumed: float) -> float:
    """Margin / revenue of all customers where cost is known, else what is assumed.

    Parameters
    ----------
    money : DataFrame of `money`
    assumed : float
        Parameter margin_share, 0 to 1.
    """
    revenue = float(money["net_revenue_sum"].sum())
    if "margin_sum" not in money or revenue <= 0:
        return assumed
    return float(money["margin_sum"].sum()) / revenue


@unless_absent
def worth(
    money: pd.DataFrame,
    base: pd.DataFrame,
    *,
    observation_days: int,
    horizon_months: int,
    margin_share: float,
) -> pd.DataFrame:
    """What a customer who stays is worth: months of margin at the pace of the past.

    Parameters
    ----------
    money : DataFrame of `money`
    base : DataFrame of `base`
    observation_days, horizon_months : int
    margin_share : float
        Margin / revenue where no cost is known, 0 to 1.

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str
        recency_days : int, days from the last order to as_of
        value : float, in currency, not below 0
    """
    share = share_of_margin(money, assumed=margin_share)
    margin = money.get("margin_sum", money["net_revenue_sum"] * share)
    months = observation_days / MONTH_DAYS
    value = (margin * horizon_months / months).clip(lower=0).astype(float)
    rows = pd.DataFrame({"customer_id": money["customer_id"], "value": value})
    rows = rows.merge(base[["customer_id", "recency_days"]], on="customer_id")
    return rows[["customer_id", "recency_days", "value"]]
