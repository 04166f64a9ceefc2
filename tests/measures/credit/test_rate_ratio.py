"""Score interval of a ratio of rates, against statsmodels where that holds."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from crm_helpers.measures.credit.rate_ratio import rate_ratio_interval


@pytest.mark.parametrize("counts", [(36, 40, 16, 80), (500, 1000, 700, 1000), (0, 40, 20, 80)])
@pytest.mark.parametrize("level", [0.95, 0.999])
def test_limits_are_those_of_statsmodels(counts, level):
    theirs = confint_proportions_2indep(*counts, compare="ratio", method="score", alpha=1 - level)
    found = rate_ratio_interval(*counts, interval_level=level)
    assert found == pytest.approx(theirs, rel=1e-5, abs=1e-9)  # theirs stop at 1e-6 or so


def test_two_groups_with_all_cases_may_still_differ():
    low, high = rate_ratio_interval(40, 40, 80, 80)
    assert 0.8 < low < 1 < high < 1.2


def test_a_group_without_any_case_leaves_the_ratio_open():
    assert rate_ratio_interval(3, 30, 0, 30)[1] == float("inf")
    assert rate_ratio_interval(0, 30, 0, 30) == (0.0, float("inf"))


def test_turned_round_the_limits_are_turned_round():
    low, high = rate_ratio_interval(12, 40, 30, 60)
    assert rate_ratio_interval(30, 60, 12, 40) == pytest.approx((1 / high, 1 / low))
