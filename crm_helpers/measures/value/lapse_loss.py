"""What a lapse costs: pace of the past + what came later -> share of the pace that is lost."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

# Fewer than so many of either kind say little about the mean of a group.
FEWEST = 20
GROUPS = 5


@dataclass(frozen=True, repr=False, eq=False)
class LapseLoss:
    """Share of the past pace that those who lapsed brought less than those who did not.

    Attributes
    ----------
    groups : DataFrame, one row per group of pace and silence
        pace_group, recency_group : int, from 0, the smallest first; lost_share : float, 0 or
        more.
    by_value : DataFrame, one row per value group
        pace_group : int; customers, lapsed_customers : int; pace_mean, stayed_mean,
        lapsed_mean : float, in currency
    pace_cuts, recency_cuts : ndarray of float
        Where one group ends and the next begins.
    lost_share : float
        Of all together.
    """

    groups: pd.DataFrame
    by_value: pd.DataFrame
    pace_cuts: np.ndarray
    recency_cuts: np.ndarray
    lost_share: float

    def __repr__(self) -> str:
        """Customers followed and the share of their pace that a lapse costs, in one line."""
        seen = self.by_value[["customers", "lapsed_customers"]].sum()
        return (
            f"LapseLoss: {seen['lapsed_customers']:,} of {seen['customers']:,} lapsed, a lapse "
            f"costs {self.lost_share:.0%} of the pace of the past"
        )

    def share(self, pace: pd.Series, recency_days: pd.Series) -> pd.Series:
        """Share of the pace that each customer would bring less after a lapse.

        Parameters
        ----------
        pace, recency_days : Series of float, shape (n_customers,)

        Returns
        -------
        Series of float, 0 or more
        """
        keys = _groups(pace, recency_days, self.pace_cuts, self.recency_cuts)
        known = self.groups.set_index(["pace_group", "recency_group"])["lost_share"]
        found = known.reindex(pd.MultiIndex.from_frame(keys)).to_numpy()
        return pd.Series(found, index=pace.index).fillna(self.lost_share)


def lapse_loss(rows: pd.DataFrame, *, groups: int = GROUPS, fewest: int = FEWEST) -> LapseLoss:
    """Later margin of those who lapsed beside that of those who did not, by pace and silence.

    Customers who lapse are not those who stay: they were silent for longer before. So both are
    compared among customers of like pace and like silence. A group with too few of either takes
    the share of all with the same silence, and that with too few the share of all.

    Parameters
    ----------
    rows : DataFrame, one row per customer of an earlier day
        pace : float, in currency, what the months ahead bring at the pace of the past
        recency_days : int; lapsed : bool; later : float, in currency, what they brought
    groups : int, default 5
        Of equal size, of either.
    fewest : int, default 20
        Customers of either kind that a group needs.

    Returns
    -------
    LapseLoss

    Examples
    --------
    >>> rows = pd.DataFrame({"pace": 100.0, "recency_days": 9, "lapsed": [True, False],
    ...                      "later": [20.0, 80.0]})
    >>> lapse_loss(rows, groups=1, fewest=1).lost_share
    0.6
    """
    inner = np.arange(1, groups) / groups
    cuts = [np.unique(rows[column].quantile(inner)) for column in ("pace", "recency_days")]
    keyed = rows.assign(**_groups(rows["pace"], rows["recency_days"], *cuts))
    everybody = float(_shares(keyed, lambda frame: [0] * len(frame), fewest=1).iloc[0])
    by_silence = _shares(keyed, lambda frame: frame["recency_group"], fewest=fewest)
    own = _shares(keyed, lambda f: [f["pace_group"], f["recency_group"]], fewest=fewest)
    found = own.rename("lost_share").rename_axis(["pace_group", "recency_group"]).reset_index()
    wider = found["recency_group"].map(by_silence).fillna(everybody)
    found["lost_share"] = found["lost_share"].fillna(wider)
    return LapseLoss(found, _by_value(keyed), *cuts, everybody)


def _groups(
    pace: pd.Series, recency_days: pd.Series, pace_cuts: np.ndarray, recency_cuts: np.ndarray
) -> pd.DataFrame:
    places = {
        "pace_group": np.searchsorted(pace_cuts, pace.to_numpy(float)),
        "recency_group": np.searchsorted(recency_cuts, recency_days.to_numpy(float)),
    }
    return pd.DataFrame(places, index=pace.index)


def _shares(rows: pd.DataFrame, key: object, *, fewest: int) -> pd.Series:
    """Difference of the two kinds over the mean pace of both, per group; empty with too few."""
    by = key(rows)
    pace = rows.groupby(by)["pace"].mean()
    kinds = [
        part.groupby(key(part))["later"].agg(["mean", "size"]).reindex(pace.index)
        for part in (rows[~rows["lapsed"]], rows[rows["lapsed"]])
    ]
    enough = (kinds[0]["size"] >= fewest) & (kinds[1]["size"] >= fewest)
    share = (kinds[0]["mean"] - kinds[1]["mean"]) / pace.where(pace > 0)
    return share.clip(lower=0).where(enough)


def _by_value(rows: pd.DataFrame) -> pd.DataFrame:
    later = rows["later"]
    told = rows.assign(stayed=later.where(~rows["lapsed"]), gone=later.where(rows["lapsed"]))
    found = told.groupby("pace_group").agg(
        customers=("lapsed", "size"),
        lapsed_customers=("lapsed", "sum"),
        pace_mean=("pace", "mean"),
        stayed_mean=("stayed", "mean"),
        lapsed_mean=("gone", "mean"),
    )
    return found.reset_index()
