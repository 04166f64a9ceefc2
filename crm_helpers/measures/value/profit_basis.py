"""What profit can be counted from: value of each customer -> margin where cost is known."""

from typing import NamedTuple

import pandas as pd

from crm_helpers.tables.needs import Skip

MARGIN, REVENUE = "margin", "revenue"
# Why it was counted so.
ASKED_FOR, NO_COST, UNCOSTED, UNIT_COST = "asked_for", "no_cost", "uncosted", "unit_cost"
# Above this share of sales without a cost, customers would look better by what is not known.
MOST_UNCOSTED = 0.05


class ProfitBasis(NamedTuple):
    """Profit of each customer, and what it was counted from."""

    basis: str
    profit: pd.Series
    why: str
    uncosted_share: float = 0.0

    def __repr__(self) -> str:
        """What was counted, and of how many customers, in one line."""
        return (
            f"ProfitBasis: {self.basis} of {len(self.profit):,} customers, "
            f"{self.profit.sum():,.2f} together ({self.why})"
        )


def profit_basis(values: pd.DataFrame, basis: str = "") -> ProfitBasis:
    """Margin of each customer where cost is known, revenue after returns where it is not.

    Parameters
    ----------
    values : DataFrame, one row per customer
        customer_id, net_revenue_sum, revenue_sum, and where the source has cost margin_sum,
        [sales_margin_sum] and uncosted_revenue_sum.
    basis : str, optional
        "revenue" where a period must be counted like another that has no cost.

    Returns
    -------
    ProfitBasis
        basis : "margin" or "revenue"
        profit : Series indexed by customer_id, in currency
        why : code: asked_for, no_cost, uncosted (more than the limit) or unit_cost
        uncosted_share : share of sales without a cost, in [0, 1]

    Raises
    ------
    Skip
        If all customers together bring nothing.
    """
    found = _counted_from(values.set_index("customer_id"), basis)
    if found.profit.sum() <= 0:
        raise Skip(
            f"transactions: {len(values):,} customers of the window bring "
            f"{found.profit.sum():,.2f} of {found.basis} together; shares of it need a total above "
            "0. Choose a longer observation_days, or an as_of in a time with sales."
        )
    return found


def _counted_from(rows: pd.DataFrame, basis: str) -> ProfitBasis:
    if basis == REVENUE:
        return ProfitBasis(REVENUE, rows["net_revenue_sum"], ASKED_FOR)
    if "margin_sum" not in rows:
        return ProfitBasis(REVENUE, rows["net_revenue_sum"], NO_COST)
    sales = rows["revenue_sum"].sum()
    uncosted = rows["uncosted_revenue_sum"].sum() / sales if sales else 0.0
    if uncosted > MOST_UNCOSTED:
        return ProfitBasis(REVENUE, rows["net_revenue_sum"], UNCOSTED, float(uncosted))
    profit = rows["margin_sum"]
    if uncosted:
        profit = profit + _margin_share(rows) * rows["uncosted_revenue_sum"]
    return ProfitBasis(MARGIN, profit, UNIT_COST, float(uncosted))


def _margin_share(rows: pd.DataFrame) -> float:
    """Margin of the sales whose cost is known, as a share of them."""
    costed = rows["revenue_sum"].sum() - rows["uncosted_revenue_sum"].sum()
    margin = rows["sales_margin_sum"] if "sales_margin_sum" in rows else rows["margin_sum"]
    return float(margin.sum() / costed) if costed else 0.0
