"""Moves between segments: segment then and now -> who stayed, moved up, moved down, left."""

import pandas as pd

GONE = "no order in the window"


def segment_moves(then: pd.Series, now: pd.Series) -> pd.DataFrame:
    """Where the customers of each earlier segment are now.

    Parameters
    ----------
    then, now : Series of category, indexed by customer
        With the same categories, found by the same cut points.

    Returns
    -------
    DataFrame, one row per earlier segment with customers
        segment : str
        earlier_customers : int
        stayed_share : float in [0, 1], still in it
        gone_share : float in [0, 1], no order left in the observation window
        most_moved_to : str, the segment that most of the others went to; empty if none did
        most_moved_share : float in [0, 1]
    """
    pairs = pd.DataFrame({"then": then.astype(str), "now": now.astype(str).reindex(then.index)})
    shares = pd.crosstab(pairs["then"], pairs["now"].fillna(GONE), normalize="index")
    order = [name for name in then.cat.categories if name in shares.index]
    rows = [_moves_of(name, shares.loc[name]) for name in order]
    sizes = then.value_counts()
    return pd.DataFrame(rows, columns=_COLUMNS).assign(
        earlier_customers=[int(sizes[name]) for name in order]
    )[["segment", "earlier_customers", *_COLUMNS[1:]]]


_COLUMNS = ["segment", "stayed_share", "gone_share", "most_moved_to", "most_moved_share"]


def _moves_of(name: str, shares: pd.Series) -> tuple:
    others = shares.drop([name, GONE], errors="ignore")
    most = others.idxmax() if len(others) and others.max() > 0 else ""
    return name, shares.get(name, 0.0), shares.get(GONE, 0.0), most, float(others.get(most, 0.0))
