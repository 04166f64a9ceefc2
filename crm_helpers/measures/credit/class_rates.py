"""Default rates by class: classes + outcomes -> one row per class, and how many steps rise."""

import pandas as pd

from crm_helpers.measures.statistics.share_intervals import share_intervals


def class_rates(classes: pd.Series, defaulted: pd.Series, chance: pd.Series) -> pd.DataFrame:
    """Default rate of each class with Wilson's interval, beside what was said of it.

    Parameters
    ----------
    classes : Series of ordered category, shape (n_applications,)
        The best first.
    defaulted : Series of bool, shape (n_applications,)
    chance : Series of float in [0, 1], shape (n_applications,)
        Probability of default given beforehand.

    Returns
    -------
    DataFrame, one row per class that holds applications, the best first
        credit_class : str
        n : int
        share : float in [0, 1], of all applications
        event_rate, low, high : float in [0, 1]
        expected : float in [0, 1], mean probability given beforehand

    Examples
    --------
    >>> kind = pd.Series(pd.Categorical(list("AAB"), ordered=True))
    >>> found = class_rates(kind, pd.Series([False, False, True]), pd.Series([0.1, 0.1, 0.6]))
    >>> found[["credit_class", "n", "event_rate", "expected"]]
      credit_class  n  event_rate  expected
    0            A  2         0.0       0.1
    1            B  1         1.0       0.6
    """
    rows = pd.DataFrame(
        {
            "credit_class": classes.to_numpy(),
            "bad": defaulted.to_numpy(dtype=float),
            "chance": chance.to_numpy(dtype=float),
        }
    )
    rows["credit_class"] = classes.array
    found = rows.groupby("credit_class", observed=True).agg(
        n=("bad", "size"),
        bad=("bad", "sum"),
        event_rate=("bad", "mean"),
        expected=("chance", "mean"),
    )
    low, high = share_intervals(found["bad"], found["n"])
    table = found.assign(share=found["n"] / len(rows), low=low, high=high).reset_index()
    table["credit_class"] = table["credit_class"].astype(str)
    return table[["credit_class", "n", "share", "event_rate", "low", "high", "expected"]]


def rising_steps(rates: pd.DataFrame) -> int:
    """How many of the steps from a class to the next worse one go up.

    Parameters
    ----------
    rates : DataFrame, one row per class, the best first
        As `class_rates` gives it.

    Returns
    -------
    int
        One less than the classes when all do.

    Examples
    --------
    >>> rising_steps(pd.DataFrame({"event_rate": [0.1, 0.2, 0.15]}))
    1
    """
    return int((rates["event_rate"].diff().iloc[1:] > 0).sum())
