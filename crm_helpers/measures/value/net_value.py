"""Expected net value of an action: probabilities + money -> currency per customer."""

import pandas as pd


def expected_net_value(
    probability: pd.Series,
    *,
    save_rate: float,
    value_if_kept: pd.Series,
    value_if_lost: pd.Series | float = 0.0,
    cost: pd.Series | float,
) -> pd.Series:
    """What contacting a customer brings on average, less what it costs.

    Incremental: the contact changes the chance to lose the customer by
    probability x save_rate, and only that change earns the difference in value.

    Parameters
    ----------
    probability : Series of float in [0, 1], shape (n_customers,)
        Chance to lose the customer when nothing is done.
    save_rate : float in [0, 1]
        Share of the losses that a contact prevents: an assumption unless a
        randomized campaign has measured it.
    value_if_kept, value_if_lost : Series of float, in currency
        Margin to come from the customer in either case.
    cost : Series of float or float, in currency
        Of one contact.

    Returns
    -------
    Series of float, in currency

    Raises
    ------
    ValueError
        If save_rate is not between 0 and 1.

    Examples
    --------
    >>> chance = pd.Series([0.5, 0.125])
    >>> worth = pd.Series([200.0, 200.0])
    >>> expected_net_value(chance, save_rate=0.25, value_if_kept=worth, cost=4.0).tolist()
    [21.0, 2.25]
    """
    if not 0 <= save_rate <= 1:
        raise ValueError(
            f"save_rate: {save_rate:g} is not between 0 and 1. For ten per cent write 0.10."
        )
    change = probability * save_rate
    return change * (value_if_kept - value_if_lost) - cost
