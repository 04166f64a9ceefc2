"""Money of credits: amounts, terms and default probabilities -> exposure, expected loss, profit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class CreditMoney:
    """What a credit earns and loses.

    Attributes
    ----------
    margin_share : float in [0, 1]
        Of the amount, earned when the credit is repaid.
    loss_share : float in [0, 1]
        Of what is owed, lost in a default (loss given default).
    handling_cost : float
        Of one approved credit, in currency.
    """

    margin_share: float
    loss_share: float
    handling_cost: float = 0.0

    @property
    def share_break_even(self) -> float:
        """Probability of default at which a credit earns nothing, handling cost left out.

        Examples
        --------
        >>> CreditMoney(margin_share=0.2, loss_share=0.6).share_break_even
        0.25
        """
        at_stake = self.margin_share + self.loss_share
        return self.margin_share / at_stake if at_stake > 0 else 0.0

    def break_even(self, amount: float) -> float:
        """Probability of default at which an amount granted as asked earns nothing.

        Parameters
        ----------
        amount : float > 0, in currency

        Returns
        -------
        float in [0, 1]

        Examples
        --------
        >>> CreditMoney(margin_share=0.2, loss_share=0.6).break_even(1000)
        0.25
        """
        earned = self.margin_share - self.handling_cost / amount
        return float(np.clip(earned / (self.margin_share + self.loss_share), 0.0, 1.0))


def on_terms(amount: pd.Series, terms: pd.DataFrame) -> pd.DataFrame:
    """What is granted and what is at risk when each credit is given on the terms of its class.

    Parameters
    ----------
    amount : Series of float, shape (n_credits,)
        Amount asked for.
    terms : DataFrame, one row per credit, in the same order
        limit : highest amount granted; deposit, prepayment : shares of what is granted.

    Returns
    -------
    DataFrame, one row per credit, index of `amount`
        granted : float, currency
        exposure : float, currency, owed without cover: granted less deposit and prepayment

    Examples
    --------
    >>> asked = pd.Series([900.0])
    >>> terms = pd.DataFrame({"limit": [600.0], "deposit": [0.1], "prepayment": [0.2]})
    >>> on_terms(asked, terms).round(2).values.tolist()
    [[600.0, 420.0]]
    """
    granted = np.minimum(amount.to_numpy(dtype=float), terms["limit"].to_numpy(dtype=float))
    open_share = 1 - terms["deposit"].to_numpy(float) - terms["prepayment"].to_numpy(float)
    exposure = granted * np.maximum(open_share, 0.0)
    return pd.DataFrame({"granted": granted, "exposure": exposure}, index=amount.index)


def expected_loss(chance: ArrayLike, exposure: ArrayLike, loss_share: float) -> np.ndarray:
    """Probability of default x exposure x loss share, credit by credit.

    Parameters
    ----------
    chance : array of float in [0, 1], shape (n_credits,)
    exposure : array of float, shape (n_credits,)
        In currency.
    loss_share : float in [0, 1]

    Returns
    -------
    ndarray of float, shape (n_credits,), in currency

    References
    ----------
    .. [1] Basel Committee on Banking Supervision (2005), An Explanatory Note on the Basel II IRB
       Risk Weight Functions (EL = PD x EAD x LGD).

    Examples
    --------
    >>> expected_loss([0.1], [1000.0], 0.6).tolist()
    [60.0]
    """
    return np.asarray(chance, dtype=float) * np.asarray(exposure, dtype=float) * loss_share


def profit(chance: ArrayLike, credit: pd.DataFrame, money: CreditMoney) -> np.ndarray:
    """Profit to expect from each credit; with outcomes of 0 and 1 for chances, what it was.

    Parameters
    ----------
    chance : array of float in [0, 1], shape (n_credits,)
        Probability of default, or whether it happened.
    credit : DataFrame, one row per credit
        granted, exposure, as `on_terms` gives them; nothing granted earns and costs nothing.
    money : CreditMoney

    Returns
    -------
    ndarray of float, shape (n_credits,), in currency

    Examples
    --------
    >>> given = pd.DataFrame({"granted": [1000.0], "exposure": [1000.0]})
    >>> profit([0.1], given, CreditMoney(0.2, 0.6, 10.0)).round(2).tolist()
    [110.0]
    """
    said = np.asarray(chance, dtype=float)
    granted = credit["granted"].to_numpy(dtype=float)
    earned = (1 - said) * money.margin_share * granted
    lost = expected_loss(said, credit["exposure"], money.loss_share)
    return np.where(granted > 0, earned - lost - money.handling_cost, 0.0)
