"""Study of one yes/no outcome: rows of all origins -> a tested model, customers scored."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.measures.forecasts.score_tenths import deciles
from crm_helpers.models.propensity.model import Propensity, fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import DEFAULTS, PropensitySettings


@dataclass(frozen=True, repr=False)
class Study:
    """A propensity, what its test says, and the customers it scores.

    Parameters
    ----------
    propensity : Propensity
        Gives the plain rule's probabilities where the model lost to it.
    evidence : Evidence
        Of the model, as tested; the rule stands beside it.
    labelled : DataFrame, one row per customer and origin
        All rows whose outcome is known.
    scored : DataFrame, one row per customer scored
        Predictors, probability, order and decile.
    outcome : str
    """

    propensity: Propensity
    evidence: Evidence
    labelled: pd.DataFrame
    scored: pd.DataFrame
    outcome: str

    def __repr__(self) -> str:
        """Of what, by which method, on how many rows, how good, in one line."""
        return (
            f"Study of {self.outcome}: {self.propensity.method}, {len(self.labelled):,} rows, "
            f"{len(self.scored):,} scored, AUC {self.evidence.auc:.2f}"
        )

    @property
    def finds_something(self) -> bool:
        """True when the order of the customers is better than chance; else no list is made."""
        return self.evidence.finds_something

    def test_rows(self) -> pd.DataFrame:
        """Test rows with their predictors beside probability and outcome, in the same order."""
        keys = [self.propensity.key, "origin_on"]
        keys = keys if self.propensity.tested_in_time else keys[:1]
        known = self.labelled[[*keys, *self.labelled.columns.difference([*keys, "role"])]]
        return self.propensity.test.merge(known, on=keys, how="left", suffixes=("", "_known"))


def study_in_time(
    rows: pd.DataFrame,
    *,
    outcome: str,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
    draws: int = 300,
    falls_back: bool = True,
) -> Study:
    """Study of an outcome that was seen after several origins.

    Parameters
    ----------
    rows : DataFrame, one row per customer and origin
        As given by `features.origin_rows`; those of role score are scored.
    outcome : str
    key : str, default customer_id
    settings : PropensitySettings
    draws : int, default 300
        Resamples behind the intervals.
    falls_back : bool, default True
        Whether the plain rule takes the place of a model that lost to it.

    Returns
    -------
    Study
    """
    propensity = fit_in_time(rows, outcome=outcome, key=key, settings=settings)
    return study_of(
        propensity, rows, outcome=outcome, seed=settings.seed, draws=draws, falls_back=falls_back
    )


def study_of(
    propensity: Propensity,
    rows: pd.DataFrame,
    *,
    outcome: str,
    seed: int = 0,
    draws: int = 300,
    falls_back: bool = True,
) -> Study:
    """Study of a model that `fit_in_time` has learned from these rows.

    Parameters
    ----------
    propensity : Propensity
        Learned, chosen and tested on the rows.
    rows : DataFrame, one row per customer and origin
        Those of role score are scored.
    outcome : str
    seed : int, default 0
        Of the resamples.
    draws : int, default 300
        Resamples behind the intervals.
    falls_back : bool, default True
        Whether the plain rule takes the place of a model that lost to it.

    Returns
    -------
    Study
    """
    scored = rows[rows["role"] == "score"].reset_index(drop=True)
    labelled = rows[rows["role"] != "score"].reset_index(drop=True)
    return _study(propensity, labelled, scored, outcome, seed, draws, falls_back)


def study_undated(
    rows: pd.DataFrame,
    *,
    outcome: str,
    scored: pd.DataFrame,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
    draws: int = 300,
) -> Study:
    """Study of a snapshot without dates, tested by cross-validation.

    Parameters
    ----------
    rows : DataFrame, one row per customer
        The snapshot with its outcome.
    outcome : str
    scored : DataFrame, one row per customer
        Customers to score, such as those still there.
    key : str, default customer_id
    settings : PropensitySettings
    draws : int, default 300
        Resamples behind the intervals.

    Returns
    -------
    Study
    """
    propensity = fit_undated(rows, outcome=outcome, key=key, settings=settings)
    return _study(propensity, rows, scored.reset_index(drop=True), outcome, settings.seed, draws)


def shuffled(rows: pd.DataFrame, outcome: str, *, seed: int = 0) -> pd.DataFrame:
    """Rows whose outcomes are dealt out anew at each origin: a world with nothing to find.

    Parameters
    ----------
    rows : DataFrame, one row per customer and origin
        With the outcome, and origin_on where there are several.
    outcome : str
    seed : int, default 0

    Returns
    -------
    DataFrame of the same rows and columns
    """
    rng = np.random.default_rng(seed)
    known = rows[rows[outcome].notna()]
    origin = known["origin_on"] if "origin_on" in known else pd.Series(0, index=known.index)
    dealt = rows[outcome].copy()
    for _, labels in known[outcome].groupby(origin):
        dealt.loc[labels.index] = rng.permutation(labels.to_numpy())
    return rows.assign(**{outcome: dealt})


def _study(
    propensity: Propensity,
    labelled: pd.DataFrame,
    scored: pd.DataFrame,
    outcome: str,
    seed: int,
    draws: int,
    falls_back: bool = True,
) -> Study:
    key = propensity.key
    found = evidence(propensity.test, customer=key, draws=draws, seed=seed)
    used = propensity.by_rule() if falls_back and found.loses_to_rule else propensity
    given = used.score(scored).drop(columns=key)
    # An undated snapshot holds those it scores among its rows: each gets the fold's own score.
    if not propensity.tested_in_time and not used.uses_rule:
        given = _out_of_fold(propensity, scored, given)
    return Study(used, found, labelled, pd.concat([scored, given], axis=1), outcome)


def _out_of_fold(propensity: Propensity, scored: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    by_key = propensity.test.drop_duplicates(propensity.key).set_index(propensity.key)
    known = scored[propensity.key].map(by_key["probability"]).to_numpy(dtype=float)
    chance = np.where(np.isnan(known), given["probability"], known)
    return given.assign(probability=chance, order=chance, decile=deciles(chance))
