"""Answers below the middle + slopes of drivers -> overall satisfaction that they take away."""

import pandas as pd


def lost_to_low_answers(
    drivers: pd.DataFrame, answers: pd.DataFrame, middle: float
) -> pd.DataFrame:
    """Steps of overall satisfaction that answers below the middle go with, most first.

    What a question takes is how far its answers fall below the middle, times what one step
    below goes with. A question that matters but is answered well has nothing to mend; a slope
    below zero counts as none. The interval is that of the slope: the answers are all there were.

    Parameters
    ----------
    drivers : DataFrame, one row per driver
        driver; below, below_low, below_high: change of the overall answer by one step below.
    answers : DataFrame, one row per answer of the period
        item, score.
    middle : float
        Answer at which the slopes meet.

    Returns
    -------
    DataFrame, one row per driver that was answered, in the columns of `drivers` and
        answers : int
        low_share : float in [0, 1], answers below the middle
        lost, lost_low, lost_high : float, steps of the overall answer

    References
    ----------
    .. [1] Mittal, Ross & Baldasare (1998), The Asymmetric Impact of Negative and Positive
       Attribute-Level Performance on Overall Satisfaction, Journal of Marketing 62.

    Examples
    --------
    >>> drivers = pd.DataFrame(
    ...     {"driver": ["price"], "below": [0.5], "below_low": [-0.1], "below_high": [1.0]})
    >>> answers = pd.DataFrame({"item": ["price"] * 4, "score": [1, 2, 3, 5]})
    >>> found = lost_to_low_answers(drivers, answers, 3)
    >>> found[["low_share", "lost", "lost_low", "lost_high"]]
       low_share   lost  lost_low  lost_high
    0        0.5  0.375       0.0       0.75
    """
    missing = (middle - answers["score"]).clip(lower=0)
    by_item = missing.groupby(answers["item"])
    found = by_item.agg(answers="size", shortfall="mean", low_share=lambda gap: (gap > 0).mean())
    rows = drivers.merge(found, left_on="driver", right_index=True)
    for name in ("", "_low", "_high"):
        lost = rows[f"below{name}"].clip(lower=0) * rows["shortfall"]
        rows = rows.assign(**{f"lost{name}": lost})
    ordered = rows.drop(columns="shortfall").sort_values("lost", ascending=False, kind="stable")
    return ordered.reset_index(drop=True)
