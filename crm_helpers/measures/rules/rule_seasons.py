"""Seasons of a rule: counts per quarter -> what is left of it when seasons are taken out."""

import pandas as pd

SEASONAL_SHARE = 0.6


def rule_seasons(quarters: pd.DataFrame) -> pd.DataFrame:
    """Lift of each rule within quarters, and how much of it falls in one quarter.

    Two products that only sell in December stand together more often than the
    year's average suggests, without any bond between them. Within quarters,
    the baskets to be expected by chance are counted quarter by quarter
    (the Mantel-Haenszel comparison), so such a pair comes out near 1.

    Parameters
    ----------
    quarters : DataFrame, one row per rule and quarter
        rule_id : int
        quarter : str
        basket_count, antecedent_count, consequent_count, joint_count : int

    Returns
    -------
    DataFrame, one row per rule, indexed by rule_id
        lift_within_quarters : float in [0, inf), NaN where it cannot be said
        peak_quarter : str, quarter with most baskets that hold both sides
        peak_share : float in [0, 1], share of those baskets that fall in it
        peak_basket_share : float in [0, 1], share of all baskets that fall in it
        is_seasonal : bool, more than 60 % of the joint baskets fall in one quarter and at
            least twice the share that this quarter has of all baskets

    References
    ----------
    .. [1] Mantel & Haenszel (1959), Statistical aspects of the analysis of data from
       retrospective studies of disease.
    """
    rows = quarters[quarters["basket_count"] > 0]
    expected = rows["antecedent_count"] * rows["consequent_count"] / rows["basket_count"]
    rows = rows.assign(expected=expected)
    sums = rows.groupby("rule_id")[["expected", "joint_count", "basket_count"]].sum()
    order = ["rule_id", "joint_count", "quarter"]
    peak = rows.sort_values(order, ascending=[True, False, True])
    peak = peak.drop_duplicates("rule_id").set_index("rule_id")
    table = pd.DataFrame({"lift_within_quarters": sums["joint_count"] / sums["expected"]})
    table["peak_quarter"] = peak["quarter"]
    table["peak_share"] = peak["joint_count"] / sums["joint_count"]
    table["peak_basket_share"] = peak["basket_count"] / sums["basket_count"]
    is_peaked = table["peak_share"] > SEASONAL_SHARE
    table["is_seasonal"] = is_peaked & (table["peak_share"] >= 2 * table["peak_basket_share"])
    return table
