"""Harm study: contacts and profiles -> the group better left alone, found once and tested once."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.effect_scores import effect_scores
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.uplift.learners import trial_of
from crm_helpers.models.uplift.study import KEY, later_part
from crm_helpers.models.uplift.worst_group import Group, worst_group


@dataclass(frozen=True, repr=False)
class HarmStudy:
    """Group in which contacts seem to do most harm, with its effect on persons not looked at.

    Attributes
    ----------
    group : Group
    inside, outside : Effect
        Effect in the group and among all others, in the test part, at the level of one claim.
    share : float
        Share of the group among the persons of the test part.
    tested_on : str
        What the test part is, in words.
    """

    group: Group
    inside: Effect
    outside: Effect
    share: float
    tested_on: str

    def __repr__(self) -> str:
        """The group and the effect in it, in one line."""
        inside, shown = self.inside, "shown" if self.is_shown else "not shown"
        return (
            f"HarmStudy: {self.group}, {self.share:.0%} of persons, change "
            f"{inside.difference:+.3f} ({inside.low:+.3f} to {inside.high:+.3f}), harm {shown}"
        )

    @property
    def is_shown(self) -> bool:
        """True when the interval of the effect in the group lies below zero."""
        return self.inside.high < 0


def harm_study(
    contacts: pd.DataFrame,
    profiles: pd.DataFrame,
    columns: list[str],
    *,
    purpose: str,
    response_days: int = 30,
    seed: int = 0,
) -> HarmStudy | None:
    """Group found in the earlier campaigns of any purpose, tested in the later ones of one.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        Randomized campaigns with both arms; further purposes help to find the group.
    profiles : DataFrame, one row per person and campaign
    columns : list of str
        Attributes that may describe the group.
    purpose : str
        Purpose of the campaigns in which the group is tested.
    response_days : int, default 30
        Days in which a response counts.
    seed : int, default 0

    Returns
    -------
    HarmStudy, or None where no group looks harmed or it is too small to be tested
    """
    rows = contacts.merge(profiles[[*KEY, *columns]], on=KEY, how="left", suffixes=("_told", ""))
    frame, trial = with_categories(rows[columns]), trial_of(rows)
    learn, test, tested_on = later_part(rows, response_days, seed)
    if "contacted_at" in rows:
        tested_on = f"the {purpose.replace('_', '-')} campaigns among {tested_on}"
    group = worst_group(frame[learn], _scores(trial[learn]))
    if group is None:
        return None
    judged = test & (rows["purpose"] == purpose).to_numpy()
    inside = group.holds(frame) & judged
    effects = [_effect(trial[part]) for part in (inside, judged & ~inside)]
    if None in effects:
        return None
    return HarmStudy(group, *effects, float(inside.sum() / judged.sum()), tested_on)


def _scores(trial: pd.DataFrame) -> pd.Series:
    """Effect scores around the rates of campaign and arm, which need no model."""
    rates = trial.groupby(["campaign", "is_treated"])["outcome"].mean().unstack()
    forecasts = [trial["campaign"].map(rates[arm]) for arm in (True, False)]
    return effect_scores(
        trial["outcome"],
        trial["is_treated"],
        trial["propensity"],
        treated_forecast=forecasts[0],
        control_forecast=forecasts[1],
    )


def _effect(trial: pd.DataFrame) -> Effect | None:
    try:
        parts = (trial["outcome"], trial["is_treated"], trial["campaign"])
        return pooled_effect(*parts, interval_level=CLAIM_LEVEL)
    except ValueError:
        return None
