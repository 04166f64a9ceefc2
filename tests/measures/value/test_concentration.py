"""Concentration of value: limits, hand-worked values, what losses do."""

import numpy as np
import pytest

from crm_helpers.measures.value import concentration as c


def test_equal_customers_are_not_concentrated():
    assert c.concentration_gini([5.0] * 7) == 0
    assert c.top_share([5.0] * 10, 0.2) == pytest.approx(0.2)


def test_one_customer_who_brings_all_is_as_concentrated_as_can_be():
    assert c.concentration_gini([0.0] * 99 + [1.0]) == pytest.approx(0.99)
    assert c.normalized_gini([0.0] * 99 + [1.0]) == pytest.approx(1)


def test_gini_equals_the_mean_difference_of_all_pairs():
    values = np.array([3.0, 1.0, 7.0, 2.0, -1.0])
    pairs = np.abs(values[:, None] - values[None, :]).mean()
    assert c.concentration_gini(values) == pytest.approx(pairs / (2 * values.mean()))


def test_gini_of_equal_steps_is_that_of_the_uniform_distribution():
    # Uniform on (0, 1): 1/3; Damgaard & Weiner (2000).
    assert c.concentration_gini(np.arange(1, 100_001.0)) == pytest.approx(1 / 3, rel=1e-4)


def test_gini_is_one_minus_twice_the_area_under_the_lorenz_curve():
    values = np.array([1.0, 2.0, 5.0, 9.0])
    curve = c.concentration_curve(values)
    area = np.trapezoid(curve["value_share"], curve["customers_share"])
    assert c.concentration_gini(values) == pytest.approx(2 * area - 1)


def test_doubling_every_customer_changes_no_share():
    values = [9.0, 4.0, 1.0, -2.0, 3.0]
    assert c.concentration_gini(values * 2) == pytest.approx(c.concentration_gini(values))
    assert c.top_share(values * 2, 0.2) == pytest.approx(c.top_share(values, 0.2))


def test_the_curve_rises_above_one_where_customers_lose_money():
    curve = c.concentration_curve([6.0, 3.0, 3.0, -2.0])
    assert curve["value_share"].max() == pytest.approx(1.2)
    assert curve["value_share"].iloc[-1] == pytest.approx(1)


def test_losses_push_the_gini_up_beyond_one():
    readings = c.gini_with_losses([10.0, 0.0, -4.0, -4.0]).set_index("reading")["gini"]
    assert readings["as it is"] > 1 >= readings["normalized"]
    assert readings["losses counted as zero"] == pytest.approx(0.75)


def test_normalized_gini_without_losses_is_the_usual_one_times_n_over_n_minus_one():
    values = [1.0, 2.0, 3.0, 10.0]
    assert c.normalized_gini(values) == pytest.approx(c.concentration_gini(values) * 4 / 3)


@pytest.mark.parametrize(("customers", "count"), [(10, 2), (11, 3), (15, 3), (1, 1)])
def test_the_top_share_is_rounded_up_to_whole_customers(customers, count):
    assert c.top_count(customers, 0.2) == count


@pytest.mark.parametrize("share", [0, -0.1, 20])
def test_a_share_that_is_none_is_named(share):
    with pytest.raises(ValueError, match=f"share: {share:g} is not above 0.*write 0.20"):
        c.top_count(10, share)


def test_intervals_hold_the_measure_and_narrow_with_more_customers():
    rng = np.random.default_rng(1)
    few, many = rng.lognormal(size=200), rng.lognormal(size=20_000)
    wide = c.concentration_intervals(few, draws=100)["gini"]
    narrow = c.concentration_intervals(many, draws=100)["gini"]
    assert wide.low < c.concentration_gini(few) < wide.high
    assert narrow.high - narrow.low < (wide.high - wide.low) / 3


@pytest.mark.slow
def test_intervals_cover_the_true_gini_as_often_as_they_say():
    # Exponential values: the true Gini is 1/2.
    rng = np.random.default_rng(2)
    hits = 0
    for seed in range(200):
        found = c.concentration_intervals(rng.exponential(size=400), draws=200, seed=seed)["gini"]
        hits += found.low <= 0.5 <= found.high
    assert 0.90 <= hits / 200 <= 0.99


def test_an_interval_of_the_top_share_agrees_with_drawing_customers_plainly():
    values = np.random.default_rng(3).lognormal(size=300)
    rng = np.random.default_rng(4)
    plain = [c.top_share(rng.choice(values, 300), 0.2) for _ in range(400)]
    found = c.concentration_intervals(values, draws=400, seed=5)["top_share"]
    # Two sets of 400 draws: their quantiles differ by a few per cent of the spread.
    assert found.low == pytest.approx(np.quantile(plain, 0.025), abs=0.02)
    assert found.high == pytest.approx(np.quantile(plain, 0.975), abs=0.02)


def test_the_same_seed_gives_the_same_interval():
    values = np.arange(50.0)
    one, two = (c.concentration_intervals(values, draws=20, seed=9) for _ in range(2))
    assert one == two


def test_customers_who_together_bring_nothing_have_no_shares():
    with pytest.raises(ValueError, match="3 customers together bring -1.00.*total above 0"):
        c.concentration_gini([1.0, 0.0, -2.0])


@pytest.mark.parametrize("values", [[], [1.0, np.nan]])
def test_missing_values_are_counted(values):
    with pytest.raises(ValueError, match=f"of {len(values)} customers have none"):
        c.concentration_curve(values)


def test_half_of_the_value_is_reached_at_the_customer_who_tips_it():
    assert c.share_for(c.concentration_curve([4.0, 3.0, 2.0, 1.0]), 0.5) == 0.5
