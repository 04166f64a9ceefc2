"""Answers and later orders -> difference of behaviour, alone and beside equal earlier orders."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from crm_helpers.tables.needs import Skip


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
    """

    plain: float
    adjusted: float
    low: float
    high: float
    answers: int
    customers: int
    smallest_detectable: float

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def behaviour_link(
    rows: pd.DataFrame, predictor: str, outcome: str, *, min_answers: int = 100
) -> Link:
    """Difference of an outcome by one unit of a predictor, adjusted for orders before.

    Least squares on the predictor, the logarithms of orders, money and recency before the
    answer, and the wave of the answer; errors clustered by customer. For a yes/no outcome this is
    a difference of shares. A difference is no effect: whoever is unhappy may differ otherwise.

    Parameters
    ----------
    rows : DataFrame of `answers_and_orders`
        And the predictor, the outcome and wave.
    predictor, outcome : str
    min_answers : int, default 100

    Returns
    -------
    Link

    Raises
    ------
    Skip
        If there are too few answers, or the predictor or the outcome never varies.

    References
    ----------
    .. [1] Angrist & Pischke (2009), Mostly Harmless Econometrics, sections 3.4 and 8.2.
    """
    if len(rows) < min_answers:
        raise Skip(
            f"Only {len(rows):,} answers can be followed to later orders, fewer than "
            f"{min_answers:,}."
        )
    flat = [name for name in (predictor, outcome) if rows[name].nunique() < 2]
    if flat:
        raise Skip(f"All {len(rows):,} customers are alike in {flat[0].replace('_', ' ')}.")
    y, x = rows[outcome].astype(float), rows[predictor].astype(float)
    plain = float(np.cov(x, y)[0, 1] / x.var())
    before = _earlier(rows)
    design = sm.add_constant(pd.concat([x.rename("it"), before], axis=1).astype(float))
    codes = pd.factorize(rows["customer_id"])[0]
    fit = sm.OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": codes})
    low, high = fit.conf_int().loc["it"]
    detectable = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * fit.bse["it"]
    return Link(
        plain,
        float(fit.params["it"]),
        float(low),
        float(high),
        len(rows),
        int(codes.max()) + 1,
        float(detectable),
    )


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
