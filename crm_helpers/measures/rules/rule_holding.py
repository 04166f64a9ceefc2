"""Holding of rules: counts in later baskets -> intervals and a verdict per rule."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm_helpers.measures.rules.association import association_measures
from crm_helpers.measures.statistics.share_intervals import share_intervals

HELD = "held"
WEAKER = "weaker"
NOT_HELD = "did not hold"
TOO_FEW = "too few to tell"
FEWEST_EXPECTED = 5


def rule_holding(
    later: pd.DataFrame, *, min_confidence: float, interval_level: float = 0.95
) -> pd.DataFrame:
    """Verdict on each rule from baskets in which it was not found.

    A rule *held* when the interval of its lift in the later baskets lies above
    1 and the interval of its confidence reaches the confidence that rules were
    asked for. It is *weaker* when its lift lies above 1 but its confidence
    falls short. Everything else *did not hold*, except where fewer than five
    later baskets with both sides were to be expected from the earlier ones:
    those are *too few to tell*.

    Parameters
    ----------
    later : DataFrame, one row per rule
        basket_count, antecedent_count, consequent_count, joint_count : int, later baskets
        confidence : float, confidence in the baskets in which the rule was found
    min_confidence : float in [0, 1]
        Confidence that rules were asked for.
    interval_level : float, default 0.95

    Returns
    -------
    DataFrame, same index
        later_joint_count : int, later baskets with both sides
        later_base_support : float in [0, 1], share of later baskets with the consequent
        later_confidence, later_confidence_low, later_confidence_high : float in [0, 1],
            Wilson interval; NaN where no later basket holds the antecedent
        later_lift, later_lift_low, later_lift_high : float in [0, inf),
            interval of the logarithm by the delta method
        verdict : str, held, weaker, did not hold or too few to tell

    References
    ----------
    .. [1] Wilson (1927), Probable inference, the law of succession, and statistical inference.
    .. [2] Agresti (2013), Categorical Data Analysis, 3rd ed., section 16.1 (delta method).
    """
    measures = association_measures(later)
    table = pd.DataFrame({"later_joint_count": later["joint_count"]})
    table["later_base_support"] = measures["base_support"]
    table["later_confidence"] = measures["confidence"]
    low, high = share_intervals(later["joint_count"], later["antecedent_count"], interval_level)
    table["later_confidence_low"], table["later_confidence_high"] = low, high
    table["later_lift"] = measures["rule_lift"]
    low, high = lift_interval(later, interval_level)
    table["later_lift_low"], table["later_lift_high"] = low, high
    expected = later["confidence"] * later["antecedent_count"]
    table["verdict"] = _verdict(table, expected, min_confidence)
    return table


def lift_interval(
    counts: pd.DataFrame, interval_level: float = 0.95
) -> tuple[pd.Series, pd.Series]:
    """Interval of a rule's lift, symmetric on the logarithm.

    The delta method on the four cells of the table gives the variance
    1/joint - 1/antecedent - 1/consequent + (2 lift - 1)/baskets. NaN where the
    rule is never seen.

    Parameters
    ----------
    counts : DataFrame, one row per rule
        basket_count, antecedent_count, consequent_count, joint_count : int
    interval_level : float, default 0.95

    Returns
    -------
    (Series, Series) of float in [0, inf)
        Lower and upper limit.
    """
    seen = counts.where(counts["joint_count"] > 0)
    lift = association_measures(seen)["rule_lift"]
    variance = 1 / seen["joint_count"] - 1 / seen["antecedent_count"]
    variance += (2 * lift - 1) / seen["basket_count"] - 1 / seen["consequent_count"]
    reach = np.exp(norm.ppf(0.5 + interval_level / 2) * np.sqrt(variance.clip(lower=0)))
    return lift / reach, lift * reach


def _verdict(table: pd.DataFrame, expected: pd.Series, min_confidence: float) -> np.ndarray:
    is_above = table["later_lift_low"] > 1
    reaches = table["later_confidence_high"] >= min_confidence * (1 - 1e-9)
    too_few = ~is_above & ~(expected >= FEWEST_EXPECTED)
    return np.select(
        [is_above & reaches, is_above, too_few], [HELD, WEAKER, TOO_FEW], default=NOT_HELD
    )
