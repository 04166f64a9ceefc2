"""Links between payments: the same card, device or customer within days -> connected payments."""

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

CARD, DEVICE, CUSTOMER = "card_id", "device_id", "customer_id"
KEYS = (CARD, DEVICE, CUSTOMER)
# A device or card of more persons than this is a till, a library or an office, not a trace.
HUB_PERSONS = 30
NEVER = 10**6


def connected(rows: pd.DataFrame, keys: tuple[str, ...] = KEYS, *, days: int = NEVER) -> np.ndarray:
    """Number of the group of each payment: payments linked directly, or by way of others.

    Two payments are linked when they share a key and no more than `days` lie between them, or
    between each two in a row that share it. Payments of different periods are never linked.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        [card_id], [device_id], [customer_id]; [age_days]; [period]
    keys : tuple of str
        Columns that link; those that are missing, and empty values, link nothing.
    days : int
        Without age_days not looked at.

    Returns
    -------
    ndarray of int, shape (n_payments,)

    Examples
    --------
    >>> one = pd.DataFrame({"card_id": ["a", "a", "b", None], "device_id": [None, "x", "x", None]})
    >>> connected(one).tolist()
    [0, 0, 0, 1]
    """
    pairs = [_pairs(rows, key, days) for key in keys if key in rows]
    left, right = (np.concatenate([np.array([], dtype=int), *side]) for side in _sides(pairs))
    graph = coo_matrix((np.ones(len(left), dtype=bool), (left, right)), shape=(len(rows),) * 2)
    return connected_components(graph, directed=False)[1].astype(int)


def _sides(pairs: list[tuple[np.ndarray, np.ndarray]]) -> tuple[list, list]:
    return [one[0] for one in pairs], [one[1] for one in pairs]


def _pairs(rows: pd.DataFrame, key: str, days: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of payments that follow each other with the same key, near enough in time."""
    code = pd.factorize(rows[key])[0]
    age, period = _column(rows, "age_days"), _column(rows, "period")
    known = np.flatnonzero(code >= 0)
    order = known[np.lexsort((age[known], code[known], period[known]))]
    before, after = order[:-1], order[1:]
    same = (code[before] == code[after]) & (period[before] == period[after])
    near = same & (age[after] - age[before] <= days)
    return before[near], after[near]


def _column(rows: pd.DataFrame, name: str) -> np.ndarray:
    return rows[name].to_numpy(dtype=float) if name in rows else np.zeros(len(rows))


def without_hubs(rows: pd.DataFrame, suspect: pd.Series | None = None) -> pd.DataFrame:
    """Payments whose cards and devices of very many persons are emptied, so that they link nothing.

    One device that hundreds of payments share is a till, unless most of them are suspect by
    themselves: then it is an attack, and its payments belong together.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        [card_id], [device_id]; owner : customer, or the payment where he is not known; [period]
    suspect : Series of bool, index of `rows`, optional
        Without it every card and device of more than 30 persons is a hub.

    Returns
    -------
    DataFrame of the same rows
    """
    emptied = {
        key: rows[key].where(~_is_hub(rows, key, suspect)) for key in (CARD, DEVICE) if key in rows
    }
    return rows.assign(**emptied)


def hub_count(rows: pd.DataFrame, suspect: pd.Series | None = None) -> int:
    """Cards and devices that link nothing, because too many persons share them."""
    hubs = [
        rows.loc[_is_hub(rows, key, suspect), key].nunique()
        for key in (CARD, DEVICE)
        if key in rows
    ]
    return int(sum(hubs))


def _is_hub(rows: pd.DataFrame, key: str, suspect: pd.Series | None) -> pd.Series:
    if rows.empty or rows[key].isna().all():
        return pd.Series(False, index=rows.index)
    period = rows["period"] if "period" in rows else pd.Series(0, index=rows.index)
    by_key = [period, rows[key]]
    persons = rows["owner"].groupby(by_key).transform("nunique")
    many = (persons > HUB_PERSONS).fillna(False)
    if suspect is None:
        return many
    return many & (suspect.astype(float).groupby(by_key).transform("mean") < 0.5)
