"""Check of yes/no outcomes: outcomes -> the same as booleans, or a clear message."""

import numpy as np
from numpy.typing import ArrayLike


def check_both_kinds(outcome: ArrayLike, measure: str) -> np.ndarray:
    """Outcomes as booleans when customers of both kinds are there.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the customer has the outcome.
    measure : str
        What needs both kinds, with its article, for the message.

    Returns
    -------
    ndarray of bool, shape (n_customers,)

    Raises
    ------
    ValueError
        If no customer, or every customer, has the outcome.

    Examples
    --------
    >>> check_both_kinds([1, 0], "an AUC")
    array([ True, False])
    """
    flags = np.asarray(outcome).astype(bool)
    found = int(flags.sum())
    if found in (0, len(flags)):
        raise ValueError(
            f"outcome: {found:,} of {len(flags):,} customers are True; {measure} needs both "
            "kinds. Widen the outcome window or check the label."
        )
    return flags
