"""Association rules: frequent itemsets -> rules with one consequent, their measures and tests."""

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from crm_helpers.measures.rules.association import association_measures
from crm_helpers.measures.rules.rule_holding import NOT_HELD
from crm_helpers.measures.rules.rule_significance import false_discovery_values, joint_p_values
from crm_helpers.models.rules.itemsets import Baskets, itemset_counts
from crm_helpers.models.rules.quiet_mlxtend import association_rules

TOLERANCE = 1e-9
SIDES = ["antecedent", "consequent"]
COUNTS = ["basket_count", "antecedent_count", "consequent_count", "joint_count"]


def find_rules(itemsets: pd.DataFrame, *, basket_count: int, min_confidence: float) -> pd.DataFrame:
    """Rules with one product as consequent that reach a confidence.

    A rule exactly at the confidence passes: the threshold has a tolerance of
    1e-9, because 8 of 10 baskets is not always 0.8 in floating point.

    Parameters
    ----------
    itemsets : DataFrame, one row per frequent itemset
        As from :func:`crm_helpers.models.rules.itemsets.frequent_itemsets`.
    basket_count : int
        All baskets, those with one product included.
    min_confidence : float in [0, 1]

    Returns
    -------
    DataFrame, one row per rule, best lift first
        antecedent : tuple of int, positions of products
        consequent : int, position of the product
        basket_count, antecedent_count, consequent_count, joint_count : int
        support, base_support, confidence, rule_lift, leverage, conviction, zhang : float
            As in :func:`crm_helpers.measures.rules.association.association_measures`.
    """
    found = _one_consequent(itemsets, min_confidence)
    known = dict(zip(itemsets["itemset"], itemsets["joint_count"], strict=True))
    rules = pd.DataFrame(found, columns=SIDES)
    rules["basket_count"] = basket_count
    rules["antecedent_count"] = [known[left] for left in rules["antecedent"]]
    rules["consequent_count"] = [known[(right,)] for right in rules["consequent"]]
    both = [tuple(sorted((*left, right))) for left, right in found]
    rules["joint_count"] = [known[items] for items in both]
    rules[COUNTS] = rules[COUNTS].astype("int64")
    rules = rules.join(association_measures(rules))
    rules = rules.sort_values(["rule_lift", *SIDES], ascending=[False, True, True])
    return rules.reset_index(drop=True)


def _one_consequent(
    itemsets: pd.DataFrame, min_confidence: float
) -> list[tuple[tuple[int, ...], int]]:
    if not (itemsets["items_count"] > 1).any():
        return []
    frame = pd.DataFrame({"support": itemsets["support"]})
    frame["itemsets"] = [frozenset(items) for items in itemsets["itemset"]]
    found = association_rules(
        frame,
        metric="confidence",
        min_threshold=min_confidence - TOLERANCE,
        return_metrics=["confidence"],
    )
    one = found[found["consequents"].map(len) == 1]
    sides = zip(one["antecedents"], one["consequents"], strict=True)
    return [(tuple(sorted(left)), next(iter(right))) for left, right in sides]


def redundant_rules(rules: pd.DataFrame, itemsets: pd.DataFrame) -> pd.Series:
    """Rules that a simpler rule with the same consequent makes needless.

    A rule is redundant when some part of its antecedent, the empty part
    included, reaches the same confidence or more: its minimum improvement [1]_
    is not above 0 (tolerance 1e-9). The confidence of the empty antecedent is
    the share of baskets with the consequent, so a rule whose lift is not above
    1 is redundant too.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        As from :func:`find_rules`.
    itemsets : DataFrame, one row per frequent itemset
        The itemsets the rules were found in.

    Returns
    -------
    Series of bool, index of rules
        is_redundant

    References
    ----------
    .. [1] Bayardo, Agrawal & Gunopulos (2000), Constraint-based rule mining in large, dense
       databases, Data Mining and Knowledge Discovery 4, definition 3.1.
    """
    counts = _with_empty(itemsets, rules)
    best = [
        max(_confidence(counts, part, right) for part in _proper_parts(left))
        for left, right in zip(rules["antecedent"], rules["consequent"], strict=True)
    ]
    improvement = rules["confidence"] - np.asarray(best, dtype=float)
    return (improvement <= TOLERANCE).rename("is_redundant")


def rule_q_values(rules: pd.DataFrame, itemsets: pd.DataFrame, *, product_count: int) -> pd.Series:
    """False-discovery value of each rule among all rules that could have been found.

    A rule is tested against every rule with one product fewer in its
    antecedent [1]_: among the baskets with the shorter antecedent, does the
    product left out go with the consequent more often than chance allows
    (Fisher's exact test, one-sided)? The largest of these p-values counts, so
    an idle product added to a good pair does not pass. The comparisons are
    counted per length of antecedent, over all rules that `product_count`
    products allow, and each length gets an equal part [2]_; within a length
    the false-discovery rate is controlled after Benjamini and Hochberg.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        As from :func:`find_rules`.
    itemsets : DataFrame, one row per frequent itemset
    product_count : int
        Products frequent enough to be in a rule.

    Returns
    -------
    Series of float in [0, 1], index of rules
        q_value : below 0.05 means that at most 5 % of such rules are chance

    References
    ----------
    .. [1] Webb (2007), Discovering significant patterns, Machine Learning 68 (productive rules).
    .. [2] Webb (2008), Layered critical values, Machine Learning 71.
    """
    lengths = rules["antecedent"].map(len)
    p_values = _worst_p_values(rules, itemsets)
    layers = max(1, lengths.nunique())
    values = pd.Series(1.0, index=rules.index, name="q_value")
    for length, layer in p_values.groupby(lengths):
        possible = product_count * comb(product_count - 1, int(length)) * layers
        values[layer.index] = false_discovery_values(layer, tests=float(possible))
    return values


def one_direction(rules: pd.DataFrame) -> pd.DataFrame:
    """Rules of which each set of products stands once, in its direction of highest confidence.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        antecedent_ids, consequent_id, confidence, leverage, basket_count.

    Returns
    -------
    DataFrame, one row per set of products, rules and
        extra_baskets : float, baskets with all products beyond what chance would give;
            the order of the rows, most first
    """
    sets = [
        tuple(sorted((*left, right)))
        for left, right in zip(rules["antecedent_ids"], rules["consequent_id"], strict=True)
    ]
    table = rules.assign(products=sets, extra_baskets=rules["leverage"] * rules["basket_count"])
    best = table.sort_values(["confidence", "rule_id"], ascending=[False, True])
    best = best.drop_duplicates("products").drop(columns="products")
    order = ["extra_baskets", "rule_id"]
    return best.sort_values(order, ascending=[False, True]).reset_index(drop=True)


def leading_rules(checked: pd.DataFrame, *, most: int = 8, failed: int = 2) -> pd.DataFrame:
    """Strongest rules that were checked, and the strongest of those that did not hold.

    Parameters
    ----------
    checked : DataFrame, one row per rule
        With the verdict of :func:`crm_helpers.measures.rules.rule_holding.rule_holding`.
    most : int, default 8
        Rules shown for their strength.
    failed : int, default 2
        Rules added because they did not hold, where the strongest do not name them.

    Returns
    -------
    DataFrame, as from :func:`one_direction`
    """
    single = one_direction(checked)
    rest = single.iloc[most:]
    fallen = rest[rest["verdict"] == NOT_HELD].head(failed)
    return pd.concat([single.head(most), fallen], ignore_index=True)


def rule_counts(baskets: Baskets, rules: pd.DataFrame) -> pd.DataFrame:
    """How often each rule's sides stand in other baskets than those it was found in.

    Parameters
    ----------
    baskets : Baskets
        With the products in the same positions as where the rules were found.
    rules : DataFrame, one row per rule
        Columns antecedent, consequent.

    Returns
    -------
    DataFrame, index of rules
        basket_count, antecedent_count, consequent_count, joint_count : int
    """
    left = [tuple(items) for items in rules["antecedent"]]
    right = [(item,) for item in rules["consequent"]]
    both = [tuple(sorted(a + c)) for a, c in zip(left, right, strict=True)]
    table = pd.DataFrame({"basket_count": len(baskets)}, index=rules.index)
    table["antecedent_count"] = itemset_counts(baskets, left)
    table["consequent_count"] = itemset_counts(baskets, right)
    table["joint_count"] = itemset_counts(baskets, both)
    return table


def _with_empty(itemsets: pd.DataFrame, rules: pd.DataFrame) -> dict[tuple[int, ...], int]:
    counts = dict(zip(itemsets["itemset"], itemsets["joint_count"], strict=True))
    counts[()] = int(rules["basket_count"].max()) if len(rules) else 0
    return counts


def _proper_parts(items: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [part for size in range(len(items)) for part in combinations(items, size)]


def _confidence(counts: dict[tuple[int, ...], int], left: tuple[int, ...], right: int) -> float:
    return counts[tuple(sorted((*left, right)))] / counts[left]


def _worst_p_values(rules: pd.DataFrame, itemsets: pd.DataFrame) -> pd.Series:
    """Largest p-value of each rule against the rules with one product fewer."""
    counts = _with_empty(itemsets, rules)
    comparisons = [
        (rule, counts[shorter], counts[left], counts[tuple(sorted((*shorter, right)))], joint)
        for rule, left, right, joint in zip(
            rules.index, rules["antecedent"], rules["consequent"], rules["joint_count"], strict=True
        )
        for shorter in combinations(left, len(left) - 1)
    ]
    table = pd.DataFrame(comparisons, columns=["rule", *COUNTS])
    return joint_p_values(table).groupby(table["rule"]).max().reindex(rules.index)
