import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.standouts import highest_rate, lowest_cost, outstanding_means
from crm_helpers.measures.statistics.claims import claim_reach


def test_the_highest_rate_is_named_beyond_chance_alone():
    found, total = pd.Series({"a": 12, "b": 8}), pd.Series({"a": 40, "b": 40})
    assert highest_rate(found, total) is None
    assert highest_rate(100 * found, 100 * total) == "a"


def test_a_group_without_a_success_proves_little():
    # By Wald 0 of 30 has no error, so 5 % less is 5.6 standard errors.
    assert highest_rate(pd.Series({"a": 30, "b": 0}), pd.Series({"a": 600, "b": 30})) is None
    assert highest_rate(pd.Series({"a": 30, "b": 0}), pd.Series({"a": 600, "b": 300})) == "a"


def test_one_group_alone_is_no_winner():
    one = pd.Series({"a": 30})
    assert highest_rate(one, one * 9) is None
    assert lowest_cost(one * 1.0, one, one * 9) is None
    assert outstanding_means(pd.Series([1.0, 2.0]), pd.Series(["a", "a"]), ["a"]) == (None, None)
    assert highest_rate(one, one * 0) is None


def test_many_groups_ask_for_more():
    """143 against 100 of 1,000 each: 2.94 standard errors; one of two needs 3.02, alone 2.81."""
    found, total = pd.Series({"a": 143, "b": 100}), pd.Series({"a": 1000, "b": 1000})
    assert highest_rate(found, total) is None
    assert highest_rate(found + [8, 0], total) == "a"
    others = pd.Series(10, [f"c{n}" for n in range(20)])
    assert (
        highest_rate(pd.concat([found + [5, 0], others]), pd.concat([total, 100 * others])) == "a"
    )
    small = pd.concat([found + [8, 0], 0 * others]), pd.concat([total, others // 10])
    assert highest_rate(*small) is None


def test_the_cheapest_is_judged_by_how_many_it_wins():
    """10 EUR against 20 EUR a customer: at 40 of 400 won each the logarithms are 0.69 apart."""
    cost, won, tried = (
        pd.Series(dict(zip("ab", v, strict=True))) for v in ([400.0, 800.0], [40, 40], [400, 400])
    )
    spread = np.sqrt(2 * 0.9 / 40)
    assert np.log(2) / spread == pytest.approx(3.27, abs=0.01)
    assert np.log(2) / spread > claim_reach(2)
    assert lowest_cost(cost, won, tried) == "a"
    assert lowest_cost(cost / 4, won // 4, tried // 4) is None
    assert lowest_cost(cost.where(cost > 500), won, tried) is None  # a cost that is not known


def test_lowest_and_highest_mean_are_named_where_each_is_far_off():
    rng = np.random.default_rng(1)
    group = pd.Series(np.repeat(["a", "b", "c"], 60))
    amount = pd.Series(rng.normal(50, 5, 180))
    assert outstanding_means(amount, group, ["a", "b", "c"]) == (None, None)
    high = amount + 30 * (group == "b")
    assert outstanding_means(high, group, ["a", "b", "c"])[1] == "b"
    both = high - 40 * (group == "c")
    assert outstanding_means(both, group, ["a", "b", "c"]) == ("c", "b")
    assert outstanding_means(both, group, ["a", "b"])[0] != "c"  # too small to be named


def test_one_large_amount_makes_no_best_group():
    group = pd.Series(np.repeat(["a", "b"], [30, 300]))
    amount = pd.Series([20_000.0] + [10.0] * 329)
    assert outstanding_means(amount, group, ["a", "b"]) == (None, None)
