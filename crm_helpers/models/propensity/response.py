"""Response to the next campaign: contacts and profiles -> a model tested as well as can be."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.model import Propensity, fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings

KEY = ["person_id", "campaign"]
OUTCOME = "responded"
VALIDATION_SHARE = 0.4
# Ways to test a model of the response, best first.
KEPT_APART, LATEST, CROSS_VALIDATED = "kept_apart", "latest", "cross_validated"


@dataclass(frozen=True)
class ResponseModel:
    """Model of the response with its test rows and how it was tested.

    Attributes
    ----------
    model : Propensity
    test : DataFrame
        outcome, probability, rule_score, and the person: rows not learned from.
    way : str
        kept_apart: a campaign that was named, judged once; latest: the latest campaigns, after
        all others were over; cross_validated: all rows, in parts.
    campaigns : tuple of str
        Those judged, where the test is a campaign of its own.
    """

    model: Propensity
    test: pd.DataFrame
    way: str
    campaigns: tuple[str, ...] = ()


def response_model(
    rows: pd.DataFrame,
    *,
    settings: PropensitySettings,
    test_campaign: str = "",
    response_days: int = 30,
) -> ResponseModel:
    """Model of who responds, tested on a campaign kept apart, in time, or by cross-validation.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        person_id, campaign, responded, [contacted_at], and predictors.
    settings : PropensitySettings
    test_campaign : str
        The model is fixed by cross-validation on all others and judged on this one, once.
    response_days : int, default 30
        Campaigns learned from were over before the test campaign began.

    Returns
    -------
    ResponseModel

    Raises
    ------
    Skip
        If there are too few responses.
    """
    if test_campaign and (rows["campaign"] == test_campaign).any():
        return _judged_once(rows, settings, test_campaign)
    roles = campaign_roles(rows, response_days, min_events=settings.min_events)
    if roles is None:
        model = fit_undated(_plain(rows), outcome=OUTCOME, key="person_id", settings=settings)
        return ResponseModel(model, model.test, CROSS_VALIDATED)
    dated = _plain(rows).assign(role=roles["role"], origin_on=roles["origin_on"])
    if settings.snapshot_columns is None:
        watched = [c for c in _plain(rows).columns if c not in ("person_id", OUTCOME)]
        settings = replace(settings, snapshot_columns=tuple(watched))
    model = fit_in_time(dated, outcome=OUTCOME, key="person_id", settings=settings)
    judged = rows.loc[roles["role"] == "test", "campaign"].unique()
    return ResponseModel(model, model.test, LATEST, tuple(judged))


def campaign_roles(
    rows: pd.DataFrame, response_days: int, *, min_events: int = 1
) -> pd.DataFrame | None:
    """Role and day of each contact's campaign; None where three roles cannot be filled.

    The test is the latest campaign, or as many of the latest as hold `min_events` responses.
    Before it, the latest ones with up to 40 % of the contacts are the validation: a single
    campaign has too few responses to choose a method by. Campaigns that were not over when a
    later role began are in no role.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        campaign, responded, [contacted_at].
    response_days : int
        Days in which a response counts.
    min_events : int, default 1
        Fewest responses of the test.

    Returns
    -------
    DataFrame, same rows, or None
        role : str, train, validation, test or unused; origin_on : timestamp
    """
    if "contacted_at" not in rows or rows["contacted_at"].isna().any():
        return None
    spans = _spans(rows)
    over = spans["end"] + pd.Timedelta(days=response_days)
    test = _latest(spans, spans["events"].astype(float), min_events)
    before = spans[over < spans.loc[test, "start"].min()]
    if len(before) < 2:
        return None
    is_late = before["size"][::-1].cumsum()[::-1] <= VALIDATION_SHARE * before["size"].sum()
    validation = before.index[is_late | (np.arange(len(before)) == len(before) - 1)]
    train = before.index[over[before.index] < spans.loc[validation, "start"].min()]
    if not len(train):
        return None
    names = {
        **dict.fromkeys(validation, "validation"),
        **dict.fromkeys(train, "train"),
        **dict.fromkeys(test, "test"),
    }
    role = rows["campaign"].map(names).fillna("unused")
    day = rows["campaign"].map(spans["start"]).dt.normalize()
    return pd.DataFrame({"role": role, "origin_on": day})


def _spans(rows: pd.DataFrame) -> pd.DataFrame:
    """First and last contact, contacts and responses of each campaign, the earliest first."""
    found = rows.groupby("campaign").agg(
        start=("contacted_at", "min"),
        end=("contacted_at", "max"),
        size=("campaign", "size"),
        events=(OUTCOME, "sum"),
    )
    return found.sort_values("start")


def _latest(spans: pd.DataFrame, amount: pd.Series, least: float) -> pd.Index:
    """As few of the latest campaigns as hold so much, or all but the first where none do."""
    reached = amount[::-1].cumsum()[::-1] >= least
    first = int(np.flatnonzero(reached.to_numpy())[-1]) if reached.any() else 1
    return spans.index[first:]


def in_file_order(rows: pd.DataFrame, settings: PropensitySettings) -> pd.DataFrame:
    """Test rows of a model learned on the first two thirds of the rows, judged on the last.

    For undated rows that stand in the order of time.

    Parameters
    ----------
    rows : DataFrame, one row per contact, sorted as in the file
    settings : PropensitySettings

    Returns
    -------
    DataFrame, one row per contact of the last third
    """
    third = len(rows) // 3
    part = np.repeat(["train", "test"], [len(rows) - third, third])
    days = pd.to_datetime("2000-01-01") + pd.to_timedelta(pd.factorize(part)[0], unit="D")
    plain = _plain(rows)
    watched = [c for c in plain.columns if c not in ("person_id", OUTCOME)]
    settings = replace(settings, snapshot_columns=tuple(watched))
    dated = plain.assign(role=part, origin_on=days)
    return fit_in_time(dated, outcome=OUTCOME, key="person_id", settings=settings).test


def _judged_once(
    rows: pd.DataFrame, settings: PropensitySettings, test_campaign: str
) -> ResponseModel:
    judged = rows["campaign"] == test_campaign
    model = fit_undated(_plain(rows[~judged]), outcome=OUTCOME, key="person_id", settings=settings)
    last = _plain(rows[judged]).reset_index(drop=True)
    scored = model.score(last)
    test = pd.DataFrame(
        {
            "person_id": last["person_id"],
            "outcome": last[OUTCOME].astype(bool),
            "probability": scored["probability"],
            "order": scored["order"],
            "rule_score": model.rule.score(last),
        }
    )
    return ResponseModel(model, test, KEPT_APART, (test_campaign,))


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    left_out = ["campaign", "contacted_at"]
    return rows.drop(columns=[name for name in left_out if name in rows])
