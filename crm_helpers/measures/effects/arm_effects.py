"""Effects of all arms of all campaigns: one row per person asked -> one row per pair of arms."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from crm_helpers.measures.effects.effect import Effect, is_flag, mean_effect, rate_effect


def arm_effects(
    contacts: pd.DataFrame, *, outcome: str = "responded", interval_level: float = 0.95
) -> pd.DataFrame:
    """Effect of each offer of each campaign against the control group of the same campaign.

    A flag gives differences of rates, any other column differences of means per head. Campaigns
    without a control group are left out: nothing can be said of what they caused.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        Columns campaign, offer, is_treated and the outcome.
    outcome : str, default "responded"
        Column to compare.
    interval_level : float, default 0.95
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame, one row per campaign and offer, largest difference first
        campaign, offer, and the fields of an Effect
    """
    measure = rate_effect if is_flag(contacts[outcome]) else mean_effect
    rows = []
    for campaign, group in contacts.groupby("campaign", sort=True):
        treated, control = group[group["is_treated"]], group[~group["is_treated"]]
        if control.empty:
            continue
        for offer, arm in treated.groupby("offer", sort=True, dropna=False):
            pair = pd.concat([arm, control])
            effect = measure(pair[outcome], pair["is_treated"], interval_level=interval_level)
            rows.append({"campaign": campaign, "offer": offer, **asdict(effect)})
    columns = ["campaign", "offer", *Effect.__dataclass_fields__]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("difference", ascending=False, kind="stable").reset_index(drop=True)
