"""Answers and later orders -> difference of behaviour, alone and beside equal earlier orders."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.statistics.person_lot import PersonLot
from crm_helpers.tables.needs import Skip

DRAWS, FEWEST_DRAWS = 1_999, 499
MOST_NUMBERS = 50_000_000  # answers x draws


@dataclass(frozen=True)
class Link:
    """How much an outcome differs by one unit of a predictor.

    Attributes
    ----------
    plain : float
        Difference as it stands.
    adjusted, low, high : float
        Among customers who had ordered alike before, with the interval at 95 %.
    answers, customers : int
    smallest_detectable : float
        Smallest true difference that these numbers would have shown in four of five tries.
    p_value : float
        Chance of so large a difference where there is none; a customer counts once.
    """

    plain: float
    adjusted: float
    low: float
    high: float
    answers: int
    customers: int
    smallest_detectable: float
    p_value: float

    @property
    def is_shown(self) -> bool:
        """Whether there is a difference beyond chance, at the level of claims."""
        return self.p_value < 1 - CLAIM_LEVEL


def behaviour_link(
    rows: pd.DataFrame, predictor: str, outcome: str, *, min_answers: int = 100, seed: int = 0
) -> Link:
    """Difference of an outcome by one unit of a predictor, adjusted for orders before.

    Least squares on the predictor, the logarithms of orders, money and recency before the
    answer, and the wave of the answer. For a yes/no outcome this is a difference of shares. A
    difference is no effect: whoever is unhappy may differ otherwise.

    Chance is what remains when that which orders before leave unexplained is dealt out anew among
    whole customers who answered in the same waves. An error clustered by customer is too small
    where few are unhappy: of 1,000 worlds without a difference it showed one in 39 (ten unhappy
    of a hundred) and in 117 (ten of 190, one in ten of whom lapses), where 5 were to be expected.

    Parameters
    ----------
    rows : DataFrame of `answers_and_orders`
        And the predictor, the outcome and wave.
    predictor, outcome : str
    min_answers : int, default 100
    seed : int, default 0
        For the lots.

    Returns
    -------
    Link

    Raises
    ------
    Skip
        If there are too few answers, or the predictor or the outcome never varies.

    References
    ----------
    .. [1] Angrist & Pischke (2009), Mostly Harmless Econometrics, section 3.4.
    .. [2] Freedman & Lane (1983), A Nonstochastic Interpretation of Reported Significance Levels,
       Journal of Business & Economic Statistics 1.
    """
    _check(rows, predictor, outcome, min_answers)
    y, x = (rows[name].to_numpy(dtype=float) for name in (outcome, predictor))
    before, _ = np.linalg.qr(np.column_stack([np.ones(len(rows)), _earlier(rows)]))
    x_left, y_left = (one - before @ (before.T @ one) for one in (x, y))
    size = float(x_left @ x_left)
    if size <= len(rows) * 1e-12:
        raise Skip(f"Earlier orders tell {predictor.replace('_', ' ')} apart by themselves.")
    found = float(x_left @ y_left) / size
    lots = _by_lot(rows, x_left / size, y_left, seed)
    reach = float(np.quantile(lots, 0.95))
    power = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) / stats.norm.ppf(0.975)
    return Link(
        plain=float(np.cov(x, y)[0, 1] / x.var(ddof=1)),
        adjusted=found,
        low=found - reach,
        high=found + reach,
        answers=len(rows),
        customers=int(rows["customer_id"].nunique()),
        smallest_detectable=power * reach,
        p_value=float((1 + (lots >= abs(found)).sum()) / (len(lots) + 1)),
    )


def _check(rows: pd.DataFrame, predictor: str, outcome: str, min_answers: int) -> None:
    if len(rows) < min_answers:
        raise Skip(
            f"Only {len(rows):,} answers can be followed to later orders, fewer than "
            f"{min_answers:,}."
        )
    flat = [name for name in (predictor, outcome) if rows[name].nunique() < 2]
    if flat:
        raise Skip(f"All {len(rows):,} customers are alike in {flat[0].replace('_', ' ')}.")


def _by_lot(rows: pd.DataFrame, pull: np.ndarray, left: np.ndarray, seed: int) -> np.ndarray:
    """Sizes of the differences that lots make of what earlier orders leave unexplained."""
    draws = int(np.clip(MOST_NUMBERS // len(rows), FEWEST_DRAWS, DRAWS))
    lot = PersonLot(rows["customer_id"], rows["wave"])
    return np.concatenate([np.abs(left[o] @ pull) for o in lot.in_pieces(draws, seed)])


def _earlier(rows: pd.DataFrame) -> pd.DataFrame:
    known = {
        "orders": np.log1p(rows["orders_before"]),
        "money": np.log1p(rows["revenue_before"].clip(lower=0)),
        "recency": np.log1p(rows["recency_days"]),
    }
    # Without prices money is empty throughout, and says nothing of anybody.
    varying = {name: values for name, values in known.items() if values.nunique() > 1}
    waves = pd.get_dummies(rows["wave"], prefix="wave", drop_first=True, dtype=float)
    return pd.concat([pd.DataFrame(varying), waves], axis=1)
