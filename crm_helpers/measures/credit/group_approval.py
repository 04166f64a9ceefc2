"""Approvals and errors by group: decisions + groups -> rates with intervals."""

import numpy as np
import pandas as pd
from fairlearn.metrics import (
    MetricFrame,
    false_negative_rate,
    false_positive_rate,
    selection_rate,
)
from numpy.typing import ArrayLike

from crm_helpers.measures.credit.disparate_impact import design_effect
from crm_helpers.measures.statistics.share_intervals import share_intervals

ERROR_COLUMNS = (
    *("group", "n", "bad_n", "good_declined", "bad_approved", "good_n"),
    *("good_low", "good_high", "bad_low", "bad_high"),
)


def group_approval(
    approved: pd.Series,
    groups: pd.Series,
    *,
    customer: pd.Series | None = None,
    fewest: int = 1,
) -> pd.DataFrame:
    """Approval rate of each group, with Wilson's interval.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : Series of str, shape (n_applications,)
        Missing ones are left out.
    customer : Series, shape (n_applications,), optional
        Whose application it is: several of one widen the intervals.
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
    draws = table["n"] / design_effect(given, group, _of(customer, known))
    low, high = share_intervals(table["approved_share"] * draws, draws)
    table = table.assign(n=table["n"].astype(int), low=low, high=high)
    return table.sort_values("approved_share", ascending=False, kind="stable").reset_index(
        drop=True
    )


def group_errors(
    approved: pd.Series,
    defaulted: pd.Series,
    groups: pd.Series,
    *,
    customer: pd.Series | None = None,
    fewest: int = 1,
) -> pd.DataFrame:
    """Errors in each group, of applications whose outcome is known.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
        What the card would have said.
    defaulted : Series of bool, shape (n_applications,)
    groups : Series of str, shape (n_applications,)
    customer : Series, shape (n_applications,), optional
        Whose application it is: several of one widen the intervals.
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
    repeated = design_effect(declined, groups[known], _of(customer, known))
    for kind, rate in (("good", "good_declined"), ("bad", "bad_approved")):
        draws = table[f"{kind}_n"] / repeated
        low, high = share_intervals(table[rate] * draws, draws)
        table = table.assign(**{f"{kind}_low": low, f"{kind}_high": high})
    return table.astype({"n": int, "good_n": int, "bad_n": int})


def _count(truth: ArrayLike, said: ArrayLike) -> int:
    return len(np.asarray(truth))


def _of(customer: pd.Series | None, known: np.ndarray) -> np.ndarray | None:
    return None if customer is None else customer.to_numpy()[known]


def _large(groups: pd.Series, fewest: int) -> np.ndarray:
    return (groups.notna() & (groups.map(groups.value_counts()) >= fewest)).to_numpy(dtype=bool)
