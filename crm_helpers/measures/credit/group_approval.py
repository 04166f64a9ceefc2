"""Approvals and errors by group: decisions + groups -> rates with intervals, disparate impact."""

import numpy as np
import pandas as pd
from fairlearn.metrics import (
    MetricFrame,
    demographic_parity_ratio,
    false_negative_rate,
    false_positive_rate,
    selection_rate,
)
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.bootstrap import Interval, bootstrap_interval
from crm_helpers.measures.statistics.share_intervals import share_intervals

ERROR_COLUMNS = (
    *("group", "n", "bad_n", "good_declined", "bad_approved", "good_n"),
    *("good_low", "good_high", "bad_low", "bad_high"),
)


def group_approval(approved: pd.Series, groups: pd.Series, *, fewest: int = 1) -> pd.DataFrame:
    """Approval rate of each group, with Wilson's interval.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : Series of str, shape (n_applications,)
        Missing ones are left out.
    fewest : int, default 1
        Smaller groups are left out.

    Returns
    -------
    DataFrame, one row per group, the highest rate first
        group : str
        n : int
        approved_share, low, high : float in [0, 1]

    Examples
    --------
    >>> found = group_approval(pd.Series([True, False, True]), pd.Series(["a", "a", "b"]))
    >>> found[["group", "n", "approved_share"]].values.tolist()
    [['b', 1, 1.0], ['a', 2, 0.5]]
    """
    known = _large(groups, fewest)
    if not known.any():
        return pd.DataFrame(columns=["group", "n", "approved_share", "low", "high"])
    given, group = approved[known].astype(int), groups[known]
    frame = MetricFrame(
        metrics={"n": _count, "approved_share": selection_rate},
        y_true=given,
        y_pred=given,
        sensitive_features=group,
    )
    table = frame.by_group.astype(float).rename_axis("group").reset_index()
    low, high = share_intervals((table["n"] * table["approved_share"]).round(), table["n"])
    table = table.assign(n=table["n"].astype(int), low=low, high=high)
    return table.sort_values("approved_share", ascending=False, kind="stable").reset_index(
        drop=True
    )


def group_errors(
    approved: pd.Series, defaulted: pd.Series, groups: pd.Series, *, fewest: int = 1
) -> pd.DataFrame:
    """Errors in each group, of applications whose outcome is known.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
        What the card would have said.
    defaulted : Series of bool, shape (n_applications,)
    groups : Series of str, shape (n_applications,)
    fewest : int, default 1

    Returns
    -------
    DataFrame, one row per group
        group : str
        n : int
        good_n, bad_n : int, repaid and defaulted
        good_declined, good_low, good_high : float in [0, 1], of those who repaid
        bad_approved, bad_low, bad_high : float in [0, 1], of those who defaulted
    """
    known = _large(groups, fewest)
    if not known.any():
        return pd.DataFrame(columns=ERROR_COLUMNS)
    bad, declined = defaulted[known].astype(int), (~approved[known].astype(bool)).astype(int)
    frame = MetricFrame(
        metrics={
            "n": _count,
            "bad_n": lambda y, p: int(np.sum(y)),
            "good_declined": false_positive_rate,
            "bad_approved": false_negative_rate,
        },
        y_true=bad,
        y_pred=declined,
        sensitive_features=groups[known],
    )
    table = frame.by_group.astype(float).rename_axis("group").reset_index()
    table["good_n"] = table["n"] - table["bad_n"]
    for kind, rate in (("good", "good_declined"), ("bad", "bad_approved")):
        low, high = share_intervals((table[rate] * table[f"{kind}_n"]).round(), table[f"{kind}_n"])
        table = table.assign(**{f"{kind}_low": low, f"{kind}_high": high})
    return table.astype({"n": int, "good_n": int, "bad_n": int})


def disparate_impact(approved: ArrayLike, groups: ArrayLike) -> float:
    """Lowest approval rate of a group over the highest.

    Parameters
    ----------
    approved : array of bool, shape (n_applications,)
    groups : array of str, shape (n_applications,)

    Returns
    -------
    float in [0, 1]
        1 where all groups are approved alike. Below 0.8 is read as adverse impact (the
        "four-fifths rule", a habit of US authorities and no statistical law).

    Raises
    ------
    ValueError
        If nobody is approved: then there is no rate to compare.

    References
    ----------
    .. [1] US Uniform Guidelines on Employee Selection Procedures (1978), section 4D.

    Examples
    --------
    >>> disparate_impact([True, True, True, False], ["a", "a", "b", "b"])
    0.5
    """
    given = np.asarray(approved).astype(int)
    if not given.any():
        raise ValueError(
            f"disparate impact: 0 of {len(given):,} applications are approved; expected some. "
            "Lower the cut-off."
        )
    return float(demographic_parity_ratio(given, given, sensitive_features=np.asarray(groups)))


def disparate_impact_interval(
    approved: ArrayLike,
    groups: ArrayLike,
    customer: ArrayLike | None = None,
    *,
    draws: int = 200,
    seed: int = 0,
) -> Interval:
    """Interval of the disparate impact when customers are drawn again and again.

    The pair of groups is that of the whole sample: taking the lowest and the highest anew in
    each draw would show a gap where there is none.

    Parameters
    ----------
    approved, groups : array, shape (n_applications,)
    customer : array, shape (n_applications,), optional
    draws : int, default 200
    seed : int, default 0

    Returns
    -------
    Interval of float
        May reach above 1.
    """
    given, group = np.asarray(approved).astype(float), np.asarray(groups).astype(str)
    rates = pd.Series(given).groupby(group).mean().sort_values(kind="stable")
    lowest, highest = group == rates.index[0], group == rates.index[-1]

    def ratio(approved: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
        if not low.any() or not approved[high.astype(bool)].any():
            return float("nan")  # a draw without a ratio; the interval passes it over
        return approved[low.astype(bool)].mean() / approved[high.astype(bool)].mean()

    return bootstrap_interval(
        ratio, given, lowest, highest, customer=customer, draws=draws, seed=seed
    )


def _count(truth: ArrayLike, said: ArrayLike) -> int:
    return len(np.asarray(truth))


def _large(groups: pd.Series, fewest: int) -> np.ndarray:
    return (groups.notna() & (groups.map(groups.value_counts()) >= fewest)).to_numpy(dtype=bool)
