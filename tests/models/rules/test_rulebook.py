"""Rulebook: planted bonds are found and hold, those of a season or a promotion are marked."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.rules.rulebook import (
    Rulebook,
    RuleSettings,
    promotion_check,
    rulebook,
    season_check,
)
from crm_helpers.tables.needs import Skip

SETTINGS = RuleSettings(min_confidence=0.2, min_joint_baskets=10)
QUARTERS = np.array(["2025Q4", "2026Q1", "2026Q2", "2026Q3"])


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    """8,000 baskets, a quarter of them later; tea draws milk always, wine draws spice in Q4."""
    rng = np.random.default_rng(11)
    held = rng.random((8000, 12)) < 0.08
    quarter = QUARTERS[np.arange(8000) // 2000]
    held[:, 1] |= held[:, 0] & (rng.random(8000) < 0.4)
    held[:, 3] |= held[:, 2] & (quarter == "2025Q4") & (rng.random(8000) < 0.9)
    # Chips and beer share a basket beyond chance only on promotion, in every second basket.
    promoted = (np.arange(8000) % 2 == 0) & (rng.random(8000) < 0.1)
    held[promoted, 4] = held[promoted, 5] = True
    row, column = np.nonzero(held)
    names = np.array("tea milk wine spice chips beer a b c d e f".split())
    return pd.DataFrame(
        {
            "order_id": [f"o{i:05d}" for i in row],
            "product_id": names[column],
            "quarter": quarter[row],
            "is_later": row >= 6000,
            "is_promoted": promoted[row] & np.isin(column, [4, 5]),
        }
    )


def worded(rules: pd.DataFrame) -> dict[str, str]:
    sides = zip(rules["antecedent_ids"], rules["consequent_id"], strict=True)
    return dict(zip([f"{'+'.join(a)}>{c}" for a, c in sides], rules["verdict"], strict=True))


def test_a_bond_that_lasts_is_found_and_held(shop):
    book = rulebook(shop, SETTINGS)
    assert worded(book.rules)["tea>milk"] == "held"
    assert book.is_dated


def test_a_bond_of_an_earlier_season_does_not_hold_later(shop):
    assert worded(rulebook(shop, SETTINGS).checked)["wine>spice"] == "did not hold"


def test_baskets_counts_those_of_one_product_too(shop):
    book = rulebook(shop, SETTINGS)
    assert book.baskets == shop["order_id"].nunique()
    assert book.later_baskets == shop.loc[shop["is_later"], "order_id"].nunique()


def test_rules_found_are_kept_redundant_or_uncertain(shop):
    book = rulebook(shop, SETTINGS)
    assert book.found == len(book.rules) + book.redundant + book.uncertain


def test_without_dates_a_random_third_is_set_aside(shop):
    book = rulebook(shop[["order_id", "product_id"]], SETTINGS)
    assert not book.is_dated
    assert book.later_baskets / book.baskets == pytest.approx(1 / 3, abs=0.02)
    assert worded(book.checked)["tea>milk"] == "held"


def test_order_of_rows_changes_no_rule(shop):
    shuffled = shop.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(
        rulebook(shop, SETTINGS).rules, rulebook(shuffled, SETTINGS).rules
    )


def test_a_bond_of_one_quarter_is_marked_as_seasonal(shop):
    rules = rulebook(shop, SETTINGS).rules
    is_seasonal = season_check(shop, rules)["is_seasonal"]
    names = rules.set_index("rule_id")["consequent_id"]
    assert set(names[is_seasonal[is_seasonal].index]) == {"wine", "spice"}


def test_a_bond_made_by_promotions_is_marked(shop):
    rules = rulebook(shop, SETTINGS).rules
    driven = promotion_check(shop, rules)["is_promotion_driven"]
    names = rules.set_index("rule_id")["consequent_id"]
    assert set(names[driven[driven].index]) == {"chips", "beer"}


def test_sources_without_quarters_or_promotions_are_not_checked_for_them(shop):
    plain = shop[["order_id", "product_id"]]
    rules = rulebook(shop, SETTINGS).rules
    assert season_check(plain, rules).empty
    assert promotion_check(plain, rules).empty


def test_baskets_without_any_bond_are_skipped_with_what_to_add():
    lines = pd.DataFrame({"order_id": list("123"), "product_id": list("abc")})
    with pytest.raises(Skip, match=r"Among 3 baskets no two products .* Add baskets .*min_conf"):
        rulebook(lines, SETTINGS)


def test_a_rulebook_tells_what_it_holds_in_one_line():
    rules = pd.DataFrame({"verdict": ["held", "did not hold", "new"]})
    book = Rulebook(1000, 300, 50, True, 0.03, 9, 4, 2, rules, rules.head(2))
    assert repr(book) == (
        "Rulebook: 3 of 9 rules kept, 1,000 baskets of 50 products; 1 of 2 earlier rules held"
    )
