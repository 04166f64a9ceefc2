"""Response rates by group: one row per person -> one row per group of each kind."""

from __future__ import annotations

import pandas as pd
from scipy import stats


def rate_table(
    rows: pd.DataFrame, kinds: list[str], outcome: str, *, interval_level: float = 0.95
) -> pd.DataFrame:
    """Rate of an outcome in each group, kind by kind, with Wilson's interval.

    A kind whose groups are all the same is left out: it tells nothing.

    Parameters
    ----------
    rows : DataFrame, one row per person
    kinds : list of str
        Columns to group by, one after the other; those that are absent are passed over.
    outcome : str
        Column of 0 and 1.
    interval_level : float, default 0.95
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame, one row per kind and group, kinds in the order given, best rate first within
        kind, group : str; count : int; rate, low, high : float in [0, 1]

    References
    ----------
    .. [1] Wilson (1927), Probable inference, the law of succession, and statistical inference,
       JASA 22, 209-212.

    Examples
    --------
    >>> rows = pd.DataFrame({"offer": ["a", "a", "b"], "won": [True, False, False]})
    >>> rate_table(rows, ["offer", "channel"], "won")[["group", "count", "rate"]].values.tolist()
    [['a', 2, 0.5], ['b', 1, 0.0]]
    """
    z = stats.norm.ppf(0.5 + interval_level / 2)
    parts = []
    for kind in kinds:
        if kind not in rows or rows[kind].nunique() < 2:
            continue
        counts = rows.groupby(kind, observed=True)[outcome].agg(["size", "mean"]).astype(float)
        counts = counts.sort_values("mean", ascending=False, kind="stable")
        centre = counts["mean"] + z**2 / (2 * counts["size"])
        inner = counts["mean"] * (1 - counts["mean"]) / counts["size"]
        spread = z * (inner + z**2 / (4 * counts["size"] ** 2)) ** 0.5
        scale = 1 + z**2 / counts["size"]
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "group": counts.index.astype(str),
                    "count": counts["size"].astype(int),
                    "rate": counts["mean"],
                    "low": (centre - spread) / scale,
                    "high": (centre + spread) / scale,
                }
            )
        )
    columns = ["kind", "group", "count", "rate", "low", "high"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
