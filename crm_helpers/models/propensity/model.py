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

from crm_helpers.measures.forecasts.score_tenths import deciles
from crm_helpers.models.propensity.choice import Choice, Split, chosen, folds, inner_folds
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.fitting import (
    Fitted,
    Level,
    fitted,
    level_errors,
    time_splits,
    unseen_scores,
)
from crm_helpers.models.propensity.model_columns import ModelColumns, model_columns
from crm_helpers.models.propensity.parts import (
    DEFAULTS,
    PropensitySettings,
    base_rates,
    check_events,
    held_out_rows,
    year_before,
)
from crm_helpers.models.propensity.plain_rule import PlainRule, plain_rule


@dataclass(frozen=True, repr=False)
class Propensity:
    """A model of a yes/no outcome with what its test showed."""

    method: str
    calibration: str
    rule: PlainRule
    fitted: Fitted
    allowed: ModelColumns
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

    @property
    def columns(self) -> list[str]:
        """Predictors that the model uses."""
        return self.allowed.used

    @property
    def excluded(self) -> pd.DataFrame:
        """Columns left out: column, reason (a code), alone_auc, with_auc, without_auc."""
        return self.allowed.left_out

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
    allowed = model_columns(
        rows[~test], happened[~test], [key, outcome], settings, watched=settings.snapshot_columns
    )
    predictors = with_categories(rows[allowed.used])
    splits = time_splits(rows["role"].to_numpy(), rows[key].to_numpy(), happened, settings)
    choice = _choose(predictors, happened, splits, settings)
    raw, chance = _before_and_test(choice, predictors, rows, happened, rows[key], settings)
    # Calibration learns from all scores given to rows not yet learned from, the test's too.
    more = choice.with_scores(raw[test], happened[test])
    level = Level(raw, happened, _season(rows["origin_on"], asked))
    final = fitted(more, predictors, happened, settings, level=level)
    rule = plain_rule(settings.plain(predictors[~test]), happened[~test])
    held_out = held_out_rows(rows[test], key, happened[test], chance[test], rule)
    told = (allowed, choice.tried, base_rates(rows, happened), held_out)
    in_time = {"tested_in_time": True, "level_errors": level_errors(rows, happened, chance)}
    return Propensity(choice.method, choice.calibration, rule, final, *told, key=key, **in_time)


def _before_and_test(
    choice: Choice,
    predictors: pd.DataFrame,
    rows: pd.DataFrame,
    happened: np.ndarray,
    subject: pd.Series,
    settings: PropensitySettings,
) -> tuple[np.ndarray, np.ndarray]:
    """Raw score and chance of each row, by a learner that had not seen it: by folds, then in time.

    The rows before the test are scored by folds of subjects, the test by all before it.
    """
    test = (rows["role"] == "test").to_numpy()
    before, known = predictors[~test], happened[~test]
    raw = np.empty(len(rows))
    raw[~test] = unseen_scores(choice.method, before, known, subject[~test].to_numpy(), settings)
    season = _season(rows.loc[~test, "origin_on"], rows.loc[test, "origin_on"].max())
    tested = fitted(choice, before, known, settings, level=Level(raw[~test], known, season))
    raw[test] = tested.learner.probability(predictors[test])
    return raw, tested.calibrate(raw)


def _season(origin: pd.Series, day: object) -> np.ndarray | None:
    return None if pd.isna(day) else year_before(origin, day)


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
    allowed = model_columns(rows, happened, [key, outcome], settings, watched=watched)
    predictors, subject = with_categories(rows[allowed.used]), rows[key].to_numpy()
    parts = folds(happened, subject, count=settings.folds, seed=settings.seed)
    tests = [_fold_test(rows, predictors, happened, part, key, settings) for part in parts]
    splits = inner_folds(happened, subject, seed=settings.seed)
    choice = _choose(predictors, happened, splits, settings)
    rates = base_rates(rows.assign(origin_on="all", role="cross-validation"), happened)
    held_out = pd.concat(tests).sort_index().reset_index(drop=True)
    rule = plain_rule(settings.plain(predictors), happened)
    final = _levelled(choice, predictors, happened, subject, settings)
    told = (allowed, choice.tried, rates, held_out)
    return Propensity(
        choice.method, choice.calibration, rule, final, *told, tested_in_time=False, key=key
    )


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
    model = _levelled(choice, learn, known, rows[key].to_numpy()[part.learn], settings)
    chance = model.probability(predictors.iloc[part.judge])
    rule = plain_rule(settings.plain(learn), known)
    test = rows.iloc[part.judge].assign(origin_on="all")
    scored = held_out_rows(test, key, happened[part.judge], chance, rule)
    # Folds may choose different rules, whose scales differ: ranks can be pooled, scores not.
    return scored.assign(rule_score=scored["rule_score"].rank(pct=True))


def _levelled(
    choice: Choice,
    predictors: pd.DataFrame,
    happened: np.ndarray,
    subject: np.ndarray,
    settings: PropensitySettings,
) -> Fitted:
    raw = unseen_scores(choice.method, predictors, happened, subject, settings)
    return fitted(choice, predictors, happened, settings, level=Level(raw, happened))


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
