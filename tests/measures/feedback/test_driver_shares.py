"""Shapley-Owen shares: limits, an independent calculation, messages."""

import itertools

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.feedback.driver_shares import driver_shares, shapley_parts


@pytest.fixture
def survey():
    rng = np.random.default_rng(3)
    common = rng.normal(size=300)
    drivers = pd.DataFrame({c: common + rng.normal(size=300) for c in "abc"})
    return drivers, drivers @ [0.5, 0.3, 0.0] + rng.normal(size=300)


def r_squared(drivers, result):
    design = np.column_stack([np.ones(len(result)), drivers])
    fitted = design @ np.linalg.lstsq(design, result)[0]
    return 1 - ((result - fitted) ** 2).sum() / ((result - result.mean()) ** 2).sum()


def test_parts_add_up_to_r_squared(survey):
    drivers, result = survey
    total = driver_shares(drivers, result)["r_squared_part"].sum()
    assert total == pytest.approx(r_squared(drivers, result), rel=1e-9)


def test_parts_are_the_average_gain_over_all_orders_of_entry(survey):
    drivers, result = survey
    gains = dict.fromkeys(drivers, 0.0)
    for order in itertools.permutations(drivers):
        for place, name in enumerate(order):
            before, after = list(order[:place]), list(order[: place + 1])
            without = r_squared(drivers[before], result) if before else 0.0
            gains[name] += (r_squared(drivers[after], result) - without) / 6
    found = driver_shares(drivers, result).set_index("driver")["r_squared_part"]
    assert found.to_dict() == pytest.approx(gains, rel=1e-9)


def test_two_drivers_with_the_same_answers_share_equally(survey):
    drivers, result = survey
    shares = driver_shares(drivers[["a"]].assign(twin=drivers["a"]), result)["share"]
    assert shares.tolist() == pytest.approx([0.5, 0.5], rel=1e-6)  # pseudo-inverse cuts at 1e-15


def test_many_samples_at_once_equal_one_by_one(survey):
    joint = np.corrcoef(np.column_stack([*survey]), rowvar=False)
    both = shapley_parts(np.stack([joint, np.eye(4)]))
    np.testing.assert_allclose(both[0], shapley_parts(joint[None])[0], rtol=1e-12)
    np.testing.assert_array_equal(both[1], np.zeros(3))


def test_too_many_drivers_are_counted():
    with pytest.raises(ValueError, match=r"drivers: 13 of them; expected at most 12"):
        driver_shares(pd.DataFrame(np.ones((20, 13))), pd.Series(np.ones(20)))


def test_too_few_answers_are_counted():
    with pytest.raises(ValueError, match=r"3 answers for 2 drivers; expected at least 4"):
        driver_shares(pd.DataFrame({"a": [1, 2, 3], "b": [3, 1, 2]}), pd.Series([1, 2, 3]))
