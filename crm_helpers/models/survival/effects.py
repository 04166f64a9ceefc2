"""Effects of plan, price and service on leaving: contracts -> ratios with intervals."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import norm
from statsmodels.duration.hazard_regression import PHReg

from crm_helpers.models.propensity.encoding import category_columns, numeric_columns
from crm_helpers.tables.needs import Skip

MAX_LEVELS = 8
FEWEST_IN_LEVEL = 20
EVENTS_PER_TERM = 10
RIDGE = 1e-8


def hazard_effects(
    spells: pd.DataFrame, columns: list[str], *, cause: str = "", level: float = 0.95
) -> pd.DataFrame:
    """Hazard ratios of ending a contract, by proportional hazards over tenure.

    Each factor beside the others, tenure taken care of. A ratio says what goes with
    ending, not what causes it. Ends for another reason, or for one not stated, count as no longer
    watched: these are hazards of one cause, and right where a missing reason is chance.

    Parameters
    ----------
    spells : DataFrame, one row per contract
        entry_days, exit_days, ended, [end_reason] and the factors.
    columns : list of str
        Factors to look at.
    cause : str, default ''
        Only ends for this reason; '' for any.
    level : float in (0, 1), default 0.95

    Returns
    -------
    DataFrame, one row per level or number
        factor, level, against : str; ratio, low, high : float; contracts : int

    Raises
    ------
    Skip
        If there are fewer than ten ends per term.

    References
    ----------
    .. [1] Cox (1972), Regression Models and Life-Tables, JRSS B 34, 187-220.
    """
    rows = spells[spells["exit_days"] > spells["entry_days"]]
    ended = rows["ended"].to_numpy(dtype=bool)
    if cause:
        ended = ended & (rows["end_reason"] == cause).to_numpy(dtype=bool)
    terms, told = terms_of(rows, columns)
    _check_events(int(ended.sum()), terms.shape[1])
    model = PHReg(
        rows["exit_days"].to_numpy(float),
        terms.to_numpy(float),
        status=ended.astype(int),
        entry=rows["entry_days"].to_numpy(float),
        ties="efron",
    )
    fit = model.fit()
    return _ratios(told, fit.params, fit.bse, level)


def odds_effects(
    rows: pd.DataFrame, columns: list[str], *, outcome: str, level: float = 0.95
) -> pd.DataFrame:
    """Odds ratios of having left, by logistic regression, for a snapshot without dates.

    Parameters
    ----------
    rows : DataFrame, one row per contract
    columns : list of str
        Factors to look at, tenure among them.
    outcome : str
        Column that is True where the contract ended.
    level : float in (0, 1), default 0.95

    Returns
    -------
    DataFrame, one row per level or number
        factor, level, against : str; ratio, low, high : float; contracts : int

    Raises
    ------
    Skip
        If there are fewer than ten ends per term.
    """
    ended = rows[outcome].to_numpy(dtype=bool)
    terms, told = terms_of(rows, columns)
    _check_events(int(min(ended.sum(), (~ended).sum())), terms.shape[1])
    fit = sm.GLM(ended.astype(float), sm.add_constant(terms), family=sm.families.Binomial()).fit()
    return _ratios(told, fit.params.to_numpy()[1:], fit.bse.to_numpy()[1:], level)


def terms_of(rows: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Terms of a regression: levels against the commonest one, numbers per standard deviation.

    A term that the others already say (fee by plan, 'no internet' six times) is left out.

    Parameters
    ----------
    rows : DataFrame, one row per contract
    columns : list of str

    Returns
    -------
    DataFrame, one row per contract, one column per term
    DataFrame, one row per term
        factor, level, against : str; contracts : int
    """
    parts, told = [], []
    # Words first: where the fee follows from the plan, the plan is what a reader knows.
    named = category_columns(rows[columns])
    for column in [*named, *(c for c in columns if c not in named)]:
        values, words = _column_terms(rows, column)
        parts += values
        told += words
    array = np.column_stack(parts) if parts else np.zeros((len(rows), 0))
    kept = _independent(array)
    frame = pd.DataFrame(array[:, kept], index=rows.index, columns=[f"t{i}" for i in kept])
    names = ["factor", "level", "against", "contracts"]
    return frame, pd.DataFrame([told[i] for i in kept], columns=names)


def _column_terms(rows: pd.DataFrame, column: str) -> tuple[list[np.ndarray], list[tuple]]:
    if column in numeric_columns(rows[[column]]) and rows[column].nunique() > 2:
        number = rows[column].astype(float)
        step = float(number.std())
        scaled = ((number - number.mean()) / step).fillna(0.0) if step > 0 else number * 0.0
        known = int(number.notna().sum())
        return [scaled.to_numpy()], [(column, f"{_short(step)} more", "the average", known)]
    words = rows[column].astype(object).where(rows[column].notna(), "(missing)").astype(str)
    words = words.replace({"True": "yes", "False": "no"})
    counts = words.value_counts()
    levels = counts[counts >= FEWEST_IN_LEVEL].index[:MAX_LEVELS]
    if not len(levels) or column not in (*category_columns(rows), *numeric_columns(rows)):
        return [], []
    shown = [(words == one).to_numpy(dtype=float) for one in levels[1:]]
    return shown, [(column, one, levels[0], int(counts[one])) for one in levels[1:]]


def _short(step: float) -> str:
    if step >= 10:
        return f"{step:,.0f}"
    return np.format_float_positional(step, precision=2, fractional=False, trim="-")


def _independent(array: np.ndarray) -> list[int]:
    """Columns that are not sums of earlier ones and the constant, first come first kept."""
    kept: list[int] = []
    base = np.ones((len(array), 1))
    for place in range(array.shape[1]):
        column = array[:, [place]]
        left = column - base @ np.linalg.lstsq(base, column, rcond=None)[0]
        if (left**2).sum() > 0.05 * max(((column - column.mean()) ** 2).sum(), RIDGE):
            kept.append(place)
            base = np.hstack([base, column])
    return kept


def _ratios(
    told: pd.DataFrame, log_ratio: np.ndarray, error: np.ndarray, level: float
) -> pd.DataFrame:
    spread = norm.ppf((1 + level) / 2) * np.asarray(error)
    found = told.assign(
        ratio=np.exp(log_ratio), low=np.exp(log_ratio - spread), high=np.exp(log_ratio + spread)
    )
    known = found[np.isfinite(found[["ratio", "low", "high"]]).all(axis=1)]
    weight = np.log(known["ratio"]).abs()
    return known.loc[weight.sort_values(ascending=False, kind="stable").index].reset_index(
        drop=True
    )


def _check_events(events: int, terms: int) -> None:
    if terms == 0 or events < EVENTS_PER_TERM * terms:
        raise Skip(
            f"Too few ends to tell effects apart: {events:,} for {terms:,} terms; expected "
            f"{EVENTS_PER_TERM} for each. Use a longer window or fewer attributes."
        )
