"""Audit ratio: labels, and which were drawn at random -> how much fraud there is per known."""

import pandas as pd

MOST = 3.0


def audit_ratio(is_fraud: pd.Series, sampled_at_random: pd.Series) -> float:
    """Rate of fraud among payments examined at random, per known fraud among all payments.

    Who takes unexamined payments for honest counts known fraud alone. The random audit tells
    how much there is: the ratio says by how much the odds of a payment are too low. It lies
    between 1 and 3, because a small audit can be far off.

    Parameters
    ----------
    is_fraud : Series of bool, shape (n_payments,)
        Missing where not examined.
    sampled_at_random : Series of bool, shape (n_payments,)
        True where chance picked the payment for examination.

    Returns
    -------
    float in [1, 3]
        1 where no fraud was found by the audit.

    References
    ----------
    .. [1] Saerens, Latinne & Decaestecker (2002), Adjusting the Outputs of a Classifier to New
       a Priori Probabilities, Neural Computation 14.

    Examples
    --------
    One of two audited payments is fraud, and one of four payments is known to be.

    >>> fraud = pd.Series([True, False, None, None], dtype="boolean")
    >>> audit_ratio(fraud, pd.Series([True, True, False, False]))
    2.0
    """
    fraud = is_fraud.eq(True).fillna(False)
    drawn = sampled_at_random.eq(True).fillna(False) & is_fraud.notna()
    if not (fraud & drawn).any():
        return 1.0
    ratio = fraud[drawn].mean() / fraud.mean()
    return float(min(max(ratio, 1.0), MOST))
