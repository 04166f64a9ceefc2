"""Persistence of the best customers: value then and next -> what they brought afterwards."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.concentration import top_count, top_share

NEWCOMERS = "new since"


@dataclass(frozen=True)
class TopPersistence:
    """What the best customers of one period brought then and in the next.

    Attributes
    ----------
    picked : int
        Customers in the top share.
    share_then : float
        Their share of all value in the period in which they were picked.
    share_next : float
        Their share of all value in the next period, customers new since included.
    share_next_same : float or None
        Their share of what the customers of the first period brought in the next; None where
        these brought nothing.
    best_next : float
        What the best customers of the next period itself, as large a share, brought.
    already_picked : float
        Share of the best customers of the next period who had been picked.
    interval : Interval
        Of share_next, at 95 %, with the picked as they are.
    """

    picked: int
    share_then: float
    share_next: float
    share_next_same: float | None
    best_next: float
    already_picked: float
    interval: Interval


def top_persistence(
    then: pd.Series, following: pd.Series, *, share: float = 0.20
) -> TopPersistence:
    """What the best customers of one period brought in the next.

    The best of a period were in part lucky in it, so what they bring next is the honest
    number: picking and measuring in the same period always flatters.

    Parameters
    ----------
    then, following : Series of float, indexed by customer
        Value of each customer in two periods of equal length; customers may be in one only.
    share : float, default 0.20
        Share of the customers of the first period that is picked.

    Returns
    -------
    TopPersistence

    Raises
    ------
    ValueError
        If the value of one of the periods is not above 0 in total.
    """
    both = pd.DataFrame({"then": then, "next": following})
    picked = top_customers(then, share)
    next_value = both["next"].fillna(0)
    among = next_value[both["then"].notna()]
    best_next = top_customers(following, share)
    is_picked = both.index.isin(picked)
    return TopPersistence(
        picked=len(picked),
        share_then=top_share(then, share),
        share_next=float(next_value[is_picked].sum() / next_value.sum()),
        share_next_same=_share(next_value[is_picked].sum(), among.sum()),
        best_next=top_share(following, share),
        already_picked=float(best_next.isin(picked).mean()),
        interval=_ratio_interval(next_value.to_numpy(), is_picked),
    )


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def top_customers(value: pd.Series, share: float = 0.20) -> pd.Index:
    """Customers of the top share, best first; equal values in the order of their ids."""
    by_id = value.sort_index()
    best_first = by_id.sort_values(ascending=False, kind="stable")
    return best_first.index[: top_count(len(value), share)]


def tenths_then_and_next(then: pd.Series, following: pd.Series) -> pd.DataFrame:
    """Share of all value that each tenth of customers brought, when picked and next.

    Parameters
    ----------
    then, following : Series of float, indexed by customer

    Returns
    -------
    DataFrame, eleven rows
        tenth : str, "1" the best tenth of the first period, and "new since"
        share_then, share_next : float
    """
    best_first = top_customers(then, 1.0)
    tenth = pd.Series(np.arange(len(best_first)) * 10 // len(best_first) + 1, index=best_first)
    names = [str(number) for number in range(1, 11)] + [NEWCOMERS]
    group = tenth.astype(str).reindex(best_first.union(following.index)).fillna(NEWCOMERS)
    shares = {
        name: value.groupby(group.reindex(value.index)).sum().reindex(names).fillna(0) / value.sum()
        for name, value in (("share_then", then), ("share_next", following))
    }
    return pd.DataFrame(shares).rename_axis("tenth").reset_index()


def _ratio_interval(value: np.ndarray, is_picked: np.ndarray) -> Interval:
    """Interval of a ratio of sums over customers, linearized (Cochran 1977, equation 6.13)."""
    ratio = value[is_picked].sum() / value.sum()
    error = np.sqrt((((is_picked - ratio) * value) ** 2).sum()) / value.sum()
    return Interval(float(ratio - 1.96 * error), float(ratio + 1.96 * error))
