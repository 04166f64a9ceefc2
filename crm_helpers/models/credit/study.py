"""Study of credits: applications with known outcomes -> a card, tested beside its challengers.

Interface (stable)
------------------
Rows: application_id, defaulted (bool), attributes, and where there are dates role and quarter, as
`features.applications.known_applications` gives them; whose row it is in `customer`. With roles
the card is tested once on later applications (learned from what was known before the first of
them); without, by repeated stratified cross-validation, everything fitted inside the folds.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.fold_auc import fold_auc
from crm_helpers.models.credit.compared import compared
from crm_helpers.models.credit.methods import CARD, CreditSettings, new_method
from crm_helpers.models.credit.scorecard import Scorecard
from crm_helpers.models.propensity.choice import Split, folds
from crm_helpers.models.propensity.parts import check_events, fewest
from crm_helpers.models.propensity.plain_rule import PlainRule, plain_rule
from crm_helpers.tables.needs import Skip

KEY = "application_id"
BEFORE = ("train", "between", "validation")
# Fewer defaults than this choose among nine methods by luck.
FEWEST_TO_CHOOSE_BY = 50
# How the methods were chosen: on a later period, or by cross-validation.
TIME, FOLDS = "time", "folds"


@dataclass(frozen=True, repr=False)
class CreditStudy:
    """A card, what its test showed, and what stood beside it.

    Attributes
    ----------
    card : Scorecard
        Learned from all known outcomes.
    card_then : Scorecard
        As it was tested: without the test's outcomes; the same where there are no dates.
    columns : list of str
        Attributes that the methods could use.
    tested : DataFrame, one row per application and repeat
        application_id, customer, fold, defaulted, points, [quarter], rule, and one column of
        probabilities per method; that of the card is what its points stand for.
    learned : DataFrame, the same for the applications learned from, scored by folds; card alone
    tried : DataFrame, one row per method: method, auc on rows kept apart for the choice
    best_method, rival : str
        Best of all, and best of the challengers, chosen before the test where there are dates.
    rule : PlainRule
    in_time : bool
    chosen_by : str
        "time", or "folds".
    settings : CreditSettings
        How it was made.
    known, compared : int
        Applications with a known outcome, all of which the card in use was learned from, and
        those of them that methods were compared and tested on.
    """

    card: Scorecard
    card_then: Scorecard
    columns: list[str]
    tested: pd.DataFrame
    learned: pd.DataFrame
    tried: pd.DataFrame
    best_method: str
    rival: str
    rule: PlainRule
    in_time: bool
    chosen_by: str
    settings: CreditSettings
    known: int = 0
    compared: int = 0

    def __repr__(self) -> str:
        """What was learned, how it was tested and what was best, in one line."""
        how = "in a later period" if self.in_time else "by cross-validation"
        return (
            f"Study of credits: card of {len(self.card.bins)} attributes, "
            f"{self.tested[KEY].nunique():,} applications tested {how}, "
            f"best method {self.best_method}"
        )

    @property
    def once(self) -> pd.DataFrame:
        """Test rows with each application once."""
        return self.tested.drop_duplicates(KEY).reset_index(drop=True)


def credit_study(
    rows: pd.DataFrame, columns: list[str], settings: CreditSettings | None = None
) -> CreditStudy:
    """Card and challengers, learned and tested on the same split.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
    columns : list of str
        Attributes that may be used.
    settings : CreditSettings, optional

    Returns
    -------
    CreditStudy

    Raises
    ------
    Skip
        If either part has too few defaults, or no attribute tells anything.
    """
    settings = settings or CreditSettings()
    every = _with_customer(rows).reset_index(drop=True)
    rows = compared(every, seed=settings.seed)
    in_time = "role" in rows
    _check(rows, settings)
    splits = splits_for_test(rows, settings)
    methods = (CARD, *settings.methods)
    tested = tested_rows(rows, columns, splits, methods, settings)
    learned, tried, chosen_by = tested, _areas(tested, methods), FOLDS
    if in_time:
        before = rows.iloc[splits[0].learn].reset_index(drop=True)
        learned = tested_rows(before, columns, _inner(before, settings), (CARD,), settings)
        tried, chosen_by = _choice(before, columns, methods, settings)
    best = tried.sort_values("auc", ascending=False, kind="stable")["method"]
    rivals = [name for name in best if name != CARD]
    rival = rivals[0] if rivals else CARD
    card = fitted_card(every, columns, settings)
    then = fitted_card(rows.iloc[splits[0].learn], columns, settings) if in_time else card
    rule = plain_rule(rows[columns], rows["defaulted"])
    judged = (columns, tested, learned, tried, best.iloc[0], rival, rule)
    return CreditStudy(card, then, *judged, in_time, chosen_by, settings, len(every), len(rows))


def enough_in_time(rows: pd.DataFrame, settings: CreditSettings) -> bool:
    """Whether the applications before the test, and in it, hold enough of both outcomes.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
        With its role.
    settings : CreditSettings

    Returns
    -------
    bool
    """
    happened = rows["defaulted"].to_numpy(bool)
    parts = rows["role"].isin(BEFORE).to_numpy(), (rows["role"] == "test").to_numpy()
    return min(fewest(happened[part]) for part in parts) >= settings.min_events


def splits_for_test(rows: pd.DataFrame, settings: CreditSettings) -> list[Split]:
    """Rows to learn from and to test on: one split in time, or repeated stratified folds.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
    settings : CreditSettings

    Returns
    -------
    list of Split
    """
    if "role" in rows:
        role = rows["role"].to_numpy()
        return [Split(np.flatnonzero(np.isin(role, BEFORE)), np.flatnonzero(role == "test"))]
    happened, customer = rows["defaulted"].to_numpy(bool), rows["customer"].to_numpy()
    return [
        split
        for repeat in range(settings.repeats)
        for split in folds(happened, customer, count=settings.folds, seed=settings.seed + repeat)
    ]


def tested_rows(
    rows: pd.DataFrame,
    columns: list[str],
    splits: list[Split],
    methods: tuple[str, ...],
    settings: CreditSettings,
) -> pd.DataFrame:
    """What methods that had not seen them say of applications.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
    columns : list of str
    splits : list of Split
    methods : tuple of str
    settings : CreditSettings

    Returns
    -------
    DataFrame, one row per application and split that tests it
        As in `CreditStudy.tested`.
    """
    parts = []
    for number, split in enumerate(splits):
        learn, judge = rows.iloc[split.learn], rows.iloc[split.judge]
        known = [KEY, "customer", "defaulted", *(["quarter"] if "quarter" in rows else [])]
        part = judge[known].assign(fold=number, defaulted=judge["defaulted"].astype(bool))
        part["rule"] = plain_rule(learn[columns], learn["defaulted"]).score(judge)
        for name in methods:
            part = part.assign(**_said(name, learn, judge, columns, settings))
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def fitted_card(rows: pd.DataFrame, columns: list[str], settings: CreditSettings) -> Scorecard:
    """Card learned from all of the rows.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
    columns : list of str
    settings : CreditSettings

    Returns
    -------
    Scorecard

    Raises
    ------
    Skip
        If no attribute tells anything.
    """
    try:
        return new_method(CARD, settings).fit(rows[columns], rows["defaulted"])
    except ValueError as nothing:
        raise Skip(f"No card can be made: {nothing}") from None


def _said(
    name: str,
    learn: pd.DataFrame,
    judge: pd.DataFrame,
    columns: list[str],
    settings: CreditSettings,
) -> dict[str, np.ndarray]:
    if name == CARD:
        points = fitted_card(learn, columns, settings).score(judge[columns])
        return {"points": points, CARD: settings.scale.chance(points)}
    model = new_method(name, settings).fit(learn[columns], learn["defaulted"])
    return {name: model.probability(judge[columns])}


def _choice(
    before: pd.DataFrame, columns: list[str], methods: tuple[str, ...], settings: CreditSettings
) -> tuple[pd.DataFrame, str]:
    """Validation in time where both parts hold enough of both kinds, folds else."""
    role, happened = before["role"].to_numpy(), before["defaulted"].to_numpy(bool)
    learn, judge = np.flatnonzero(role == "train"), np.flatnonzero(role == "validation")
    enough = min(fewest(happened[learn]), fewest(happened[judge])) >= FEWEST_TO_CHOOSE_BY
    splits = [Split(learn, judge)] if enough else _inner(before, settings)
    tried = _areas(tested_rows(before, columns, splits, methods, settings), methods)
    return tried, TIME if enough else FOLDS


def _inner(before: pd.DataFrame, settings: CreditSettings) -> list[Split]:
    happened, customer = before["defaulted"].to_numpy(bool), before["customer"].to_numpy()
    return folds(happened, customer, count=3, seed=settings.seed)


def _areas(tested: pd.DataFrame, methods: tuple[str, ...]) -> pd.DataFrame:
    found = [fold_auc(tested["defaulted"], tested[name], tested["fold"]) for name in methods]
    return pd.DataFrame({"method": methods, "auc": found})


def _with_customer(rows: pd.DataFrame) -> pd.DataFrame:
    own = rows["customer_id"].fillna(rows[KEY]) if "customer_id" in rows else rows[KEY]
    return rows.assign(customer=own, defaulted=rows["defaulted"].astype(bool))


def _check(rows: pd.DataFrame, settings: CreditSettings) -> None:
    happened = rows["defaulted"].to_numpy(bool)
    if "role" not in rows:
        return check_events(happened, "all", settings.min_events)
    before = rows["role"].isin(BEFORE).to_numpy()
    check_events(happened[before], "training", settings.min_events)
    check_events(happened[(rows["role"] == "test").to_numpy()], "test", settings.min_events)
