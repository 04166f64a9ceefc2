"""Propensity of a yes/no outcome: predictors + outcomes -> a tested, calibrated model.

Interface (stable)
------------------
One frame holds the rows: a key (`customer_id`), the outcome (bool), and predictors.

`fit_in_time(rows, ...)` wants two columns more: `role` (train, validation, test; others are
ignored) and `origin_on` (a date, or anything that sorts in time). Learns on train, chooses method,
calibration on validation, the plain rule on both, scores test once, then refits on all.

`fit_undated(rows, ...)` wants no dates: stratified cross-validation by subject, everything chosen
inside each fold's training part; the report must say it could not be tested in time.

Both give a `Propensity`: `.test` (key, origin_on, outcome, probability, rule_score,
rule_probability: input of `evidence` of measures), `.score(rows)` -> key, probability,
order, decile; `.method`, `.calibration`, `.rule`, `.tried`, `.base_rates`, `.excluded`, `.columns`,
`.tested_in_time`, `.level_errors` (log-odds by which the level was out at earlier origins).
`.by_rule()` is the same with the plain rule in the model's place, for a report whose model lost.
Too few events raise Skip.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.loss_forecast import level_error
from crm_helpers.measures.forecasts.score_tenths import deciles
from crm_helpers.models.propensity.choice import Choice, Split, chosen, folds, inner_folds
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.parts import (
    DEFAULTS,
    Fitted,
    PropensitySettings,
    base_rates,
    check_events,
    fewest,
    fitted,
    held_out_rows,
    model_columns,
    year_before,
)
from crm_helpers.models.propensity.plain_rule import PlainRule, plain_rule

FEWEST_TO_CHOOSE_BY = 10
FEWEST_FOR_LEVEL = 100


@dataclass(frozen=True, repr=False)
class Propensity:
    """A model of a yes/no outcome with what its test showed."""

    method: str
    calibration: str
    rule: PlainRule
    fitted: Fitted
    columns: list[str]
    excluded: pd.DataFrame
    tried: pd.DataFrame
    base_rates: pd.DataFrame
    test: pd.DataFrame
    tested_in_time: bool
    key: str
    level_errors: tuple[float, ...] = ()
    uses_rule: bool = False

    def __repr__(self) -> str:
        """Method, predictors and how it was tested, in one line."""
        where = "in time" if self.tested_in_time else "by cross-validation"
        return (
            f"Propensity: {self.method}, {len(self.columns):,} predictors, tested {where} on "
            f"{len(self.test):,} rows, {int(self.test['outcome'].sum()):,} with the outcome"
        )

    def probability(self, rows: pd.DataFrame) -> np.ndarray:
        """Calibrated probability of the outcome.

        Parameters
        ----------
        rows : DataFrame, one row per subject
            The predictors; other columns are not looked at.

        Returns
        -------
        ndarray of float in [0, 1], shape (n_subjects,)
        """
        if self.uses_rule:
            return self.rule.probability(rows)
        return self.fitted.probability(with_categories(rows[self.columns]))

    def score(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Probability and tenth of each subject.

        Parameters
        ----------
        rows : DataFrame, one row per subject
            The key and the predictors.

        Returns
        -------
        DataFrame, one row per subject, in the given order
            <key>; probability : float in [0, 1]; order : float, higher is likelier;
            decile : int, 1 is the likeliest tenth
        """
        chance = self.probability(rows)
        order = self.rule.score(rows) if self.uses_rule else chance
        scored = {"probability": chance, "order": order, "decile": deciles(order)}
        return pd.DataFrame({self.key: rows[self.key].to_numpy(), **scored})

    def by_rule(self) -> "Propensity":
        """The same with the plain rule giving probabilities and order."""
        return replace(self, uses_rule=True, method="plain rule", calibration="isotonic")


def fit_in_time(
    rows: pd.DataFrame,
    *,
    outcome: str,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
) -> Propensity:
    """Model learned, chosen and tested at successive origins, refitted on all of them.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
        key, outcome, role, origin_on, and predictors.
    outcome : str
        Column that is True where the subject did it.
    key : str, default customer_id
    settings : PropensitySettings

    Returns
    -------
    Propensity
        Its test rows are those of role test.

    Raises
    ------
    Skip
        If training or test hold fewer than `min_events` subjects of either kind.
    """
    asked = rows.loc[rows["role"] == "score", "origin_on"].max()
    rows = rows[rows["role"].isin(["train", "validation", "test"])].reset_index(drop=True)
    happened = rows[outcome].to_numpy(dtype=bool)
    test = (rows["role"] == "test").to_numpy()
    check_events(happened[~test], "training", settings.min_events)
    check_events(happened[test], "test", settings.min_events)
    columns, excluded = model_columns(
        rows[~test], happened[~test], [key, outcome], settings, watched=settings.snapshot_columns
    )
    predictors = with_categories(rows[columns])
    splits = _time_splits(rows["role"].to_numpy(), rows[key].to_numpy(), happened, settings)
    choice = _choose(predictors, happened, splits, settings)
    season = year_before(rows.loc[~test, "origin_on"], rows.loc[test, "origin_on"].max())
    tested = fitted(choice, predictors[~test], happened[~test], settings, season=season)
    rule = plain_rule(settings.plain(predictors[~test]), happened[~test])
    chance = tested.probability(predictors)
    errors = _level_errors(rows, happened, chance)
    choice = _with_test(choice, tested, predictors[test], happened[test])
    season = None if pd.isna(asked) else year_before(rows["origin_on"], asked)
    return Propensity(
        choice.method, choice.calibration, rule,
        fitted(choice, predictors, happened, settings, season=season),
        columns, excluded, choice.tried, base_rates(rows, happened),
        held_out_rows(rows[test], key, happened[test], chance[test], rule),
        tested_in_time=True, key=key, level_errors=errors,
    )  # fmt: skip


def fit_undated(
    rows: pd.DataFrame,
    *,
    outcome: str,
    key: str = "customer_id",
    settings: PropensitySettings = DEFAULTS,
) -> Propensity:
    """Model tested by stratified cross-validation, refitted on all rows.

    Method, calibration and rule are chosen inside the training part of each fold;
    the model that stays is chosen in the same way on all rows.

    Parameters
    ----------
    rows : DataFrame, one row per subject
        key, outcome and predictors.
    outcome : str
        Column that is True where the subject did it.
    key : str, default customer_id
    settings : PropensitySettings

    Returns
    -------
    Propensity
        Its test rows are all rows, each scored by the fold that had not seen it.

    Raises
    ------
    Skip
        If there are fewer than `min_events` subjects of either kind.
    """
    rows = rows.reset_index(drop=True)
    happened = rows[outcome].to_numpy(dtype=bool)
    check_events(happened, "all", settings.min_events)
    watched = settings.snapshot_columns
    watched = tuple(rows.columns.drop([key, outcome])) if watched is None else watched
    columns, excluded = model_columns(rows, happened, [key, outcome], settings, watched=watched)
    predictors, subject = with_categories(rows[columns]), rows[key].to_numpy()
    parts = folds(happened, subject, count=settings.folds, seed=settings.seed)
    tests = [_fold_test(rows, predictors, happened, part, key, settings) for part in parts]
    splits = inner_folds(happened, subject, seed=settings.seed)
    choice = _choose(predictors, happened, splits, settings)
    once = rows.assign(origin_on="all", role="cross-validation")
    return Propensity(
        choice.method, choice.calibration, plain_rule(settings.plain(predictors), happened),
        fitted(choice, predictors, happened, settings),
        columns, excluded, choice.tried, base_rates(once, happened),
        pd.concat(tests).sort_index().reset_index(drop=True),
        tested_in_time=False, key=key,
    )  # fmt: skip


def _fold_test(
    rows: pd.DataFrame,
    predictors: pd.DataFrame,
    happened: np.ndarray,
    part: Split,
    key: str,
    settings: PropensitySettings,
) -> pd.DataFrame:
    learn, known = predictors.iloc[part.learn], happened[part.learn]
    splits = inner_folds(known, rows[key].to_numpy()[part.learn], seed=settings.seed)
    choice = _choose(learn, known, splits, settings)
    chance = fitted(choice, learn, known, settings).probability(predictors.iloc[part.judge])
    rule = plain_rule(settings.plain(learn), known)
    test = rows.iloc[part.judge].assign(origin_on="all")
    scored = held_out_rows(test, key, happened[part.judge], chance, rule)
    # Folds may choose different rules, whose scales differ: ranks can be pooled, scores not.
    return scored.assign(rule_score=scored["rule_score"].rank(pct=True))


def _time_splits(
    role: np.ndarray, subject: np.ndarray, happened: np.ndarray, settings: PropensitySettings
) -> list[Split]:
    """Training rows to learn on and validation rows to choose by; folds where one is missing."""
    train, validation = np.flatnonzero(role == "train"), np.flatnonzero(role == "validation")
    if min(fewest(happened[train]), fewest(happened[validation])) >= FEWEST_TO_CHOOSE_BY:
        return [Split(train, validation)]
    before = np.flatnonzero(role != "test")
    inner = inner_folds(happened[before], subject[before], seed=settings.seed)
    return [Split(before[split.learn], before[split.judge]) for split in inner]


def _choose(
    predictors: pd.DataFrame,
    happened: np.ndarray,
    splits: list[Split],
    settings: PropensitySettings,
) -> Choice:
    monotone = {c: sign for c, sign in settings.monotone.items() if c in predictors}
    return chosen(
        predictors,
        happened,
        splits,
        methods=settings.candidates if settings.method == "auto" else (settings.method,),
        monotone=monotone,
        seed=settings.seed,
    )


def _level_errors(
    rows: pd.DataFrame, happened: np.ndarray, chance: np.ndarray
) -> tuple[float, ...]:
    """Errors of the level by origin, the test last; those learned from count by their scatter.

    The model knows no origin, so its level misses the origins it learned from almost as it
    misses a later one; only their common mean is fitted.
    """
    test = (rows["role"] == "test").to_numpy()
    origin = rows.loc[~test, "origin_on"]
    earlier = [
        level_error(happened[~test][part], chance[~test][part])
        for part in ((origin == day).to_numpy() for day in sorted(origin.unique()))
        if part.sum() >= FEWEST_FOR_LEVEL
    ]
    scatter = [error - float(np.mean(earlier)) for error in earlier]
    return (*scatter, level_error(happened[test], chance[test]))


def _with_test(
    choice: Choice, tested: Fitted, predictors: pd.DataFrame, happened: np.ndarray
) -> Choice:
    """Choice whose calibration learns from all scores given to rows not yet learned from."""
    raw = np.append(choice.raw, tested.learner.probability(predictors))
    return replace(choice, raw=raw, outcome=np.append(choice.outcome, happened))
