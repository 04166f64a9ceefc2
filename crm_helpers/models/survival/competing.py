"""Competing causes of one end: rows of all origins -> a study per cause, and of any end."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.measures.forecasts.loss_forecast import level_error
from crm_helpers.measures.forecasts.score_tenths import deciles
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.model import Propensity
from crm_helpers.models.propensity.parts import DEFAULTS, PropensitySettings
from crm_helpers.models.propensity.plain_rule import PlainRule, plain_rule
from crm_helpers.models.propensity.study import Study, study_in_time, study_undated
from crm_helpers.tables.needs import Skip

FEW_EVENTS = 400
CHEAP_METHODS = ("logistic", "tree", "naive_bayes")
DRAWS_PER_CAUSE = 60


@dataclass(frozen=True, repr=False)
class CompetingStudy:
    """Studies of each cause of an end, and what the test says of their sum.

    Parameters
    ----------
    causes : dict of cause to Study
        A single one, 'any', where causes are not known or too few to be told apart.
    test : DataFrame, one row per test row
        outcome : bool, ended for any reason; probability : float; rule_score : float
    evidence : Evidence
        Of the sum of the causes' probabilities against any end.
    scored : DataFrame, one row per contract scored
        Predictors, p_<cause> for each cause, probability of any end, decile.
    labelled : DataFrame, one row per contract and origin
    """

    causes: dict[str, Study]
    test: pd.DataFrame
    evidence: Evidence
    scored: pd.DataFrame
    labelled: pd.DataFrame

    def __repr__(self) -> str:
        """Of which causes, on how many rows, how good, in one line."""
        return (
            f"Study of ends, {' and '.join(self.causes)}: {self.propensity.method}, "
            f"{len(self.labelled):,} rows, {len(self.scored):,} scored, "
            f"AUC {self.evidence.auc:.2f}"
        )

    @property
    def leading(self) -> Study:
        """Study of the first cause: by choice, where causes are known."""
        return next(iter(self.causes.values()))

    @property
    def propensity(self) -> Propensity:
        """Model of the first cause."""
        return self.leading.propensity

    @property
    def is_dated(self) -> bool:
        """False for a snapshot without dates, which cannot be tested in time."""
        return self.propensity.tested_in_time

    @property
    def level_errors(self) -> tuple[float, ...]:
        """Errors of the level: of the first cause at earlier origins, of the sum at the test."""
        earlier = self.propensity.level_errors
        if not self.is_dated:
            return ()
        return (*earlier[:-1], level_error(self.test["outcome"], self.test["probability"]))

    @property
    def finds_something(self) -> bool:
        """True when the order of the contracts is better than chance; else no list is made."""
        return self.evidence.finds_something


def competing_study(
    rows: pd.DataFrame,
    *,
    outcomes: dict[str, str],
    any_end: str,
    others: dict[str, str] | None = None,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
    draws: int = 300,
) -> CompetingStudy:
    """Each cause of an end modelled apart, tested in time on their sum.

    In one window a contract ends for one cause at most, so the chances of the
    causes add up to the chance of an end.

    Parameters
    ----------
    rows : DataFrame, one row per contract and origin
    outcomes : dict of cause to column
        Columns that are True where the contract ended for that cause.
    any_end : str
        Column that is True where it ended at all.
    others : dict of cause to column, optional
        Ends that are none of these, such as those without a stated reason; where they are too
        few for a model, all contracts get the rate at which they happened.
    key : str, default customer_id
    settings : PropensitySettings
    draws : int, default 300
        Resamples behind the intervals.

    Returns
    -------
    CompetingStudy

    Raises
    ------
    Skip
        If there are too few ends of any kind.
    """
    others = others or {}
    labels = [any_end, *outcomes.values(), *others.values()]

    def study_of(column: str) -> Study:
        alone = rows.drop(columns=[c for c in labels if c != column])
        own = _settings(settings, alone[column])
        return study_in_time(
            alone,
            outcome=column,
            key=key,
            settings=own,
            draws=DRAWS_PER_CAUSE,
            falls_back=False,
        )

    studies, rates = _modelled(rows, study_of, outcomes, others)
    studies = studies or {"any": study_of(any_end)}
    return _together(rows, studies, rates, any_end, key, settings, draws)


def _modelled(
    rows: pd.DataFrame,
    study_of: Callable[[str], Study],
    outcomes: dict[str, str],
    others: dict[str, str],
) -> tuple[dict[str, Study], dict[str, float]]:
    """Study of each cause, none where one has too few ends; rates of others that have too few."""
    rates = {}
    try:
        studies = {cause: study_of(column) for cause, column in outcomes.items()}
    except Skip:
        return {}, {}
    before = rows[~rows["role"].isin(["score", "test"])]
    for cause, column in others.items() if studies else ():
        try:
            studies[cause] = study_of(column)
        except Skip:
            rates[cause] = float(before[column].astype(bool).mean())
    return studies, rates


def undated_study(
    rows: pd.DataFrame,
    *,
    outcome: str,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
    draws: int = 300,
) -> CompetingStudy:
    """Snapshot without dates: one cause, cross-validated; those still there are scored.

    Parameters
    ----------
    rows : DataFrame, one row per contract
    outcome : str
        Column that is True where the contract ended.
    key : str, default customer_id
    settings : PropensitySettings
    draws : int, default 300

    Returns
    -------
    CompetingStudy
    """
    still_there = rows[~rows[outcome].astype(bool)]
    study = study_undated(
        rows, outcome=outcome, scored=still_there, key=key, settings=settings, draws=draws
    )
    scored = study.scored.assign(p_any=study.scored["probability"])
    return CompetingStudy({"any": study}, study.propensity.test, study.evidence, scored, rows)


def _settings(settings: PropensitySettings, outcome: pd.Series) -> PropensitySettings:
    """Few events do not feed many parameters: only the modest methods are tried."""
    if outcome.fillna(False).astype(bool).sum() >= FEW_EVENTS:
        return settings
    return replace(settings, candidates=CHEAP_METHODS)


def _together(
    rows: pd.DataFrame,
    studies: dict[str, Study],
    rates: dict[str, float],
    any_end: str,
    key: str,
    settings: PropensitySettings,
    draws: int,
) -> CompetingStudy:
    labelled = rows[rows["role"] != "score"].reset_index(drop=True)
    held, before = (labelled[(labelled["role"] == "test") == flag] for flag in (True, False))
    columns = next(iter(studies.values())).propensity.columns
    tested = [study.propensity.test["probability"].to_numpy() for study in studies.values()]
    test = held[[key, "origin_on"]].assign(
        outcome=held[any_end].to_numpy(dtype=bool),
        probability=_sum([*tested, *rates.values()]),
        rule_score=_rule(before, columns, any_end).score(with_categories(held[columns])),
    )
    scored = _with_sum(next(iter(studies.values())).scored, studies, rates)
    found = evidence(test, customer=key, draws=draws, seed=settings.seed)
    if found.loses_to_rule:
        scored = _by_rule(scored, _rule(labelled, columns, any_end), columns)
    return CompetingStudy(studies, test.reset_index(drop=True), found, scored, labelled)


def _with_sum(
    first: pd.DataFrame, studies: dict[str, Study], rates: dict[str, float]
) -> pd.DataFrame:
    chances = {c: study.scored["probability"].to_numpy() for c, study in studies.items()} | rates
    total = _sum(list(chances.values()))
    chances = {f"p_{cause}": chance for cause, chance in chances.items()}
    return first.assign(**chances, probability=total, order=total, decile=deciles(total))


def _by_rule(scored: pd.DataFrame, rule: PlainRule, columns: list[str]) -> pd.DataFrame:
    """Chances of an end by the plain rule; the model still divides them among the causes."""
    frame = with_categories(scored[columns])
    total, order = rule.probability(frame), rule.score(frame)
    share = total / scored["probability"].clip(lower=1e-9)
    divided = {c: scored[c] * share for c in scored if c.startswith("p_")}
    return scored.assign(**divided, probability=total, order=order, decile=deciles(order))


def _sum(chances: list[np.ndarray | float]) -> np.ndarray:
    return np.minimum(sum(chances), 1.0)


def _rule(rows: pd.DataFrame, columns: list[str], any_end: str) -> PlainRule:
    return plain_rule(with_categories(rows[columns]), rows[any_end].to_numpy(dtype=bool))
