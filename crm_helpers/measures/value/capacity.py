"""Cases at capacity: payments, scores and labels -> which are opened, and what they hold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


def opened(score: pd.Series, day: pd.Series, *, cases_per_day: int) -> pd.Series:
    """True for the payments that investigators open: the highest scores of each day.

    Equal scores are opened in the order of the rows; a payment without a score never is.

    Parameters
    ----------
    score : Series of float, shape (n_payments,)
    day : Series, shape (n_payments,)
        Day of the payment; one value for all of them makes one list.
    cases_per_day : int
        Payments that can be opened a day.

    Returns
    -------
    Series of bool, index of `score`

    Examples
    --------
    >>> opened(pd.Series([0.2, 0.9, 0.1]), pd.Series([1, 1, 2]), cases_per_day=1).tolist()
    [False, True, True]
    """
    place = score.groupby(day.to_numpy()).rank(method="first", ascending=False)
    return (place <= cases_per_day).rename(None)


@dataclass(frozen=True)
class CapacityResult:
    """What the opened payments hold.

    Parameters
    ----------
    cases : int
        Payments opened.
    found : int
        Known fraud among them.
    known : int
        Known fraud in all payments.
    money_found, money_known : float, currency
        Amounts of both.
    """

    cases: int
    found: int
    known: int
    money_found: float
    money_known: float

    @property
    def precision(self) -> float:
        """Known fraud per case opened; a lower bound where some payments are not examined."""
        return self.found / self.cases if self.cases else 0.0

    @property
    def recall(self) -> float:
        """Share of the known fraud that is opened."""
        return self.found / self.known if self.known else 0.0

    @property
    def disturbed(self) -> float:
        """Other payments opened per fraud found; infinite where none is found."""
        return (self.cases - self.found) / self.found if self.found else float("inf")

    def net_value(self, *, recoverable_share: float, check_cost: float) -> float:
        """Money saved less the cost of opening, in currency."""
        return self.money_found * recoverable_share - self.cases * check_cost


def at_capacity(is_open: pd.Series, is_fraud: pd.Series, amount: pd.Series) -> CapacityResult:
    """Counts and money of the opened payments; a payment not examined counts as honest.

    Parameters
    ----------
    is_open : Series of bool, shape (n_payments,)
    is_fraud : Series of bool, shape (n_payments,)
        Missing where not examined.
    amount : Series of float, shape (n_payments,)

    Returns
    -------
    CapacityResult

    Examples
    --------
    >>> one = at_capacity(pd.Series([True, False]), pd.Series([True, None]), pd.Series([9.0, 1.0]))
    >>> one.found, one.known, one.recall
    (1, 1, 1.0)
    """
    fraud = is_fraud.eq(True).fillna(False).to_numpy(dtype=bool)
    picked = is_open.to_numpy(dtype=bool)
    money = np.nan_to_num(amount.to_numpy(dtype=float))
    return CapacityResult(
        cases=int(picked.sum()),
        found=int((picked & fraud).sum()),
        known=int(fraud.sum()),
        money_found=float(money[picked & fraud].sum()),
        money_known=float(money[fraud].sum()),
    )
