"""What goes with overall satisfaction: answers -> shares, slopes below and above the middle."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.feedback.driver_shares import MOST_DRIVERS, shapley_parts
from crm_helpers.measures.feedback.scale_middles import on_own_scale
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL, claim_level
from crm_helpers.measures.statistics.clustered_test import clustered_p_value
from crm_helpers.tables.needs import Skip

DISAPPOINTS, DELIGHTS, EVEN = "disappoints", "delights", "even"
SAME = 1e-9  # shares nearer to each other than this are equal but for rounding


@dataclass(frozen=True, repr=False)
class DriverStudy:
    """Drivers of an overall answer.

    Attributes
    ----------
    table : DataFrame, one row per driver, largest share first
        driver; share, share_low, share_high: part of the explained variance, 0 to 1;
        below, above: change of the overall answer by one step below and above the middle, each
        with _low and _high at 95 %; gap (below less above) likewise, at the level of claims,
        allowing for all drivers; below_sure : float, lower end of below at that level;
        below_error : float, standard error of below;
        kind : str, disappoints (when bad), delights (when good) or even;
        mean : float; middle : float, of the scale of the question, where its slopes meet
    r_squared : float
        Of the regression on all drivers.
    p_value : float
        Chance of such drivers when none goes with the overall answer; a person counts once.
    answers, persons, draws : int
    lead_low, lead_high : float
        Interval of the share of the first driver less that of the second, at the level of
        claims, allowing for all drivers of which one could have led.
    """

    table: pd.DataFrame
    r_squared: float
    p_value: float
    answers: int
    persons: int
    draws: int
    lead_low: float
    lead_high: float

    @property
    def explains(self) -> bool:
        """Whether the drivers together go with the overall answer beyond chance."""
        return self.p_value < 1 - CLAIM_LEVEL

    @property
    def has_leader(self) -> bool:
        """Whether the first driver stands before the second beyond chance."""
        return self.explains and (len(self.table) == 1 or self.lead_low > SAME)

    @property
    def free(self) -> float:
        """Degrees of freedom of the standard errors of the slopes."""
        return _free(self.persons, self.draws)

    def __repr__(self) -> str:
        """Drivers, size and fit, in one line."""
        return (
            f"Study of {len(self.table)} drivers: {self.answers:,} answers of {self.persons:,} "
            f"persons, R squared {self.r_squared:.2f}"
        )


def complete_answers(answers: pd.DataFrame, overall: str, drivers: list[str]) -> pd.DataFrame:
    """One row per person and period with the overall answer and all drivers.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns person_id, period, item, score, [scale]; of a question asked on several scales
        the one most used counts.
    overall : str
        Question of the overall satisfaction.
    drivers : list of str
        Other questions; empty means all that half of those who answered `overall` answered too.

    Returns
    -------
    DataFrame, indexed by person_id and period

    Raises
    ------
    Skip
        If the overall question or any driver is not among the answers.
    """
    rows = on_own_scale(answers[answers["item"] != ""])
    wide = rows.pivot_table(index=["person_id", "period"], columns="item", values="score")
    if overall not in wide:
        raise Skip(
            f"No answers to '{overall}', the question of overall satisfaction; found "
            f"{', '.join(map(str, wide.columns)) or 'none'}. Set overall_item."
        )
    asked = wide[wide[overall].notna()]
    often = [c for c in asked if c != overall and asked[c].notna().mean() >= 0.5]
    chosen = [d for d in (drivers or often) if d in asked]
    if not chosen:
        raise Skip("No other question was answered beside the overall one.")
    return asked[[overall, *chosen]].dropna()


def driver_study(
    wide: pd.DataFrame,
    overall: str,
    middles: pd.Series,
    *,
    min_answers: int,
    draws: int,
    seed: int,
) -> DriverStudy:
    """Shapley-Owen shares and slopes below and above the middle, intervals drawn by person.

    Parameters
    ----------
    wide : DataFrame of `complete_answers`
    overall : str
    middles : Series of float, by question
        Middle of the scale of each, from `scale_middles`.
    min_answers : int
        Fewer answers than this name no driver.
    draws : int
        Resamples behind an interval.
    seed : int
        For the resamples, and for the lots of the test.

    Returns
    -------
    DriverStudy

    Raises
    ------
    Skip
        If there are too few answers, too many drivers, or the answers never vary.

    References
    ----------
    .. [1] Groemping (2007), Estimators of Relative Importance in Linear Regression.
    .. [2] Mittal, Ross & Baldasare (1998), The Asymmetric Impact of Negative and Positive
       Attribute-Level Performance on Overall Satisfaction, Journal of Marketing 62.
    """
    names = [name for name in wide if name != overall]
    _check(wide, overall, names, min_answers)
    weights, persons = _draws_by_person(wide, draws, seed)
    drivers, result = wide[names].to_numpy(float), wide[overall].to_numpy(float)
    parts = _shares(np.column_stack([drivers, result]), weights)
    middle = middles.loc[names].to_numpy(float)
    reach = _reach(len(names), persons, draws)
    table = _table(names, parts, _slopes(drivers, result, middle, weights), reach)
    table = table.assign(mean=drivers.mean(axis=0), middle=middle)
    order = np.argsort(-table["share"].to_numpy(), kind="stable")
    lead = parts[:, order[0]] - parts[:, order[1]] if len(names) > 1 else np.ones(draws + 1)
    return DriverStudy(
        table.iloc[order].reset_index(drop=True),
        _r_squared(drivers, result),
        clustered_p_value(wide[names], wide[overall], *_levels(wide), seed=seed),
        len(wide),
        persons,
        draws,
        *_claimed(lead, reach),
    )


def _reach(choices: int, persons: int, draws: int) -> float:
    """Standard errors to the ends of a claim, these errors being measured themselves."""
    return float(stats.t.ppf((1 + claim_level(choices)) / 2, _free(persons, draws)))


def _free(persons: int, draws: int) -> float:
    """Degrees of freedom of errors that rest on so many persons and so many draws."""
    return 1 / (1 / max(persons - 1, 1) + 1 / max(draws - 1, 1))


def _levels(wide: pd.DataFrame) -> list[pd.Series]:
    return [wide.index.get_level_values(name).to_series() for name in ("person_id", "period")]


def _check(wide: pd.DataFrame, overall: str, names: list[str], least: int) -> None:
    if len(wide) < least:
        raise Skip(
            f"Only {len(wide):,} answers are complete, fewer than the {least:,} from which a "
            "driver is named (min_answers)."
        )
    if len(names) > MOST_DRIVERS:
        raise Skip(
            f"{len(names)} questions beside the overall one; at most {MOST_DRIVERS} can be "
            "weighed together. Choose them with driver_items."
        )
    flat = [name for name in wide if wide[name].nunique() < 2]
    if flat:
        raise Skip(f"All {len(wide):,} answers to '{flat[0]}' are the same.")


def _draws_by_person(wide: pd.DataFrame, draws: int, seed: int) -> tuple[np.ndarray, int]:
    """Row 0 counts everybody once, the others how often chance drew each person."""
    codes, found = pd.factorize(wide.index.get_level_values("person_id"), sort=True)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(found), np.full(len(found), 1 / len(found)), size=draws)
    return np.vstack([np.ones(len(found), dtype=int), counts])[:, codes].astype(float), len(found)


def _shares(data: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of each driver in each draw, from all weighted correlations at once."""
    total = weights.sum(axis=1)
    means = weights @ data / total[:, None]
    products = np.einsum("ni,nj->nij", data, data).reshape(len(data), -1)
    size = data.shape[1]
    second = (weights @ products / total[:, None]).reshape(-1, size, size)
    covariance = second - means[:, :, None] * means[:, None, :]
    spread = np.sqrt(np.maximum(np.einsum("bii->bi", covariance), 1e-12))
    parts = shapley_parts(covariance / spread[:, :, None] / spread[:, None, :])
    return parts / np.maximum(parts.sum(axis=1, keepdims=True), 1e-12)


def _slopes(
    drivers: np.ndarray, overall: np.ndarray, middle: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Least squares on each driver below and above its middle, shape (draws + 1, 2 x drivers)."""
    below, above = np.minimum(drivers, middle) - middle, np.maximum(drivers, middle) - middle
    data = np.column_stack([np.ones(len(drivers)), below, above])
    size = data.shape[1]
    products = np.einsum("ni,nj->nij", data, data).reshape(len(data), -1)
    normal = (weights @ products).reshape(-1, size, size)
    return np.einsum("bij,bj->bi", np.linalg.pinv(normal), weights @ (data * overall[:, None]))[
        :, 1:
    ]


def _table(names: list[str], parts: np.ndarray, slopes: np.ndarray, reach: float) -> pd.DataFrame:
    count = len(names)
    below, above = slopes[:, :count], slopes[:, count:]
    table = pd.DataFrame({"driver": names})
    for name, values in (("share", parts), ("below", below), ("above", above)):
        table = table.assign(**_with_interval(name, values))
    low, high = _claimed(below - above, reach)
    kind = np.select([low > 0, high < 0], [DISAPPOINTS, DELIGHTS], EVEN)
    gap = {"gap": below[0] - above[0], "gap_low": low, "gap_high": high}
    sure = {"below_error": _error(below), "below_sure": _claimed(below, reach)[0]}
    return table.assign(**gap, **sure, kind=kind)


def _with_interval(name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    low, high = np.quantile(values[1:], [0.025, 0.975], axis=0)
    return {name: values[0], f"{name}_low": low, f"{name}_high": high}


def _claimed(values: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Ends so many standard errors away, the error being the spread of the draws."""
    error = _error(values)
    return values[0] - reach * error, values[0] + reach * error


def _error(values: np.ndarray) -> np.ndarray:
    return values[1:].std(axis=0, ddof=1)


def _r_squared(drivers: np.ndarray, overall: np.ndarray) -> float:
    data = np.column_stack([np.ones(len(drivers)), drivers])
    found, *_ = np.linalg.lstsq(data, overall)
    rest = float(((overall - data @ found) ** 2).sum())
    return 1 - rest / float(((overall - overall.mean()) ** 2).sum())
