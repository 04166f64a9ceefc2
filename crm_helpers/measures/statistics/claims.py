"""The one level at which the suite claims anything: a number of choices -> level, reach.

A claim is any sentence that names a winner, a difference, a danger or an effect. A quarter's suite
makes some twenty of them. That no more than one quarter in twenty may say anything false bounds
each to 0.05 / 20 on one side: an interval of 99.5 %. Where the claim was picked from several
(groups, arms, pairs, attributes, channels), each of these is judged more strictly, so that the
best of them is as rarely false as a claim that stood alone (Bonferroni).
"""

from scipy.stats import norm

CLAIMS_A_QUARTER, FALSE_QUARTERS = 20, 0.05
CLAIM_LEVEL = 1 - 2 * FALSE_QUARTERS / CLAIMS_A_QUARTER


def claim_level(choices: int = 1) -> float:
    """Level of the interval that decides on a claim, two-sided.

    Parameters
    ----------
    choices : int, at least 1
        From how many groups, arms, pairs, attributes or channels the claim was picked.

    Returns
    -------
    float in [0.995, 1)

    Raises
    ------
    ValueError
        If there are fewer than one.

    References
    ----------
    .. [1] Dunn (1961), Multiple Comparisons among Means, JASA 56, 52-64.

    Examples
    --------
    >>> round(claim_level(), 4), round(claim_level(5), 4)
    (0.995, 0.999)
    """
    if choices < 1:
        raise ValueError(
            f"claim: picked from {choices} choices; expected one or more. Count all that were "
            "looked at, shown or not."
        )
    return 1 - (1 - CLAIM_LEVEL) / choices


def claim_reach(choices: int = 1) -> float:
    """Half length of that interval in standard errors, for an estimate that is near normal.

    Parameters
    ----------
    choices : int, at least 1

    Returns
    -------
    float

    Examples
    --------
    >>> round(claim_reach(), 3)
    2.807
    """
    return float(norm.ppf((1 + claim_level(choices)) / 2))
