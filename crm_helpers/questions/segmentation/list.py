"""Whom to contact, by segment: chances and order values -> candidates of the action list."""

import pandas as pd

from crm_helpers.measures.value.contact_gain import contact_gain
from crm_helpers.measures.value.profit_basis import MARGIN, profit_basis
from crm_helpers.page.numerals import counted
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.segmentation.phrases import ACTIONS

PRIOR_ORDERS = 2


@unless_absent
def candidates(
    rfm: pd.DataFrame,
    segment: pd.Series,
    outcomes: pd.DataFrame,
    order_profit: pd.Series,
    *,
    contact_lift: float,
    contact_cost: float,
) -> pd.DataFrame:
    """Customers with the action of their segment and what one contact should bring.

    Whose chance to order is not known, because the segment was seen on too few, is left out.

    Parameters
    ----------
    rfm : DataFrame, one row per customer
        customer_id, recency_days, frequency_orders.
    segment : Series of category, indexed as rfm
    outcomes : DataFrame, one row per segment
        segment, order_chance: to order in the time ahead, measured on the quarter before, with
        order_chance_low and order_chance_high; a segment that is not in it has no known chance.
    order_profit : Series of float, indexed as rfm
        Profit of one order of the customer, currency.
    contact_lift, contact_cost : float
        Assumed effect and cost of one contact.

    Returns
    -------
    DataFrame, one row per customer with a known chance, sorted as rfm
        customer_id, what, why, probability (that the contact brings an order), value, cost,
        expected_net_value, net_value_low (at the end of the chance's interval where the contact
        brings less), segment
    """
    name = segment.astype(str)
    known = name.isin(outcomes["segment"]) & order_profit.notna()
    rfm, name, profit = rfm[known], name[known], order_profit[known].astype(float)
    gains = _gains(name, outcomes.set_index("segment"), contact_lift)
    return pd.DataFrame(
        {
            "customer_id": rfm["customer_id"],
            "what": name.map(ACTIONS),
            "why": _reasons(rfm, name, gains["order_chance"]),
            "probability": gains["gain"],
            "value": profit,
            "cost": contact_cost,
            "expected_net_value": gains["gain"] * profit - contact_cost,
            "net_value_low": gains["gain_low"] * profit - contact_cost,
            "segment": name,
        }
    )


def _gains(name: pd.Series, outcomes: pd.DataFrame, contact_lift: float) -> pd.DataFrame:
    """Chance of each customer's segment, and what a contact adds to it, at its interval's ends."""
    gain = {
        column: contact_gain(outcomes[column], contact_lift=contact_lift)
        for column in ("order_chance", "order_chance_low", "order_chance_high")
    }
    # What a contact adds is largest at one half, so its least lies at one end.
    low = gain["order_chance_low"].combine(gain["order_chance_high"], min)
    table = outcomes[["order_chance"]].assign(gain=gain["order_chance"], gain_low=low)
    return table.reindex(name).set_index(name.index).astype(float)


@unless_absent
def value_by_segment(candidates: pd.DataFrame, *, min_group: int = 1) -> pd.DataFrame:
    """What contacting each whole segment should bring, best first.

    Returns
    -------
    DataFrame, one row per segment with at least min_group customers
        segment, what : str
        customers : int
        extra_orders : float, of 100 contacts
        net_value_mean : float, currency per contact
        worth_contacting : int, customers whose own expected net value is above 0
        net_value : float, currency, of those
    """
    gains = candidates["expected_net_value"]
    by_segment = candidates.assign(net_value=gains.clip(lower=0), is_worth=gains > 0).groupby(
        "segment"
    )
    table = by_segment.agg(
        what=("what", "first"),
        customers=("segment", "size"),
        extra_orders=("probability", "mean"),
        net_value_mean=("expected_net_value", "mean"),
        worth_contacting=("is_worth", "sum"),
        net_value=("net_value", "sum"),
    )
    table["extra_orders"] *= 100
    shown = table[table["customers"] >= min_group]
    return shown.sort_values("net_value_mean", ascending=False, kind="stable").reset_index()


def order_profit(rfm: pd.DataFrame, values: pd.DataFrame, *, margin_share: float) -> pd.Series:
    """Profit of one order of each customer, drawn towards that of all where orders are few.

    One large order does not make every later one large: a customer's own mean counts with
    the orders it rests on, that of all customers with two.

    Parameters
    ----------
    rfm : DataFrame, one row per customer
        customer_id, frequency_orders.
    values : DataFrame, one row per customer
        customer_id, net_revenue_sum, [margin_sum], of the same window.
    margin_share : float in [0, 1]
        Share of revenue taken for margin where no cost is known.

    Returns
    -------
    Series of float, indexed as rfm, currency, zero or more; empty where it is not known
    """
    basis, profit, *_ = profit_basis(values)
    own = rfm["customer_id"].map(profit) * (1.0 if basis == MARGIN else margin_share)
    orders = rfm["frequency_orders"]
    everyone = own.sum() / orders[own.notna()].sum()
    return ((own + PRIOR_ORDERS * everyone) / (orders + PRIOR_ORDERS)).clip(lower=0)


def _reasons(rfm: pd.DataFrame, segment: pd.Series, chance: pd.Series) -> list[str]:
    rows = zip(segment, rfm["recency_days"], rfm["frequency_orders"], chance, strict=True)
    return [
        f"{name}: {counted(orders, 'order')}, the last {counted(days, 'day')} ago; "
        f"{share * 100:.0f} of 100 like this order anyway"
        for name, days, orders, share in rows
    ]
