"""Cases that investigators open: scored payments -> suspect ones, linked to each other."""

import numpy as np
import pandas as pd

from crm_helpers.models.fraud.links import KEYS, connected, without_hubs
from crm_helpers.models.fraud.model import REVIEW

SUSPECT_CHANCE = 0.1
# More payments than one person can look at are no case: they are opened customer by customer.
LARGEST_CASE = 50
CLUSTER_SHOP = "cluster_shop"


def in_periods(rows: pd.DataFrame, review_days: int) -> pd.DataFrame:
    """Payments with the period of their list: now, or one of equal length in the test.

    The test is cut into periods as long as the one reviewed, so that it makes lists as the
    report does.

    Parameters
    ----------
    rows : DataFrame, one row per payment of test and review
        role; [age_days]
    review_days : int

    Returns
    -------
    DataFrame of the same rows
        period : int, 0 is now; period_days : int, its length, which the oldest may not fill
    """
    is_now = (rows["role"] == REVIEW).to_numpy()
    if "age_days" not in rows or is_now.all():
        return rows.assign(period=np.where(is_now, 0, 1), period_days=review_days)
    age = rows["age_days"].to_numpy(dtype=int)
    youngest, oldest = age[~is_now].min(), age[~is_now].max()
    block = (age - youngest) // review_days
    days = np.minimum(review_days, oldest + 1 - youngest - block * review_days)
    return rows.assign(
        period=np.where(is_now, 0, block + 1), period_days=np.where(is_now, review_days, days)
    )


def suspects(chance: pd.Series, own_value: pd.Series) -> pd.Series:
    """True for payments that cases are made of: likely fraud, or worth a check by themselves.

    Parameters
    ----------
    chance : Series of float in [0, 1], shape (n_payments,)
    own_value : Series of float, currency
        Expected net value of opening the payment alone.

    Returns
    -------
    Series of bool
    """
    return (chance >= SUSPECT_CHANCE) | (own_value > 0)


def case_numbers(rows: pd.DataFrame, suspect: pd.Series, *, days: int) -> pd.Series:
    """Number of the case of each payment; whoever is not suspect is a case of his own.

    Suspect payments of one period make a case when they share a card, a device or a customer, or
    belong to refunds just below a limit at one shop, with no more than `days` from one to the
    next. Cards and devices of very many persons link nothing, and neither does a shop as such.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        owner, period; [card_id], [device_id], [customer_id], [cluster_shop], [age_days]
    suspect : Series of bool, index of `rows`
    days : int

    Returns
    -------
    Series of int, index of `rows`
    """
    number = pd.Series(np.arange(len(rows)), index=rows.index)
    linked = without_hubs(rows, suspect)[suspect]
    if linked.empty:
        return number
    group = pd.Series(connected(linked, (*KEYS, CLUSTER_SHOP), days=days), index=linked.index)
    too_large = group.groupby(group).transform("size") > LARGEST_CASE
    parts = pd.factorize(pd.MultiIndex.from_arrays([group, linked["owner"].where(too_large, "")]))
    number[suspect] = len(rows) + parts[0]
    return number


def case_values(
    rows: pd.DataFrame, case: pd.Series, saved: pd.Series, check_cost: float
) -> pd.Series:
    """Money that opening each payment's case is expected to save, less the cost of one check.

    Parameters
    ----------
    rows : DataFrame, one row per payment
    case : Series, index of `rows`
    saved : Series of float, currency
        Expected to be saved of each payment.
    check_cost : float, currency
        Of one case, however many payments it has.

    Returns
    -------
    Series of float, index of `rows`
    """
    return (saved.groupby(case).transform("sum") - check_cost).reindex(rows.index)
