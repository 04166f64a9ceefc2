"""Which leads become customers: leads of successive origins -> a model tested in time."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from crm_helpers.features.leads import lead_conversions, new_leads
from crm_helpers.features.windows import Origin
from crm_helpers.models.survival.conversion import ConversionTime

FEWEST_OF_ORIGIN = 5


def lead_rows(
    features: Callable[..., pd.DataFrame], origins: Iterable[Origin], *, outcome_days: int
) -> pd.DataFrame:
    """Leads that came in before each origin, with whether they converted in time.

    Parameters
    ----------
    features : callable
        Takes a feature function and parameters, gives its rows: `report.features`.
    origins : iterable of Origin
    outcome_days : int
        Days from the first contact in which a conversion counts.

    Returns
    -------
    DataFrame, one row per lead
        lead_id, role, origin_on, converted (missing where role is score), attributes
    """
    parts = []
    for origin in origins:
        asked = {"as_of": origin.as_of, "outcome_days": outcome_days}
        rows = features(new_leads, **asked)
        if origin.role != "score":
            rows = rows.merge(features(lead_conversions, **asked), on="lead_id")
        parts.append(rows.assign(role=origin.role, origin_on=pd.Timestamp(origin.as_of)))
    return pd.concat(parts, ignore_index=True)


def with_enough_training(rows: pd.DataFrame, min_events: int) -> pd.DataFrame:
    """Rows whose early origins can be learned from.

    Origins with next to no conversion are left out: they come from a time in which conversions
    were not yet recorded. With too few events in training, the validation origin is learned from
    as well, and the method is then chosen by cross-validation before the test.

    Parameters
    ----------
    rows : DataFrame, one row per lead
        From `lead_rows`.
    min_events : int
        Fewest conversions to learn from.

    Returns
    -------
    DataFrame, rows of the same columns
    """
    events = rows["converted"].astype(float).groupby(rows["origin_on"]).transform("sum")
    rows = rows[(rows["role"] != "train") | (events >= FEWEST_OF_ORIGIN)]
    is_train = rows["role"] == "train"
    if rows.loc[is_train, "converted"].astype(float).sum() >= min_events:
        return rows.reset_index(drop=True)
    merged = rows["role"].replace({"validation": "train"})
    return rows.assign(role=merged).reset_index(drop=True)


def chance_ahead(
    chance: np.ndarray, open_days: np.ndarray, time: ConversionTime, *, window: int, ahead: int
) -> np.ndarray:
    """Chance that open leads convert in the days ahead, given their chance when they came in.

    The chance within `window` days of coming in says how many ever convert; the time they take
    says how much of that is still to come for a lead open for so long.

    Parameters
    ----------
    chance : ndarray of float in [0, 1], shape (n_leads,)
        To convert within `window` days of coming in.
    open_days : ndarray of float, shape (n_leads,)
    time : ConversionTime
        Of all leads; its final share is replaced by each lead's own.
    window, ahead : int
        Days.

    Returns
    -------
    ndarray of float in [0, 1]
    """
    unit = ConversionTime(1.0, time.scale_days, time.shape)
    within = float(unit.converted_share(np.array([window]))[0])
    ever = np.clip(chance / within, 0, 0.999)
    now, later = (ever * unit.converted_share(open_days + more) for more in (0, ahead))
    return (later - now) / (1 - now)
