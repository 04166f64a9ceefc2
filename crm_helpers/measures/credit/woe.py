"""Weight of evidence and information value: bins of an attribute + outcomes -> numbers."""

import numpy as np
import pandas as pd

EMPTY_CELL = 0.5


def woe_table(bins: pd.Series, outcome: pd.Series) -> pd.DataFrame:
    """Weight of evidence of each bin of an attribute.

    A bin without a single event, or with nothing else, has half a case added to both
    of its counts, so that its logarithm exists. Bins keep the order of their category
    when they have one, and are sorted otherwise.

    Parameters
    ----------
    bins : Series, shape (n_subjects,)
        The bin each subject falls into; none may be missing.
    outcome : Series of bool, shape (n_subjects,)
        True where the event happened (a default, say).

    Returns
    -------
    DataFrame, one row per bin that holds subjects
        bin; n : int; events : int; event_rate : float in [0, 1];
        woe : float, ln(share of non-events / share of events), falls as the event rate rises;
        iv : float >= 0, the bin's part of the information value

    Raises
    ------
    ValueError
        If no subject, or every subject, has the event.

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6, with its sign.

    Examples
    --------
    >>> rating = pd.Series(["low", "low", "low", "high", "high", "high"])
    >>> defaulted = pd.Series([True, True, False, True, False, False])
    >>> woe_table(rating, defaulted).round(3)
        bin  n  events  event_rate    woe     iv
    0  high  3       1       0.333  0.693  0.231
    1   low  3       2       0.667 -0.693  0.231
    """
    flags = np.asarray(outcome).astype(bool)
    counts = pd.DataFrame({"bin": np.asarray(bins, dtype=object), "events": flags})
    if isinstance(bins.dtype, pd.CategoricalDtype):
        counts["bin"] = pd.Categorical(counts["bin"], categories=bins.cat.categories)
    table = counts.groupby("bin", observed=True)["events"].agg(["size", "sum"]).reset_index()
    return _with_evidence(table.set_axis(["bin", "n", "events"], axis=1))


def woe_of_codes(codes: np.ndarray, outcome: np.ndarray) -> pd.DataFrame:
    """The same table where bins are whole numbers from 0: quicker by far.

    Parameters
    ----------
    codes : ndarray of int, at least 0, shape (n_subjects,)
    outcome : ndarray of bool, shape (n_subjects,)

    Returns
    -------
    DataFrame, one row per bin that holds subjects
        As `woe_table` gives it; bin : int.

    Examples
    --------
    >>> woe_of_codes(np.array([0, 0, 2, 2]), np.array([True, False, True, True]))["n"].tolist()
    [2, 2]
    """
    n = np.bincount(codes)
    events = np.bincount(codes[outcome], minlength=len(n))
    seen = np.flatnonzero(n)
    return _with_evidence(pd.DataFrame({"bin": seen, "n": n[seen], "events": events[seen]}))


def information_value(table: pd.DataFrame) -> float:
    """Information value of an attribute: the parts of its bins added up.

    Parameters
    ----------
    table : DataFrame, one row per bin
        What `woe_table` gave.

    Returns
    -------
    float >= 0
        0 where the attribute tells nothing. Bands such as "above 0.3 is strong" are folklore.

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6.
    """
    return float(table["iv"].sum())


def _with_evidence(table: pd.DataFrame) -> pd.DataFrame:
    bad = table["events"].to_numpy(dtype=float)
    n = table["n"].to_numpy(dtype=float)
    if bad.sum() in (0, n.sum()):
        raise ValueError(
            f"outcome: {int(bad.sum()):,} of {int(n.sum()):,} subjects are True; weight of "
            "evidence needs both kinds. Widen the period or check the label."
        )
    good = n - bad
    added = EMPTY_CELL * ((bad == 0) | (good == 0))
    share_good, share_bad = (good + added) / good.sum(), (bad + added) / bad.sum()
    woe = np.log(share_good / share_bad)
    return table.assign(event_rate=bad / n, woe=woe, iv=(share_good - share_bad) * woe)
