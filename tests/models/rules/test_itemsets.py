"""Frequent itemsets: counts by hand, the chosen support, bounds of memory."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.rules import itemsets as module
from crm_helpers.models.rules.itemsets import (
    Baskets,
    basket_matrix,
    chosen_support,
    frequent_itemsets,
    itemset_counts,
    least_count,
)

FIVE = ["bread butter jam", "bread butter", "bread", "butter jam", "milk"]


def lines_of(baskets: list[str]) -> pd.DataFrame:
    rows = [(f"o{i}", item) for i, basket in enumerate(baskets) for item in basket.split()]
    return pd.DataFrame(rows, columns=["order_id", "product_id"])


def named(table: pd.DataFrame, baskets: Baskets) -> dict[str, int]:
    names = [" ".join(baskets.products[list(items)]) for items in table["itemset"]]
    return dict(zip(names, table["joint_count"], strict=True))


def random_baskets(orders: int, products: int, *, seed: int = 1) -> Baskets:
    rng = np.random.default_rng(seed)
    row, column = np.nonzero(rng.random((orders, products)) < 0.15)
    return basket_matrix(
        pd.DataFrame({"order_id": row.astype(str), "product_id": column.astype(str)})
    )


def test_itemsets_of_five_baskets_are_counted_as_by_hand():
    baskets = basket_matrix(lines_of(FIVE))
    found = frequent_itemsets(baskets, min_support=0.4)
    assert named(found, baskets) == {
        "bread": 3,
        "butter": 3,
        "jam": 2,
        "bread butter": 2,
        "butter jam": 2,
    }


def test_largest_sets_can_be_limited():
    baskets = basket_matrix(lines_of(FIVE))
    sizes = frequent_itemsets(baskets, min_support=0.2, max_items=2)["items_count"]
    assert sizes.max() == 2


def test_order_of_rows_changes_nothing():
    lines = lines_of(FIVE)
    shuffled = lines.sample(frac=1, random_state=3)
    first = frequent_itemsets(basket_matrix(lines), min_support=0.2)
    second = frequent_itemsets(basket_matrix(shuffled), min_support=0.2)
    pd.testing.assert_frame_equal(first, second)


def test_no_baskets_have_no_itemsets():
    empty = basket_matrix(lines_of([]))
    assert frequent_itemsets(empty, min_support=0.1).empty
    assert chosen_support(empty) == 1.0


def test_baskets_of_one_product_have_no_pairs():
    baskets = basket_matrix(lines_of(["bread", "bread", "milk"]))
    assert named(frequent_itemsets(baskets, min_support=0.1), baskets) == {"bread": 2, "milk": 1}


def test_a_set_exactly_at_the_support_passes():
    baskets = basket_matrix(lines_of(["bread butter"] * 3 + ["milk"] * 27))
    assert least_count(baskets, 0.1) == 3
    assert "bread butter" in named(frequent_itemsets(baskets, min_support=0.1), baskets)


def test_the_empty_set_is_in_every_basket():
    baskets = basket_matrix(lines_of(FIVE))
    assert itemset_counts(baskets, [(), (0,), (0, 1, 2)]).tolist() == [5, 3, 1]


def test_chosen_support_needs_the_stated_number_of_baskets():
    baskets = basket_matrix(lines_of(["bread butter"] * 40 + ["milk jam"] * 10 + ["milk"] * 50))
    support = chosen_support(baskets, min_joint_baskets=30)
    assert support == pytest.approx(0.30, rel=1e-9)


def test_chosen_support_rises_until_the_pairs_are_few_enough():
    baskets = random_baskets(400, 30)
    support = chosen_support(baskets, min_joint_baskets=2, max_pairs=20)
    found = frequent_itemsets(baskets, min_support=support, max_items=2)
    pairs = int((found["items_count"] == 2).sum())
    assert 0 < pairs <= 20


def test_a_support_with_too_many_pairs_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_PAIRS", 5)
    with pytest.raises(
        ValueError,
        match=r"min_support: at 0.005 \(from 2 baskets\) 435 pairs .* at most 5, .*Raise",
    ):
        frequent_itemsets(random_baskets(400, 30), min_support=0.005)


def test_mining_a_part_gives_the_same_sets_with_exact_counts(monkeypatch):
    baskets = random_baskets(4000, 12)
    whole = frequent_itemsets(baskets, min_support=0.01)
    monkeypatch.setattr(module, "MAX_CELLS", 4000 * 12 // 2)
    part = frequent_itemsets(baskets, min_support=0.01, seed=7)
    pd.testing.assert_frame_equal(part, whole)


def test_dense_cells_stay_bounded_on_wide_data(monkeypatch):
    seen = []
    monkeypatch.setattr(
        module, "fpgrowth", lambda frame, **_: seen.append(frame.size) or module_result()
    )
    monkeypatch.setattr(module, "MAX_CELLS", 10_000)
    frequent_itemsets(random_baskets(2000, 50), min_support=0.001)
    assert 0 < seen[0] < 10_000 * 1.1


def module_result() -> pd.DataFrame:
    return pd.DataFrame({"support": [], "itemsets": []})
