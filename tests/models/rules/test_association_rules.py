"""Association rules: hand-sized baskets, published rules of Groceries, redundancy, significance."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mlxtend.frequent_patterns import association_rules

from crm_helpers.models.rules.association_rules import (
    find_rules,
    redundant_rules,
    rule_counts,
    rule_q_values,
)
from crm_helpers.models.rules.itemsets import (
    Baskets,
    basket_matrix,
    frequent_itemsets,
    itemset_counts,
)

FIVE = ["bread butter jam", "bread butter", "bread", "butter jam", "milk"]


def lines_of(baskets: list[str]) -> pd.DataFrame:
    rows = [(f"o{i}", item) for i, basket in enumerate(baskets) for item in basket.split()]
    return pd.DataFrame(rows, columns=["order_id", "product_id"])


def rules_of(
    baskets: Baskets, *, min_support: float, min_confidence: float, max_items: int = 3
) -> tuple[pd.DataFrame, pd.DataFrame]:
    itemsets = frequent_itemsets(baskets, min_support=min_support, max_items=max_items)
    rules = find_rules(itemsets, basket_count=len(baskets), min_confidence=min_confidence)
    return rules, itemsets


def worded(rules: pd.DataFrame, baskets: Baskets) -> list[str]:
    names = baskets.products
    return [
        f"{' '.join(names[list(left)])} > {names[right]}"
        for left, right in zip(rules["antecedent"], rules["consequent"], strict=True)
    ]


@pytest.fixture(scope="module")
def grocery_baskets(shared_data: Path) -> Baskets:
    text = (shared_data / "groceries" / "groceries.csv").read_bytes().decode("utf-8")
    orders = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    rows = [(i, item) for i, line in enumerate(orders) for item in line.split(",")]
    return basket_matrix(pd.DataFrame(rows, columns=["order_id", "product_id"]).drop_duplicates())


def test_rules_of_five_baskets_are_found_as_by_hand():
    baskets = basket_matrix(lines_of(FIVE))
    rules, _ = rules_of(baskets, min_support=0.4, min_confidence=0.6)
    confidence = dict(zip(worded(rules, baskets), rules["confidence"].round(3), strict=True))
    assert confidence == {
        "butter > jam": 0.667,
        "jam > butter": 1.0,
        "bread > butter": 0.667,
        "butter > bread": 0.667,
    }


def test_a_rule_exactly_at_the_confidence_passes():
    baskets = basket_matrix(lines_of(["bread butter"] * 7 + ["bread"] * 3))
    rules, _ = rules_of(baskets, min_support=0.1, min_confidence=0.7)
    assert "bread > butter" in worded(rules, baskets)


def test_no_frequent_pair_gives_no_rule():
    rules, itemsets = rules_of(
        basket_matrix(lines_of(["bread", "milk"])), min_support=0.1, min_confidence=0.1
    )
    assert rules.empty
    assert redundant_rules(rules, itemsets).empty
    assert rule_q_values(rules, itemsets, product_count=2).empty


def test_groceries_has_its_published_counts(grocery_baskets):
    """summary(Groceries) of the R package arules: 9,835 baskets, 169 items, 43,367 entries."""
    baskets = grocery_baskets
    milk = itemset_counts(baskets, [(baskets.products.get_loc("whole milk"),)])
    assert (*baskets.matrix.shape, baskets.matrix.nnz, *milk) == (9_835, 169, 43_367, 2_513)


def test_groceries_has_5668_rules_at_support_0_001_and_confidence_0_5(grocery_baskets):
    """The standard arules tutorial: apriori(Groceries, supp = 0.001, conf = 0.5)."""
    rules, _ = rules_of(grocery_baskets, min_support=0.001, min_confidence=0.5, max_items=10)
    assert len(rules) == 5_668
    assert (rules["confidence"] >= 0.8 - 1e-9).sum() == 410


def test_groceries_has_463_rules_at_support_0_006_and_confidence_0_25(grocery_baskets):
    """Lantz, Machine Learning with R, chapter 8."""
    rules, _ = rules_of(grocery_baskets, min_support=0.006, min_confidence=0.25, max_items=10)
    assert len(rules) == 463
    assert worded(rules.head(1), grocery_baskets) == ["herbs > root vegetables"]


def test_groceries_wine_and_liquor_lead_to_beer_with_lift_11_235(grocery_baskets):
    """Printed in the arules tutorials as the best lift at confidence 0.8."""
    rules, _ = rules_of(grocery_baskets, min_support=0.0019, min_confidence=0.9, max_items=10)
    at = worded(rules, grocery_baskets).index("liquor red/blush wine > bottled beer")
    found = rules.loc[at, ["support", "confidence", "rule_lift"]].tolist()
    assert found == pytest.approx([0.0019319, 0.9047619, 11.23527], rel=2e-5)


def test_measures_agree_with_those_of_mlxtend(grocery_baskets):
    rules, itemsets = rules_of(grocery_baskets, min_support=0.006, min_confidence=0.25)
    frame = pd.DataFrame({"support": itemsets["support"]})
    frame["itemsets"] = itemsets["itemset"].map(frozenset)
    theirs = association_rules(frame, metric="confidence", min_threshold=0.25 - 1e-9)
    theirs["antecedent"] = theirs["antecedents"].map(lambda items: tuple(sorted(items)))
    theirs = theirs[theirs["consequents"].map(len) == 1]
    theirs["consequent"] = theirs["consequents"].map(min)
    both = rules.merge(theirs, on=["antecedent", "consequent"], suffixes=("", "_theirs"))
    assert len(both) == len(rules)
    names = {
        "rule_lift": "lift",
        "leverage": "leverage_theirs",
        "conviction": "conviction_theirs",
        "zhang": "zhangs_metric",
    }
    for ours, name in names.items():
        np.testing.assert_allclose(both[ours], both[name], rtol=1e-9)


def test_a_rule_no_better_than_a_part_of_it_is_redundant():
    baskets = basket_matrix(
        lines_of(["bread jam butter"] * 4 + ["bread butter"] * 4 + ["bread"] * 2 + ["milk"] * 10)
    )
    rules, itemsets = rules_of(baskets, min_support=0.05, min_confidence=0.1)
    is_redundant = redundant_rules(rules, itemsets)
    verdicts = dict(zip(worded(rules, baskets), is_redundant, strict=True))
    assert not verdicts["jam > butter"]
    assert verdicts["bread jam > butter"]


def test_a_rule_of_independent_products_is_redundant():
    baskets = basket_matrix(lines_of(["bread milk", "bread", "milk", "jam"]))
    rules, itemsets = rules_of(baskets, min_support=0.25, min_confidence=0.1)
    assert redundant_rules(rules, itemsets).all()


def test_products_thrown_in_at_random_make_no_significant_rule():
    rng = np.random.default_rng(5)
    row, column = np.nonzero(rng.random((3000, 25)) < 0.1)
    lines = pd.DataFrame({"order_id": row.astype(str), "product_id": column.astype(str)})
    rules, itemsets = rules_of(basket_matrix(lines), min_support=0.005, min_confidence=0.1)
    assert len(rules) > 20
    assert rule_q_values(rules, itemsets, product_count=25).min() > 0.05


def test_a_planted_pair_is_significant_and_an_idle_addition_to_it_is_not():
    rng = np.random.default_rng(6)
    held = rng.random((3000, 10)) < 0.1
    held[:, 1] |= held[:, 0] & (rng.random(3000) < 0.4)
    row, column = np.nonzero(held)
    lines = pd.DataFrame({"order_id": row.astype(str), "product_id": column.astype(str)})
    baskets = basket_matrix(lines)
    rules, itemsets = rules_of(baskets, min_support=0.002, min_confidence=0.1)
    values = dict(
        zip(worded(rules, baskets), rule_q_values(rules, itemsets, product_count=10), strict=True)
    )
    assert {rule for rule, value in values.items() if value < 0.05} == {"0 > 1", "1 > 0"}


def test_rule_counts_in_other_baskets_are_counted_as_by_hand():
    baskets = basket_matrix(lines_of(FIVE))
    rules, _ = rules_of(baskets, min_support=0.4, min_confidence=0.6)
    later = baskets.rows(np.array([True, False, True, True, False]))
    counts = rule_counts(later, rules).iloc[0]
    assert counts.tolist() == [3, 2, 2, 2]
