"""Hazard by tenure: durations + ends -> share ending per month, by months of tenure."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import binom, chi2

from crm_helpers.measures.statistics.claims import claim_level

MONTH_DAYS = 365.25 / 12


def tenure_hazard(
    exit_days: ArrayLike,
    ended: ArrayLike,
    entry_days: ArrayLike | None = None,
    *,
    month_edges: tuple[float, ...] = (0, 3, 6, 11, 13, 18, 23, 25, 36),
    level: float = 0.95,
) -> pd.DataFrame:
    """Ends per contract and month, by tenure: ends over the months lived in each band.

    Parameters
    ----------
    exit_days : array of float, shape (n,)
        Tenure at the end, or when last seen.
    ended : array of bool, shape (n,)
        False: running when last seen.
    entry_days : array of float, shape (n,), optional
        Tenure at which watching began (delayed entry).
    month_edges : tuple of float
        Edges of the bands of tenure, in months; the band of a renewal is one around it.
    level : float in (0, 1), default 0.95
        Of the exact Poisson interval.

    Returns
    -------
    DataFrame, one row per band that somebody lived in
        from_month, to_month : float
        contract_months : float, time lived in the band
        ends : int
        hazard : float, ends per contract and month
        low, high : float

    References
    ----------
    .. [1] Garwood (1936), Fiducial Limits for the Poisson Distribution, Biometrika 28.

    Examples
    --------
    One ends after half a month, one lives through three: 1 end in 3.5 months.

    >>> half, three = 365.25 / 24, 365.25 / 4
    >>> tenure_hazard([half, three], [True, False], month_edges=(0, 3))["hazard"].round(4)[0]
    np.float64(0.2857)
    """
    leaves = np.asarray(exit_days, dtype=float) / MONTH_DAYS
    enters = np.zeros(len(leaves)) if entry_days is None else np.asarray(entry_days) / MONTH_DAYS
    happened = np.asarray(ended).astype(bool)
    bands = list(zip(month_edges[:-1], month_edges[1:], strict=True))
    lived = [(np.minimum(leaves, b) - np.maximum(enters, a)).clip(0).sum() for a, b in bands]
    ends = [int((happened & (leaves >= a) & (leaves < b)).sum()) for a, b in bands]
    rows = pd.DataFrame(bands, columns=["from_month", "to_month"])
    rows = rows.assign(contract_months=lived, ends=ends)
    rows = rows[rows["contract_months"] > 0].reset_index(drop=True)
    tail, months = (1 - level) / 2, rows["contract_months"]
    low = np.where(rows["ends"] > 0, chi2.ppf(tail, 2 * rows["ends"]) / 2, 0.0)
    high = chi2.ppf(1 - tail, 2 * rows["ends"] + 2) / 2
    return rows.assign(hazard=rows["ends"] / months, low=low / months, high=high / months)


def dangerous(rows: pd.DataFrame) -> pd.DataFrame:
    """Bands whose hazard is above that of all others together, beyond chance.

    Given all ends, those of a band are binomial with its share of the months lived, if the
    hazard is the same throughout. The band is picked from all, so each is judged more strictly.
    A band that stands out raises the rest that the others are held against; so those found are
    set aside and the others judged again among themselves, still for all bands looked at. None is
    named below the hazard of all bands together.

    Parameters
    ----------
    rows : DataFrame, one row per band
        As given by `tenure_hazard`; the bands that are compared.

    Returns
    -------
    DataFrame, the rows above the rest, the highest hazard first; none where no band is
        and rest_hazard : float, of all bands not named, together

    References
    ----------
    .. [1] Przyborowski & Wilenski (1940), Homogeneity of results in testing samples from
       Poisson series, Biometrika 31, 313-323.
    .. [2] Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
       Journal of Statistics 6, 65-70 (bands already named are set aside).
    """
    named = pd.Series(False, index=rows.index)
    high = rows["hazard"] > rows["ends"].sum() / rows["contract_months"].sum()
    while True:
        more = _above_the_rest(rows[~named], choices=max(len(rows), 1))
        more = high & more.reindex(rows.index, fill_value=False)
        if not more.any():
            break
        named = named | more
    rest = rows.loc[~named, "ends"].sum() / rows.loc[~named, "contract_months"].sum()
    found = rows[named].assign(rest_hazard=rest)
    return found.sort_values("hazard", ascending=False, kind="stable")


def _above_the_rest(rows: pd.DataFrame, *, choices: int) -> pd.Series:
    ends, months = rows["ends"], rows["contract_months"]
    if len(rows) < 2 or not ends.sum():
        return pd.Series(False, index=rows.index)
    chance = binom.sf(ends - 1, ends.sum(), months / months.sum())
    return pd.Series(chance < (1 - claim_level(choices)) / 2, index=rows.index)
