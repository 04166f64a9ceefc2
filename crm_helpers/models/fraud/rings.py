"""Rings: several customers who pay with the same cards and devices -> their payments."""

import pandas as pd

from crm_helpers.models.fraud.links import CARD, CUSTOMER, DEVICE, connected, without_hubs


def ring_payments(rows: pd.DataFrame, *, days: int, customers: int) -> pd.Series:
    """Number of the ring of each payment made with what its customers share; missing outside.

    No label is looked at. Customers belong together when they pay with the same card or device,
    one after the other within days; a ring has several, known by their ids. What its members pay
    with cards and devices of their own is not part of it.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        customer_id, [card_id], [device_id], owner, [age_days], [period]
    days : int
        Between two payments that follow each other, at most.
    customers : int
        Customers that make a ring, at least.

    Returns
    -------
    Series of float, index of `rows`; without any value where nothing can be shared
    """
    nothing = pd.Series(float("nan"), index=rows.index)
    if rows.empty or CUSTOMER not in rows or not ({CARD, DEVICE} & set(rows)):
        return nothing
    shared = _shared(without_hubs(rows[rows[CUSTOMER].notna()]))
    used = shared[[c for c in (CARD, DEVICE) if c in shared]].notna().any(axis=1)
    inside = shared[used].assign(ring=connected(shared[used], days=days))
    people = inside.groupby("ring")[CUSTOMER].transform("nunique")
    return nothing.fillna(inside["ring"][people >= customers].astype(float))


def _shared(rows: pd.DataFrame) -> pd.DataFrame:
    """Payments with the cards and devices of one customer alone emptied."""
    period = rows["period"] if "period" in rows else pd.Series(0, index=rows.index)
    emptied = {}
    for key in (CARD, DEVICE):
        if key in rows:
            people = rows[CUSTOMER].groupby([period, rows[key]]).transform("nunique")
            emptied[key] = rows[key].where((people > 1).fillna(False))
    return rows.assign(**emptied)
