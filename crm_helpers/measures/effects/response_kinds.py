"""Kinds of persons by what a contact changes: predicted rates -> one of four names."""

from __future__ import annotations

import numpy as np
import pandas as pd

PERSUADABLE = "persuadable"
SURE = "sure thing"
LOST = "lost cause"
LEAVE_ALONE = "better left alone"
KINDS = [PERSUADABLE, SURE, LOST, LEAVE_ALONE]


def response_kinds(
    uplift: pd.Series,
    control_rate: pd.Series,
    *,
    needed_uplift: pd.Series | float,
    sure_rate: float = 0.5,
) -> pd.Series:
    """Kind of each person by predicted uplift and predicted rate without a contact.

    A person is persuadable when the uplift pays for the contact and better left alone when it is
    below zero. Between both a contact changes too little: a sure thing acts anyway, a lost cause
    does not.

    Parameters
    ----------
    uplift : Series of float, shape (n_persons,)
        Predicted rate treated minus not treated.
    control_rate : Series of float in [0, 1], shape (n_persons,)
        Predicted rate when not treated.
    needed_uplift : Series of float or float
        Expected cost of a contact / worth of an outcome.
    sure_rate : float, default 0.5
        Control rate from which a person counts as acting anyway.

    Returns
    -------
    Series of str
        One of KINDS; index of `uplift`.

    Examples
    --------
    >>> kinds = response_kinds(
    ...     pd.Series([0.2, 0.0, 0.0, -0.2]), pd.Series([0.1, 0.9, 0.1, 0.6]), needed_uplift=0.05)
    >>> kinds.tolist()
    ['persuadable', 'sure thing', 'lost cause', 'better left alone']
    """
    rate = control_rate.set_axis(uplift.index)
    tests = [uplift > needed_uplift, uplift < 0, rate >= sure_rate]
    kinds = np.select(tests, [PERSUADABLE, LEAVE_ALONE, SURE], default=LOST)
    return pd.Series(kinds, index=uplift.index, name="kind")
