"""Cases at capacity: payments, scores and labels -> which are opened, and what they hold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


def opened(
    score: pd.Series,
    day: pd.Series,
    *,
    cases_per_day: int | pd.Series,
    case: pd.Series | None = None,
) -> pd.Series:
    """True for the payments of the cases that investigators open: the best of each day.

    A case is worth what its best payment is, and is opened whole. Equal cases are opened in the
    order of the rows; a case without any score never is.

    Parameters
    ----------
    score : Series of float, shape (n_payments,)
    day : Series, shape (n_payments,)
        Day of the payment, or any other period; one value for all of them makes one list.
    cases_per_day : int, or Series of int, shape (n_payments,)
        Cases that can be opened in the payment's day.
    case : Series, shape (n_payments,), optional
        Case of each payment, which lies in one day; without it each payment is its own.

    Returns
    -------
    Series of bool, index of `score`

    Examples
    --------
    >>> opened(pd.Series([0.2, 0.9, 0.1]), pd.Series([1, 1, 2]), cases_per_day=1).tolist()
    [False, True, True]

    The first two payments are one case.

    >>> one_day, pair = pd.Series([1, 1, 1]), pd.Series([7, 7, 8])
    >>> opened(pd.Series([0.2, 0.9, 0.8]), one_day, cases_per_day=1, case=pair).tolist()
    [True, True, False]
    """
    own = pd.Series(range(len(score)), index=score.index) if case is None else case
    rows = pd.DataFrame({"score": score, "day": day.to_numpy(), "most": cases_per_day})
    cases = rows.groupby(own.to_numpy(), sort=False).agg({"score": "max", "day": "first"})
    place = cases.groupby("day")["score"].rank(method="first", ascending=False)
    return own.map(place).astype(float).le(rows["most"]).rename(None)


@dataclass(frozen=True)
class CapacityResult:
    """What the opened payments hold.

    Parameters
    ----------
    cases, payments : int
        Cases opened, and the payments in them.
    found : int
        Known fraud among them.
    known : int
        Known fraud in all payments.
    money_found, money_known : float, currency
        Amounts of both.
    """

    cases: int
    payments: int
    found: int
    known: int
    money_found: float
    money_known: float

    @property
    def precision(self) -> float:
        """Known fraud per payment opened; a lower bound where some payments are not examined."""
        return self.found / self.payments if self.payments else 0.0

    @property
    def recall(self) -> float:
        """Share of the known fraud that is opened."""
        return self.found / self.known if self.known else 0.0

    def net_value(self, *, recoverable_share: float, check_cost: float) -> float:
        """Money saved less the cost of opening, in currency."""
        return self.money_found * recoverable_share - self.cases * check_cost


def at_capacity(
    is_open: pd.Series, is_fraud: pd.Series, amount: pd.Series, case: pd.Series | None = None
) -> CapacityResult:
    """Counts and money of the opened payments; of those not examined nothing is counted.

    Parameters
    ----------
    is_open : Series of bool, shape (n_payments,)
    is_fraud : Series of bool, shape (n_payments,)
        Missing where not examined.
    amount : Series of float, shape (n_payments,)
    case : Series, shape (n_payments,), optional
        Case of each payment; without it each payment is its own.

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
        cases=int(picked.sum() if case is None else case[picked].nunique()),
        payments=int(picked.sum()),
        found=int((picked & fraud).sum()),
        known=int(fraud.sum()),
        money_found=float(money[picked & fraud].sum()),
        money_known=float(money[fraud].sum()),
    )
