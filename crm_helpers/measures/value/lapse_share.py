"""What a lapse cost those who lapsed: pace, silence, later margin -> one share with interval."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm_helpers.measures.value.lapse_loss import FEWEST, GROUPS

DRAWS = 200


class LapseShare(NamedTuple):
    """Share of the past pace that a lapse cost, its interval, and that pace of who lapsed."""

    share: float
    low: float
    high: float
    mean_pace: float


def lapse_share(
    rows: pd.DataFrame,
    *,
    groups: int = GROUPS,
    fewest: int = FEWEST,
    interval_level: float = 0.95,
    seed: int = 0,
) -> LapseShare:
    """Share of their pace that those who lapsed brought less than the like of them who stayed.

    The difference is taken among customers of like pace and like silence, as in `lapse_loss`,
    and averaged over those who lapsed by their pace: so it is what the lapses of that day cost
    over what those customers used to bring. All who lapsed beside all who stayed would charge
    them with having been silent for longer. Groups in which lapsed customers brought more count
    as they are: set to 0 they would make a cost out of chance. Customers are drawn again for the
    spread, and the interval is that of the normal law.

    Parameters
    ----------
    rows : DataFrame, one row per customer of an earlier day
        pace : float, in currency; recency_days : int; lapsed : bool; later : float, in currency
    groups : int, default 5
        Of equal size, of pace and of silence.
    fewest : int, default 20
        Customers of either kind that a group needs; one with fewer takes the share of all with
        the same silence.
    interval_level : float, default 0.95
    seed : int, default 0
        For the draws.

    Returns
    -------
    LapseShare of float

    Examples
    --------
    >>> rows = pd.DataFrame({"pace": 100.0, "recency_days": 9, "lapsed": [True, False],
    ...                      "later": [20.0, 80.0]})
    >>> lapse_share(rows, groups=1, fewest=1).share
    0.6
    """
    inner = np.arange(1, groups) / groups
    pace, silence = (
        np.searchsorted(np.unique(rows[name].quantile(inner)), rows[name].to_numpy(float))
        for name in ("pace", "recency_days")
    )
    parts = _parts(rows)
    keys = (silence * groups + pace, silence, np.zeros(len(rows), dtype=int))

    def share(weight: np.ndarray) -> float:
        return _share([_sums(parts, weight, key) for key in keys], groups, fewest)

    rng = np.random.default_rng(seed)
    drawn = [share(rng.poisson(1.0, len(rows)).astype(float)) for _ in range(DRAWS)]
    reach = float(norm.ppf((1 + interval_level) / 2) * np.nanstd(drawn))
    found = share(np.ones(len(rows)))
    pace_of_lapsed = float(rows.loc[rows["lapsed"].astype(bool), "pace"].mean())
    return LapseShare(found, found - reach, found + reach, pace_of_lapsed)


def _parts(rows: pd.DataFrame) -> np.ndarray:
    """Columns to be added up: those who stayed, later and pace; the same of those who lapsed."""
    gone = rows["lapsed"].to_numpy(float)
    later, pace = rows["later"].to_numpy(float), rows["pace"].to_numpy(float)
    own = [part for kind in (1 - gone, gone) for part in (kind, kind * later, kind * pace)]
    return np.array(own)


def _sums(parts: np.ndarray, weight: np.ndarray, key: np.ndarray) -> np.ndarray:
    return np.array([np.bincount(key, part * weight, minlength=key.max() + 1) for part in parts])


def _share(sums: list[np.ndarray], groups: int, fewest: int) -> float:
    """Lost share of each group, from wider groups where it has too few, averaged by lost pace."""
    own, by_silence = (_lost(part, fewest) for part in sums[:2])
    everybody = _lost(sums[2], 1)
    place = np.arange(len(own)) // groups
    wider = np.where(np.isfinite(by_silence), by_silence, everybody[0])[place]
    lost_pace = sums[0][5]
    found = np.where(np.isfinite(own), own, wider)
    return float((found * lost_pace).sum() / max(lost_pace.sum(), 1e-12))


def _lost(sums: np.ndarray, fewest: int) -> np.ndarray:
    stayed, stayed_later, stayed_pace, gone, gone_later, gone_pace = sums
    with np.errstate(all="ignore"):
        pace = (stayed_pace + gone_pace) / (stayed + gone)
        lost = (stayed_later / stayed - gone_later / gone) / pace
    enough = (stayed >= fewest) & (gone >= fewest)
    return np.where(enough & np.isfinite(lost), lost, np.nan)
