"""Refund clusters: refunds just below a round limit, by shop -> shops with too many of them."""

import numpy as np
import pandas as pd
from scipy.stats import binom, false_discovery_control

LIMITS = (50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 2000, 5000)
BELOW_SHARE = 0.1
FALSE_SHARE = 0.001
FEWEST, REPEATED = 8, 2


def below_limit(amount: pd.Series, limits: tuple[float, ...] = LIMITS) -> pd.Series:
    """Limit that each amount stays just below: by a tenth of it at most.

    Parameters
    ----------
    amount : Series of float, shape (n_payments,)
    limits : tuple of float
        Amounts from which someone has to sign, or round amounts where these are not known.

    Returns
    -------
    Series of float, shape (n_payments,), missing where there is none

    Examples
    --------
    >>> below_limit(pd.Series([189.0, 200.0, 20.0])).tolist()
    [200.0, nan, nan]
    """
    edges = np.asarray(sorted(limits), dtype=float)
    value = amount.to_numpy(dtype=float)
    place = np.minimum(np.searchsorted(edges, value, side="right"), len(edges) - 1)
    limit = edges[place]
    near = (value >= limit * (1 - BELOW_SHARE)) & (value < limit)
    return pd.Series(np.where(near, limit, np.nan), index=amount.index)


def refund_clusters(
    refunds: pd.DataFrame, limits: tuple[float, ...] = LIMITS, *, false_share: float = FALSE_SHARE
) -> pd.DataFrame:
    """Shops whose refunds just below a limit are too many, by the share at all other shops.

    No label is looked at. Each shop and limit is compared with the other shops by a one-sided
    binomial test; of the clusters named, at most `false_share` are expected to be chance.

    Parameters
    ----------
    refunds : DataFrame, one row per refund
        shop_id : str; amount : float, currency
    limits : tuple of float
        As in `below_limit`.
    false_share : float, default 0.001
        Share of the clusters named that may be chance (Benjamini-Hochberg).

    Returns
    -------
    DataFrame, one row per cluster, most refunds above expectation first
        shop_id : str
        limit : float, currency, the amount that the refunds stay just below
        refunds : int, refunds at the shop
        near_refunds : int, refunds at the shop just below the limit
        expected_refunds : float, near refunds if the shop were like the others
        excess_share : float in [0, 1], part of near_refunds above what was expected
        p_value : float in [0, 1], chance of so many without a cause
        near_sum : float, currency, value of near_refunds

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), Controlling the False Discovery Rate, JRSS B 57.
    """
    rows = refunds.assign(limit=below_limit(refunds["amount"], limits)).dropna(subset=["shop_id"])
    near = rows.dropna(subset=["limit"]).groupby(["shop_id", "limit"])["amount"]
    found = near.agg(near_refunds="size", near_sum="sum").reset_index()
    if found.empty:
        return found.assign(refunds=0, expected_refunds=0.0, excess_share=0.0, p_value=1.0)
    found["refunds"] = found["shop_id"].map(rows["shop_id"].value_counts()).astype(int)
    whole = found.groupby("limit")["near_refunds"].transform("sum")
    elsewhere = np.maximum(len(rows) - found["refunds"], 1)
    # Half a refund more than was seen: a band empty elsewhere is rare, not impossible.
    share = (whole - found["near_refunds"] + 0.5) / (elsewhere + 1)
    expected = found["refunds"] * share
    chance = binom.sf(found["near_refunds"] - 1, found["refunds"], np.minimum(share, 1.0))
    found = found.assign(
        expected_refunds=expected,
        excess_share=(1 - expected / found["near_refunds"]).clip(0, 1),
        p_value=chance,
        adjusted=false_discovery_control(chance),
    )
    kept = found[(found["adjusted"] <= false_share) & (found["near_refunds"] >= FEWEST)]
    above = (kept["near_refunds"] - kept["expected_refunds"]).sort_values(ascending=False)
    return kept.loc[above.index].drop(columns="adjusted").reset_index(drop=True)


def cluster_members(refunds: pd.DataFrame, clusters: pd.DataFrame, limits=LIMITS) -> pd.Series:
    """Chance that a refund belongs to the excess of a cluster; 0 outside of one.

    A customer with one such refund may be there by chance, so members have two or more.

    Parameters
    ----------
    refunds : DataFrame, one row per refund
        shop_id : str; amount : float; customer_id : str, where known
    clusters : DataFrame, one row per cluster
        As given by `refund_clusters`.
    limits : tuple of float
        As in `below_limit`.

    Returns
    -------
    Series of float in [0, 1], index of `refunds`
    """
    limit = below_limit(refunds["amount"], limits)
    keys = pd.MultiIndex.from_arrays([refunds["shop_id"].astype(object), limit])
    excess = clusters.set_index(["shop_id", "limit"])["excess_share"]
    chance = pd.Series(excess.reindex(keys).fillna(0).to_numpy(dtype=float), index=refunds.index)
    if "customer_id" not in refunds:
        return chance
    inside = refunds[chance > 0]
    per_customer = inside.groupby([inside["customer_id"], inside["shop_id"]]).transform("size")
    repeated = (per_customer >= REPEATED).reindex(refunds.index, fill_value=False)
    return chance.where(repeated, 0.0)
