"""Measures of association rules: counts of baskets -> support, confidence, lift and the like."""

import numpy as np
import pandas as pd


def association_measures(counts: pd.DataFrame) -> pd.DataFrame:
    """Support, confidence, lift, leverage, conviction and Zhang's metric of each rule.

    A rule whose antecedent is in no basket has no confidence (NaN); a rule
    that is never broken has infinite conviction.

    Parameters
    ----------
    counts : DataFrame, one row per rule
        basket_count : int, all baskets
        antecedent_count, consequent_count : int, baskets with that side
        joint_count : int, baskets with both sides

    Returns
    -------
    DataFrame, same index
        support : float in [0, 1], baskets with both sides / baskets
        base_support : float in [0, 1], baskets with the consequent / baskets
        confidence : float in [0, 1], baskets with both sides / baskets with the antecedent
        rule_lift : float in [0, inf), confidence / base_support; 1 = independent
        leverage : float in [-1, 1], support - antecedent support x base_support
        conviction : float in [0, inf], (1 - base_support) / (1 - confidence)
        zhang : float in [-1, 1], 0 where its denominator is 0

    References
    ----------
    .. [1] Agrawal, Imielinski & Swami (1993), Mining association rules between sets of items.
    .. [2] Brin, Motwani, Ullman & Tsur (1997), Dynamic itemset counting (lift, conviction).
    .. [3] Piatetsky-Shapiro (1991), Discovery and presentation of strong rules (leverage).
    .. [4] Yan, Zhang & Zhang (2009), Confidence metrics for association rule mining.

    Examples
    --------
    Ten baskets: bread in 5, butter in 4, both in 3.

    >>> bread = pd.DataFrame({"basket_count": [10], "antecedent_count": [5],
    ...                       "consequent_count": [4], "joint_count": [3]})
    >>> association_measures(bread).round(3).to_dict("records")[0]["rule_lift"]
    1.5
    """
    baskets, both = counts["basket_count"].astype(float), counts["joint_count"].astype(float)
    left, right = counts["antecedent_count"].astype(float), counts["consequent_count"].astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = pd.DataFrame(
            {
                "support": both / baskets,
                "base_support": right / baskets,
                "confidence": both / left,
                # one division of exact products, so that independence gives exactly 1
                "rule_lift": both * baskets / (left * right),
                "leverage": (both * baskets - left * right) / baskets**2,
                "conviction": (baskets - right) * left / (baskets * (left - both)),
            }
        )
    table["conviction"] = table["conviction"].mask((left > 0) & (left == both), np.inf)
    table["zhang"] = _zhang(baskets, left, right, both)
    return table


def _zhang(baskets: pd.Series, left: pd.Series, right: pd.Series, both: pd.Series) -> pd.Series:
    denominator = np.maximum(both * (baskets - left), left * (right - both))
    gain = (both * baskets - left * right) / denominator.where(denominator > 0)
    return gain.fillna(0.0).mask(left == 0)
