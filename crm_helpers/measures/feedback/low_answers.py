"""Answers below the middle + slopes of drivers -> overall satisfaction that they take away."""

import pandas as pd


def lost_to_low_answers(drivers: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Steps of overall satisfaction that answers below the middle go with, most first.

    What a question takes is how far its answers fall below the middle, times what one step
    below goes with. A question that matters but is answered well has nothing to mend; a slope
    below zero counts as none. The interval is that of the slope: the answers are all there were.

    Parameters
    ----------
    drivers : DataFrame, one row per driver
        driver; middle : float, of its scale, where the slopes meet; below, below_low,
        below_high, below_sure : change of the overall answer by one step below; [below_error].
    answers : DataFrame, one row per answer of the period
        item, score.

    Returns
    -------
    DataFrame, one row per driver that was answered, in the columns of `drivers` and
        answers : int
        low_share : float in [0, 1], answers below the middle of their scale
        shortfall, shortfall_error : float, steps by which answers fall below it; of the mean
        lost, lost_low, lost_high, lost_sure, [lost_error] : float, steps of the overall answer

    References
    ----------
    .. [1] Mittal, Ross & Baldasare (1998), The Asymmetric Impact of Negative and Positive
       Attribute-Level Performance on Overall Satisfaction, Journal of Marketing 62.

    Examples
    --------
    >>> drivers = pd.DataFrame({"driver": ["price"], "middle": [3.0], "below": [0.5],
    ...     "below_low": [-0.1], "below_high": [1.0], "below_sure": [-0.4]})
    >>> answers = pd.DataFrame({"item": ["price"] * 4, "score": [1, 2, 3, 5]})
    >>> found = lost_to_low_answers(drivers, answers)
    >>> found[["low_share", "lost", "lost_low", "lost_high"]]
       low_share   lost  lost_low  lost_high
    0        0.5  0.375       0.0       0.75
    """
    middle = answers["item"].map(drivers.set_index("driver")["middle"])
    missing = (middle - answers["score"]).clip(lower=0)
    by_item = missing.groupby(answers["item"])
    found = by_item.agg(answers="size", shortfall="mean", shortfall_error="sem")
    found = found.assign(low_share=(missing > 0).groupby(answers["item"]).mean())
    rows = drivers.merge(found, left_on="driver", right_index=True)
    known = [n for n in ("", "_low", "_high", "_sure", "_error") if f"below{n}" in rows]
    for name in known:
        lost = rows[f"below{name}"].clip(lower=0) * rows["shortfall"]
        rows = rows.assign(**{f"lost{name}": lost})
    return rows.sort_values("lost", ascending=False, kind="stable", ignore_index=True)
