"""One order of work: unhappiness by thing and by who told of it -> things, first one first."""

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.statistics.claims import claim_level


def work_order(heard: pd.DataFrame) -> pd.DataFrame:
    """Things to mend in one order, whoever told of them.

    A thing weighs the share of customers whose unhappiness goes with it, times what such a
    customer buys; where nobody's money is known, the share alone. Told by the survey and by what
    customers write, the source that is beyond chance counts, else the larger of both, never their
    sum, because the same customers may do both. Things beyond chance come first, all rows looked
    at allowed for.

    Parameters
    ----------
    heard : DataFrame, one row per thing and source
        thing : str; source : str, survey or texts
        unhappy_share : float, customers unhappy along with it / customers; below 0 is none
        error : float, standard error of its being above 0, missing where it cannot be told
        spread : float, standard error of its size
        free : float, degrees of freedom of both
        value : float, money of a customer touched, missing where not known

    Returns
    -------
    DataFrame, one row per thing, first one first
        thing : str
        survey_share, texts_share : float, missing where the source tells nothing of it
        unhappy_share, low : float, of the source that counts, and its lower end
        source : str, that source
        value, weight : float, money of a customer touched; share x value
        is_sure : bool, beyond chance
        is_clear : bool, sure, and before every other thing beyond chance

    Examples
    --------
    >>> heard = pd.DataFrame({"thing": ["app", "app", "price"], "source": ["survey", "texts",
    ...     "survey"], "unhappy_share": [0.01, 0.04, 0.05], "error": [0.01, 0.01, 0.001],
    ...     "spread": 0.01, "free": 200, "value": [100.0, 100.0, 40.0]})
    >>> work_order(heard)[["thing", "source", "unhappy_share", "weight", "is_sure", "is_clear"]]
       thing  source  unhappy_share  weight  is_sure  is_clear
    0    app   texts           0.04     4.0     True     False
    1  price  survey           0.05     2.0     True     False
    """
    known = heard["value"].fillna(heard["value"].mean()).fillna(1.0)
    share = heard["unhappy_share"].clip(lower=0)
    reach = stats.t.ppf((1 + claim_level(max(len(heard), 1))) / 2, heard["free"].astype(float))
    low = heard["unhappy_share"] - reach * heard["error"]
    rows = heard.assign(value=known, unhappy_share=share, low=low, weight=share * known)
    rows = rows.assign(is_sure=low > 0, noise=reach * rows["spread"] * known)
    first = ["is_sure", "unhappy_share"]
    counted = rows.sort_values(first, ascending=False, kind="stable").drop_duplicates("thing")
    order = counted.sort_values(["is_sure", "weight"], ascending=False, kind="stable")
    order = order.merge(_by_source(rows), on="thing").reset_index(drop=True)
    names = ["thing", "survey_share", "texts_share", "unhappy_share", "low", "source"]
    return order.assign(is_clear=_clear(order))[[*names, "value", "weight", "is_sure", "is_clear"]]


def _by_source(rows: pd.DataFrame) -> pd.DataFrame:
    wide = rows.pivot(index="thing", columns="source", values="unhappy_share")
    wide = wide.reindex(columns=["survey", "texts"]).add_suffix("_share")
    return wide.rename_axis(columns=None).reset_index()


def _clear(order: pd.DataFrame) -> np.ndarray:
    """True in the first row alone, where it outweighs each other by more than the noise of both."""
    ahead = order["weight"].iloc[:1].sum() - order["weight"]
    noise = np.hypot(order["noise"], order["noise"].iloc[:1].sum())
    clear = bool(order["is_sure"].iloc[:1].all() and (ahead > noise).iloc[1:].all())
    return np.arange(len(order)) < int(clear and len(order) > 0)
